import DragomanSystem
import DragomanTensor
import Testing

@testable import DragomanLayers

/// One sentence of three positions, one query at a time; the numbers of whole models are in the tests of parity.
@Suite struct `Coverage of source positions` {
  static let span = AttentionSpan(queryStart: 0, queryCount: 1, sourceStart: 0, sourceCount: 3)

  /// Attention over random states, and a query.
  static func attention(
    isCovered: Bool
  ) -> (attention: Attention, memory: Attention.Memory, query: Matrix, pass: Pass) {
    var layout = ParameterLayout()
    // Parameters are drawn by their names, so that those of both scorers are alike.
    let scorer = ScorerKind.additive.type(isCovered: isCovered).init(
      name: "attention", ScorerSizes(decoder: 4, encoder: 5, hidden: 6, positions: 0),
      layout: &layout)
    let weights = Parameters(layout: layout)
    weights.initialize(seed: 3)
    let pass = Pass(weights: weights, workspace: Workspace(kernels: Kernels(threads: 1)))
    let attention = Attention(scorer: scorer, width: 5)
    let states = Matrix(rows: 3, columns: 5, (0..<15).map { Float($0 * 7 % 11 - 5) / 5 })
    return (
      attention, attention.memory(of: RaggedMatrix(states, offsets: [0, 3]), pass),
      Matrix(rows: 1, columns: 4, [0.5, -1, 0.25, 0.75]), pass
    )
  }

  @Test func `is the sum of the weights before, and changes those that follow`() {
    let (plain, plainMemory, query, pass) = Self.attention(isCovered: false)
    let (covered, memory, _, coveredPass) = Self.attention(isCovered: true)
    let contexts = Matrix(rows: 1, columns: 5)
    let expected = plain.trace(decoder: query, plainMemory, pass)
    plain.forward(
      decoder: query, plainMemory, spans: [Self.span], contexts: contexts, expected, pass)
    #expect(expected.history == nil)

    let first = covered.trace(decoder: query, memory, coveredPass)
    covered.forward(
      decoder: query, memory, spans: [Self.span], contexts: contexts, first, coveredPass)
    #expect(first.weights.elements == expected.weights.elements)

    let sums = Matrix(rows: 1, columns: 3)
    covered.addHistory(of: first, into: sums, coveredPass)
    #expect(sums.elements == first.weights.elements)
    let second = covered.trace(decoder: query, history: sums, memory, coveredPass)
    covered.forward(
      decoder: query, memory, spans: [Self.span], contexts: contexts, second, coveredPass)
    #expect(second.weights.elements != first.weights.elements)
    let next = Matrix(rows: 1, columns: 3)
    covered.addHistory(of: second, into: next, coveredPass)
    #expect(
      next.elements == zip(first.weights.elements, second.weights.elements).map { $0 + $1 })
  }

  @Test func `of several queries at a time traps`() async {
    await #expect(processExitsWith: .failure) {
      let (covered, memory, _, pass) = `Coverage of source positions`.attention(isCovered: true)
      let queries = Matrix(rows: 2, columns: 4)
      let span = AttentionSpan(queryStart: 0, queryCount: 2, sourceStart: 0, sourceCount: 3)
      covered.forward(
        decoder: queries, memory, spans: [span], contexts: Matrix(rows: 2, columns: 5),
        covered.trace(decoder: queries, memory, pass), pass)
    }
  }
}

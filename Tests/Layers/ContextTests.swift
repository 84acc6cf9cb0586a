import DragomanTensor
import Testing

@testable import DragomanLayers

@Suite struct `A context` {
  /// Rates regions as it is told to.
  private struct GivenScorer: AttentionScorer {
    init(name: String, _ sizes: ScorerSizes, layout: inout ParameterLayout) {}
    func scores(_ rated: Rated, into scores: Matrix, _ pass: Pass) {
      pass.kernels.copy(rated.queries, to: scores)
    }
    func backward(
      _ scoreGradient: Matrix, _ rated: Rated, _ gradient: RatedGradient, _ pass: Pass
    ) {
      pass.kernels.copy(scoreGradient, to: gradient.queries)
    }
    static func words(_ sizes: ScorerSizes) -> String { "given" }
    static let equations = ScorerEquations(score: [], gradients: [:])
  }

  /// h₁ … h₄, rows of three numbers.
  private static let regions = Matrix(
    rows: 4, columns: 3, [1, 2, 3, -1, 0, 5, 4, 8, -2, 0, 2, 6])

  private static func context(
    scores: [Float], gate: (weight: [Float], bias: Float)? = nil
  ) -> (weights: [Float], context: [Float], gate: Float?) {
    var layout = ParameterLayout()
    let sizes = ScorerSizes(decoder: 4, encoder: 3, hidden: 1, positions: 4)
    let attention = Attention(
      scorer: GivenScorer(name: "attention", sizes, layout: &layout), width: 3,
      gate: gate == nil
        ? nil : ContextGate(name: "attention.gate", decoder: 4, layout: &layout))
    let weights = Parameters(layout: layout)
    if let gate {
      weights[named: "attention.gate.weight"]?.write(gate.weight, at: 0)
      weights[named: "attention.gate.bias"]?.write([gate.bias], at: 0)
    }
    let pass = Pass(weights: weights, workspace: Workspace(kernels: Kernels(threads: 1)))
    let memory = attention.memory(of: RaggedMatrix(regions, offsets: [0, 4]), pass)
    let queries = Matrix(rows: 1, columns: 4, scores)
    let trace = attention.trace(decoder: queries, memory, pass)
    let contexts = Matrix(rows: 1, columns: 3, repeating: .nan)
    let spans = AttentionSpan.pairing(queries: [0, 1], sources: [0, 4])
    attention.forward(
      decoder: queries, memory, spans: spans[...], contexts: contexts, trace, pass)
    return (trace.weights.elements, contexts.elements, trace.gates?[0, 0])
  }

  /// The worked case: α = (0, 0, ½, ½) gives c = ½ h₃ + ½ h₄.
  @Test func `of two regions of four is their mean`() {
    let found = Self.context(scores: [-200, -200, 1.5, 1.5])
    #expect(found.weights == [0, 0, 0.5, 0.5])
    #expect(found.context == [2, 5, 2])
  }

  @Test func `counts as much as its gate says, and its weights are what they were`() throws {
    // σ(0) = ½, and σ of something large is 1.
    let half = Self.context(scores: [-200, -200, 1.5, 1.5], gate: ([0, 0, 0, 0], 0))
    #expect(half.weights == [0, 0, 0.5, 0.5] && half.gate == 0.5)
    #expect(half.context == [1, 2.5, 1])
    let open = Self.context(scores: [-200, -200, 1.5, 1.5], gate: ([0, 0, 20, 20], 0))
    #expect(open.gate == 1 && open.context == [2, 5, 2])
    let shut = Self.context(scores: [-200, -200, 1.5, 1.5], gate: ([0, 0, 0, 0], -200))
    #expect(shut.context == [0, 0, 0])
  }

  @Test func `costs what its weights miss of one look at each region`() throws {
    // Two examples of two steps and of one, of two regions and of three.
    let weights = Matrix(rows: 3, columns: 3, [0.25, 0.75, 0, 0.5, 0.5, 0, 0.5, 0.25, 0.25])
    let spans = AttentionSpan.pairing(queries: [0, 2, 3], sources: [0, 2, 5])
    let pass = Pass(
      weights: Parameters(layout: ParameterLayout()),
      workspace: Workspace(kernels: Kernels(threads: 1)))
    let sums = DoublyStochasticTerm.sums(of: weights, spans: spans, pass)
    #expect(sums.elements == [0.75, 1.25, 0, 0.5, 0.25, 0.25])
    let term = try #require(DoublyStochasticTerm(weight: 2))
    // 2 (¼² + ¼² + ½² + ¾² + ¾²).
    #expect(term.replace(sums, spans: spans, scale: 0.5) == 3)
    #expect(sums.elements == [-0.5, 0.5, 0, -1, -1.5, -1.5])
    #expect(DoublyStochasticTerm(weight: 0) == nil)
  }
}

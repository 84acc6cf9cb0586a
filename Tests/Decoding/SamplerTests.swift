import DragomanDecoding
import DragomanTensor
import Testing

@testable import DragomanDecoding

@Suite struct `A sampler` {
  /// How often each token is drawn among many rows with these probabilities.
  private func shares(
    _ probabilities: [Float], rows: Int = 4000, _ change: (inout DecodingConfiguration) -> Void
  ) -> [Double] {
    var decoding = DecodingConfiguration()
    decoding.search = .sampling
    change(&decoding)
    let workspace = Workspace(kernels: Kernels(threads: 1))
    let matrix = workspace.matrix(rows: rows, columns: probabilities.count)
    for row in 0..<rows {
      for (column, p) in probabilities.enumerated() { matrix[row, column] = p }
    }
    workspace.kernels.log(matrix)
    let sampler = Sampler(decoding)
    let live = (0..<rows).map { row in
      LiveHypothesis(
        sentence: row, token: 1, stream: sampler.stream(source: "3 4 2", sample: row))
    }
    let chosen = sampler.select(
      live, groups: (0..<rows).map { SentenceGroup(sentence: $0, rows: $0..<($0 + 1), width: 1) },
      scores: StepScores(matrix: matrix, areLogProbabilities: true), workspace)
    var counts = [Double](repeating: 0, count: probabilities.count)
    for continuation in chosen.flatMap(\.self) { counts[Int(continuation.token)] += 1 }
    return counts.map { $0 / Double(rows) }
  }

  private func expect(_ found: [Double], near expected: [Double]) {
    // Four standard deviations of a share in 4000 draws are at most 0.032.
    for (a, b) in zip(found, expected) { #expect(abs(a - b) < 0.032, "\(found), not \(expected)") }
    for (a, b) in zip(found, expected) where b == 0 { #expect(a == 0) }
  }

  private let probabilities: [Float] = [0.1, 0.5, 0, 0.15, 0.25]

  @Test func `draws by the probabilities`() {
    expect(shares(probabilities) { _ in }, near: [0.1, 0.5, 0, 0.15, 0.25])
  }

  @Test func `sharpens and flattens by the temperature`() {
    let squares = probabilities.map { Double($0 * $0) }
    let sum = squares.reduce(0, +)
    expect(shares(probabilities) { $0.temperature = 0.5 }, near: squares.map { $0 / sum })
    expect(shares(probabilities) { $0.temperature = 0.01 }, near: [0, 1, 0, 0, 0])
  }

  @Test func `keeps to the most probable tokens`() {
    expect(shares(probabilities) { $0.topK = 2 }, near: [0, 2.0 / 3, 0, 0, 1.0 / 3])
    expect(shares(probabilities) { $0.topK = 50 }, near: [0.1, 0.5, 0, 0.15, 0.25])
  }

  @Test func `keeps to the nucleus`() {
    expect(shares(probabilities) { $0.topP = 0.7 }, near: [0, 2.0 / 3, 0, 0, 1.0 / 3])
    expect(shares(probabilities) { $0.topP = 0.3 }, near: [0, 1, 0, 0, 0])
    expect(
      shares(probabilities) {
        $0.topP = 0.6
        $0.topK = 2
      }, near: [0, 1, 0, 0, 0])
  }

  @Test func `sorts everything where the nucleus is large`() {
    let even = [Float](repeating: 0.005, count: 200)
    let found = shares(even, rows: 2000) { $0.topP = 0.5 }
    #expect(found[..<100].allSatisfy { $0 > 0 } && found[101...].allSatisfy { $0 == 0 })
  }

  @Test func `draws anew with another seed, and the same with the same one`() {
    let one = shares(probabilities, rows: 50) { $0.seed = 1 }
    #expect(shares(probabilities, rows: 50) { $0.seed = 1 } == one)
    #expect(shares(probabilities, rows: 50) { $0.seed = 2 } != one)
  }
}

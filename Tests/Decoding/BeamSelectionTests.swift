import DragomanTensor
import Testing

@testable import DragomanDecoding

/// Which continuations a beam keeps.
@Suite struct `A beam's choice` {
  private let kernels = Kernels(threads: 1)

  /// Rows and tokens of the continuations of one sentence.
  private func chosen(_ logits: [[Float]], width: Int, threshold: Double = .infinity) -> [[Int]] {
    let scores = Matrix(rows: logits.count, columns: logits[0].count)
    for (row, numbers) in logits.enumerated() {
      for (column, number) in numbers.enumerated() { scores[row, column] = number }
    }
    return BeamSelection(threshold: threshold).select(
      logits.map { _ in LiveHypothesis(sentence: 0, token: 1) },
      groups: [SentenceGroup(sentence: 0, rows: 0..<logits.count, width: width)],
      scores: StepScores(matrix: scores, areLogProbabilities: false), Workspace(kernels: kernels)
    )[0].map { [$0.row, Int($0.token)] }
  }

  @Test func `of equal continuations is that of the earlier hypothesis, then the lower token`() {
    #expect(chosen([[0, 1, 1], [1, 1, 0]], width: 3) == [[0, 1], [0, 2], [1, 0]])
    #expect(chosen([[0, 1, 1], [1, 1, 0]], width: 4) == [[0, 1], [0, 2], [1, 0], [1, 1]])
  }

  @Test func `leaves out what is further behind than the threshold`() {
    #expect(chosen([[0, 2, 5]], width: 3, threshold: 4) == [[0, 2], [0, 1]])
    #expect(chosen([[0, 2, 5]], width: 3, threshold: 2) == [[0, 2]])
    #expect(chosen([[0, 2, 5]], width: 3) == [[0, 2], [0, 1], [0, 0]])
  }
}

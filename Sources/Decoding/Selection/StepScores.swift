import DragomanTensor

/// What a step says about the next token of each row, `[n, V]`.
struct StepScores {
  /// Logits, or log-probabilities.
  let matrix: Matrix
  /// Whether the rows are normalised.
  private(set) var areLogProbabilities: Bool
  /// The greatest logit of each row and −log of its probability, from before tokens were forbidden.
  private var normalizers: [(greatest: Float, rest: Float)] = []

  /// The scores of a step.
  init(matrix: Matrix, areLogProbabilities: Bool) {
    self.matrix = matrix
    self.areLogProbabilities = areLogProbabilities
  }

  /// Makes log-probabilities of logits.
  mutating func normalize(_ kernels: Kernels) {
    if !areLogProbabilities { kernels.logSoftmax(matrix) }
    areLogProbabilities = true
  }

  /// Keeps what makes logits log-probabilities, before some of them become −∞: the other tokens keep their
  /// probabilities, to the bit those of rows in which nothing is forbidden.
  mutating func keepNormalizers(_ kernels: Kernels) {
    guard !areLogProbabilities else { return }
    let top = kernels.top(1, of: matrix, logProbabilities: true)
    normalizers = zip(top.columns, top.scores).enumerated().map { row, best in
      best.0 < 0 ? (.nan, .nan) : (matrix[row, Int(best.0)], -best.1)
    }
  }

  /// The `count` most probable tokens of each row, the best first, and their log-probabilities; column −1 where a row
  /// has no more.
  ///
  /// Logits are compared, since log-probabilities of different tokens may round to the same number.
  func top(_ count: Int, _ kernels: Kernels) -> (columns: [Int32], scores: [Float]) {
    var top = kernels.top(
      count, of: matrix, logProbabilities: !areLogProbabilities && normalizers.isEmpty)
    guard !areLogProbabilities else { return top }
    for (row, normalizer) in normalizers.enumerated() {
      for place in row * count..<(row + 1) * count where top.columns[place] >= 0 {
        top.scores[place] = (top.scores[place] - normalizer.greatest) - normalizer.rest
      }
    }
    return top
  }
}

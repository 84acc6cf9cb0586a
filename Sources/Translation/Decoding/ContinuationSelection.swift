import DragomanTensor

/// The rows of one sentence in a step.
struct SentenceGroup {
  /// Which of the sources.
  let sentence: Int
  /// Its hypotheses.
  let rows: Range<Int>
  /// The most continuations that are wanted.
  let width: Int
}

/// What a step says about the next token of each row, `[n, V]`.
struct StepScores {
  /// Logits, or log-probabilities.
  let matrix: Matrix
  /// Whether the rows are normalised.
  var areLogProbabilities: Bool

  /// Makes log-probabilities of logits.
  mutating func normalize(_ kernels: Kernels) {
    if !areLogProbabilities { kernels.logSoftmax(matrix) }
    areLogProbabilities = true
  }
}

/// How a search chooses among the tokens that may come next.
///
/// What it chooses for a sentence depends on the rows of that sentence alone.
protocol ContinuationSelection: Sendable {
  /// Whether the scores have to be log-probabilities.
  var needsProbabilities: Bool { get }

  /// The continuations of each group, the best first; −∞ is never chosen.
  func select(
    _ live: [LiveHypothesis], groups: [SentenceGroup], scores: StepScores, _ workspace: Workspace
  ) -> [[Continuation]]
}

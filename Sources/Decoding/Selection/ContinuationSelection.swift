import DragomanTensor

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

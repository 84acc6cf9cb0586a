/// How a search chooses tokens.
public enum SearchKind: String, Sendable, CaseIterable {
  /// The most probable translations that a beam finds.
  case beam
  /// Tokens drawn by their probabilities.
  case sampling
}

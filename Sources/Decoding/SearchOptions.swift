/// What is wanted of a search besides the tokens of its best translations.
package struct SearchOptions: Sendable, Equatable {
  /// Ids that each translation begins with.
  package var prefix: [Int32]
  /// Translations wanted of each source, at least 1; a beam gives as many as it is wide at most.
  package var count: Int
  /// Whether hypotheses keep their attention.
  package var withAttention: Bool
  /// Whether hypotheses keep their probabilities and scores; greedy search is faster without.
  package var withProbabilities: Bool
  /// Whether a ``SearchTrace`` is written, with probabilities in any case; it changes no hypothesis.
  package var isTraced: Bool

  /// Options; by default the best translation of each source, with probabilities.
  package init(
    prefix: [Int32] = [], count: Int = 1, withAttention: Bool = false,
    withProbabilities: Bool = true, isTraced: Bool = false
  ) {
    self.prefix = prefix
    self.count = count
    self.withAttention = withAttention
    self.withProbabilities = withProbabilities
    self.isTraced = isTraced
  }

  /// Whether somebody reads how probable tokens are: if not, a step may find the best one without that.
  var computesProbabilities: Bool { withProbabilities || isTraced }
}

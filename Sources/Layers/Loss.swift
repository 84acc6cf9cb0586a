/// A sum of losses and the number of tokens it is over; divided once, at the end.
package struct Loss: Sendable, Equatable {
  /// The sum of −log p over the tokens, in nats.
  package var sum: Double
  /// Number of tokens.
  package var count: Int
  /// What the sum is divided by: the number of tokens, or the sum of the weights of their classes.
  package var weight: Double
  /// What training adds to the sum, such as a ``DoublyStochasticTerm``; no part of ``mean``.
  package var penalty = 0.0

  /// A loss of some tokens; without arguments that of none.
  package init(sum: Double = 0, count: Int = 0) {
    self.init(sum: sum, count: count, weight: Double(count))
  }

  /// A loss of some tokens of unequal weight.
  package init(sum: Double, count: Int, weight: Double) {
    (self.sum, self.count, self.weight) = (sum, count, weight)
  }

  /// Nats per token.
  package var mean: Double { weight == 0 ? 0 : sum / weight }

  /// Joins the losses of two sets of tokens.
  package static func += (left: inout Loss, right: Loss) {
    left.sum += right.sum
    left.count += right.count
    left.weight += right.weight
    left.penalty += right.penalty
  }
}

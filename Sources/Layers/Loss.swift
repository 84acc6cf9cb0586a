/// A sum of losses and the number of tokens it is over; divided once, at the end.
package struct Loss: Sendable, Equatable {
  /// The sum of −log p over the tokens, in nats.
  package var sum: Double
  /// Number of tokens.
  package var count: Int

  /// A loss of some tokens; without arguments that of none.
  package init(sum: Double = 0, count: Int = 0) {
    self.sum = sum
    self.count = count
  }

  /// Nats per token.
  package var mean: Double { count == 0 ? 0 : sum / Double(count) }

  /// Joins the losses of two sets of tokens.
  package static func += (left: inout Loss, right: Loss) {
    left.sum += right.sum
    left.count += right.count
  }
}

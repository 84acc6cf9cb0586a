/// A sum of losses and the number of tokens it is over; divided once, at the end.
public struct Loss: Sendable, Equatable {
  /// The sum of −log p over the tokens, in nats.
  public var sum: Double
  /// Number of tokens.
  public var count: Int

  /// A loss of some tokens; without arguments that of none.
  public init(sum: Double = 0, count: Int = 0) {
    self.sum = sum
    self.count = count
  }

  /// Nats per token.
  public var mean: Double { count == 0 ? 0 : sum / Double(count) }

  /// Joins the losses of two sets of tokens.
  public static func += (left: inout Loss, right: Loss) {
    left.sum += right.sum
    left.count += right.count
  }
}

/// A token that a live hypothesis goes on with.
struct Continuation: Equatable {
  /// The row of the hypothesis.
  let row: Int
  /// The token.
  let token: Int32
  /// log p of the token, in nats.
  let logProbability: Float
}

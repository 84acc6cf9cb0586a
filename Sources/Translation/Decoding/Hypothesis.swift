/// One way to translate a source: its tokens, how probable they are, and where the decoder looked.
public struct Hypothesis: Sendable, Equatable {
  /// Target ids; the end token is the last one, unless the limit cut the translation off.
  public var tokens: [Int32] = []
  /// log p of each token given those before it, in nats.
  public var logProbabilities: [Float] = []
  /// For each token, the weight of each source token; empty unless asked for.
  public var attention: [[Float]] = []

  /// log p of the translation, in nats.
  public var logProbability: Double { logProbabilities.reduce(0) { $0 + Double($1) } }

  /// A hypothesis of no tokens.
  public init() {}
}

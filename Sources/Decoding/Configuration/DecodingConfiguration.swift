/// How a trained model writes: the `decoding` object of a configuration.
public struct DecodingConfiguration: Sendable, Equatable {
  /// How tokens are chosen.
  public var search = SearchKind.beam
  /// Hypotheses of a sentence that are followed side by side; 1 is greedy search.
  public var beam = 1
  /// How much less probable than the best one a hypothesis may be, in nats; `nil` is any much.
  public var beamThreshold: Double?
  /// How finished hypotheses of different lengths are compared.
  public var lengthNormalization = LengthNormalizationKind.average
  /// a of the normalisation by a power of the length.
  public var lengthExponent = 0.6
  /// β: what a hypothesis loses for source tokens it hardly looked at.
  public var coveragePenalty = 0.0
  /// A translation that has not ended after so many tokens is cut off.
  public var maximumLength = 200
  /// The same in tokens per source token; `nil` is no such limit.
  public var maximumRatio: Double?
  /// A translation may not end before so many tokens.
  public var minimumLength = 0
  /// The same in tokens per source token.
  public var minimumRatio = 0.0
  /// n of the n-grams that may occur once only; 0 is none.
  public var noRepeat = 0
  /// What the log-probabilities are divided by before a token is drawn.
  public var temperature = 1.0
  /// Tokens are drawn among so many of the most probable ones; 0 is all.
  public var topK = 0
  /// Tokens are drawn among the fewest whose probabilities add up to this; `nil` is all.
  public var topP: Double?
  /// The seed of what is drawn.
  public var seed = 1
  /// Whether the unknown token is never written.
  public var forbidUnknown = false
  /// Whether the source's word takes the place of a word that the vocabulary does not have.
  public var replaceUnknown = false
  /// Sentences translated together; more are faster, and the result does not depend on it.
  public var batch = 64

  /// The default decoding.
  public init() {}

  /// How finished hypotheses are compared, with its number.
  package var normalization: LengthNormalization {
    switch lengthNormalization {
    case .none: .none
    case .average: .average
    case .gnmt: .gnmt(exponent: lengthExponent)
    }
  }
}

import DragomanSystem
import DragomanTensor

/// A translated line: its text, and everything the model said about it.
public struct Translation: Sendable, Equatable {
  /// The line as it was given.
  public let source: String
  /// The line in the target language, as text.
  public let text: String
  /// The tokens the source was read as, the end token last.
  public let sourceTokens: [String]
  /// The tokens that were written, the end token last unless the limit cut them off.
  public let targetTokens: [String]
  /// log p of each written token given those before it, in nats; empty if they were not asked for.
  public let logProbabilities: [Float]
  /// For each written token, the weight of each source token; empty unless asked for.
  ///
  /// A decoder with several layers and heads gives the mean of the last layer's heads.
  public package(set) var attention: [[Float]]
  /// For each source token the number of the word of ``source`` that it belongs to, none for the end.
  ///
  /// Empty unless attention was asked for: ``TranslationOptions/withAttention``. Words are what white space separates.
  public let sourceWords: [Int?]
  /// The same of the written tokens and ``text``.
  public let targetWords: [Int?]
  /// By what it is compared with other translations of the line: its log-probability, normalised by length, and
  /// the coverage penalty; 0 if probabilities were not asked for.
  public let score: Double
  /// Whether the limit on length cut the translation off.
  public let isCutOff: Bool
  /// Whether it ends because what the model computed was not a number.
  package internal(set) var isBroken = false
  /// The numbers of ``sourceTokens``.
  let sourceIDs: [Int32]
  /// The numbers of ``targetTokens``.
  let targetIDs: [Int32]

  /// log p of the translation, in nats.
  public var logProbability: Double { logProbabilities.reduce(0) { $0 + Double($1) } }

  /// p of each written token given those before it: how sure the model was.
  public var confidences: [Double] { logProbabilities.map { exponential(Double($0)) } }

  /// The translation of a line without words: none.
  static func empty(_ source: String) -> Translation {
    Translation(
      source: source, text: "", sourceTokens: [], targetTokens: [], logProbabilities: [],
      attention: [], sourceWords: [], targetWords: [], score: 0, isCutOff: false,
      sourceIDs: [], targetIDs: [])
  }
}

/// What is wanted of translations besides their text; each of these counts in every call that takes options.
///
///     translator.translate("good morning", TranslationOptions(prefix: "Bonjour ,", withAttention: true))
///
/// How a model writes (beam, drawing, limits) is not an option of a call but ``Translator/decoding``.
public struct TranslationOptions: Sendable, Equatable {
  /// What each translation begins with; cut into tokens as a whole text is, and empty for nothing.
  ///
  /// A line without words has an empty translation all the same.
  public var prefix: String
  /// Whether translations hold ``Translation/attention`` and the words that tokens belong to.
  ///
  /// Attention takes memory, and the words take time, by the product of the lengths of source and translation or the
  /// square of the longest word.
  public var withAttention: Bool
  /// Whether translations hold ``Translation/logProbabilities`` and ``Translation/score``.
  ///
  /// The text is the same without, and greedy search is faster.
  public var withProbabilities: Bool

  /// Options; by default there is no prefix, and translations hold probabilities but no attention.
  public init(
    prefix: String = "", withAttention: Bool = false, withProbabilities: Bool = true
  ) {
    self.prefix = prefix
    self.withAttention = withAttention
    self.withProbabilities = withProbabilities
  }

  /// Nothing but text and tokens: the fastest.
  public static let textOnly = TranslationOptions(withProbabilities: false)
}

public import DragomanFormats
import DragomanText

extension TokenizerConfiguration: Configuration {
  /// What the `tokenizer` object is for.
  public static let about = "How text becomes tokens, and tokens numbers."
  /// The keys of the `tokenizer` object.
  public static let fields: [ConfigurationField<TokenizerConfiguration>] = [
    .init(
      \.kind, "kind", .choice,
      help:
        "What a token is. `bpe`: a piece of a word, learnt from the training pairs, and nothing is "
        + "ever unknown; `word`: a word or a punctuation mark; `character`: a character."),
    .init(
      \.vocabulary, "vocabulary", .integer(atLeast: 8),
      help: "Most entries of a vocabulary; words usually need more than pieces."),
    .init(
      \.minimumFrequency, "minimumFrequency", .integer(atLeast: 1),
      help: "Tokens that the training pairs have less often become unknown."),
    .init(
      \.shared, "shared", .boolean, help: "Whether source and target have one vocabulary."),
    .init(\.lowercase, "lowercase", .boolean, help: "Whether all text is made lower-case."),
  ]
}

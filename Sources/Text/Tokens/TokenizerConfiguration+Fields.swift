package import DragomanFormats

extension TokenizerConfiguration: Configuration {
  /// What the `tokenizer` object is for.
  package static let about = "How text becomes tokens, and tokens numbers."
  /// The keys of the `tokenizer` object.
  package static let fields: [ConfigurationField<TokenizerConfiguration>] = [
    .init(
      \.kind, "kind", .choice,
      help:
        "What a token is. `bpe`: a piece of a word, learnt from the training pairs, and nothing is "
        + "ever unknown; `word`: a word or a punctuation mark; `character`: a character."),
    .init(
      \.targetKind, "targetKind", .optional(.choice, null: "as `tokenizer.kind`", from: .word),
      help:
        "What a token of the target is, if that is something else: phones with spaces between are "
        + "each a `word`, and the letters they stand for each a `character`."),
    .init(
      \.vocabulary, "vocabulary", .integer(atLeast: 1),
      help: "Most entries of a vocabulary; words usually need more than pieces."),
    .init(
      \.minimumFrequency, "minimumFrequency", .integer(atLeast: 1),
      when: .when(\.kind, "kind", is: .word, .character),
      help: "Tokens that the training pairs have less often become unknown."),
    .init(
      \.dropout, "dropout", .number(in: 0..<1), when: .when(\.kind, "kind", is: .bpe),
      help:
        "Chance that a merge of byte pairs is left out, drawn anew for each training pair in each "
        + "epoch, so that a word is met in several guises; 0.1 is usual, 0 turns it off."),
    .init(
      \.shared, "shared", .boolean, help: "Whether source and target have one vocabulary."),
    .init(
      \.lowercase, "lowercase", .lowercasing,
      help:
        "Whether text is made lower-case: of both sides, or with \"source\" of the source alone, whatever the "
        + "target needs."
    ),
    .init(
      \.form, "normalization", .choice,
      help:
        "Which of several equal spellings is read. `nfc`: canonical composition, in which e and U+0301 are é; "
        + "invisible characters are dropped, and no-break spaces of the target are learnt. `nfkc`: moreover ﬁ is "
        + "fi and Ａ is A; `none`: all stays as it is written, and all spaces are plain, as in models of earlier "
        + "versions."
    ),
    .init(
      \.punctuation, "punctuation", .choice,
      help:
        "How the punctuation of the source is read. `folded`: curly quotation marks, dashes and ellipses as \", ', "
        + "- and ..., so that each counts for the other; `asIs`: as it is written."),
  ]

  /// A vocabulary without room for what its kind of token needs, or one of two kinds.
  package var conflicts: [ConfigurationConflict] {
    var conflicts: [ConfigurationConflict] = []
    let (kind, key) =
      kinds.target.smallestVocabulary > kinds.source.smallestVocabulary
      ? (kinds.target, "targetKind") : (kinds.source, "kind")
    let smallest = kind.smallestVocabulary
    if vocabulary < smallest {
      conflicts.append(
        ConfigurationConflict(
          ["vocabulary", key],
          because: "the special tokens"
            + (kind == .bpe ? ", the 256 bytes that nothing is unknown by," : "")
            + " and one more entry or two make \(smallest)",
          remedies: [
            "set tokenizer.vocabulary to \(smallest) at the least, and better to some thousands"
          ]))
    }
    if shared, kinds.source != kinds.target {
      conflicts.append(
        ConfigurationConflict(
          ["shared", "targetKind"],
          because: "one vocabulary holds tokens of one kind",
          remedies: [
            "set tokenizer.shared to false", "leave tokenizer.targetKind out",
          ]))
    }
    return conflicts
  }
}

extension CorpusProblem {
  /// What it is.
  package enum Kind: String, CaseIterable, Sendable {
    /// A side holds nothing but white space.
    case empty
    /// A line is not UTF-8.
    case invalidUTF8
    /// A line has a NUL byte.
    case nul
    /// A line has a carriage return that does not end it.
    case loneCarriageReturn
    /// A translation unit lacks a language.
    case missingLanguage
    /// A message is not translated.
    case untranslated
    /// The translation of a message is only guessed.
    case fuzzy
    /// A message is not used any more.
    case obsolete
    /// A key of one file is not in the other one.
    case missingKey
    /// The first line of a table names its columns.
    case header
    /// A translation unit has a language without a text in it.
    case missingSegment
    /// A translation unit has two texts in one language.
    case severalSegments
    /// A translation unit has a character that XML does not allow.
    case invalidCharacter
    /// A file says that it is in another encoding than UTF-8, which it is in.
    case charset
    /// A line has another number of columns than most.
    case unevenColumns
    /// A column that is read holds no text, while another one does.
    case otherColumns
    /// A pair had entities of HTML, which were decoded.
    case decodedEntities
    /// A file begins with a byte order mark.
    case byteOrderMark
    /// A line ends in "\r\n".
    case carriageReturn
    /// A side has characters that nobody sees.
    case invisible
    /// A side is longer than the limit.
    case long
    /// One side is much longer than the other, for these two languages.
    case lengthRatio
    /// Both sides are the same.
    case copy
    /// The sides seem to be in each other's language.
    case swapped
    /// A side is in another writing system than its language.
    case otherScript
    /// A side is UTF-8 that was read in another encoding, and written again.
    case decodedTwice
    /// A side has entities of HTML.
    case entities
    /// The sides differ in placeholders.
    case placeholders
    /// The sides differ in tags.
    case tags
    /// The sides differ in how many addresses they have.
    case addresses
    /// The sides differ in numbers.
    case numbers
    /// The pair is there before.
    case duplicate
    /// A pair of validation or test is among the training pairs.
    case leakedPair
    /// A source of validation or test is among the training sources, with another target.
    case leakedSource
    /// Words of validation or test that the training pairs never have.
    case unknownWords
  }
}

extension CorpusProblem.Kind {
  /// To follow a count and "of" all pairs, and what becomes of them.
  var words: (found: String, consequence: String) {
    switch self {
    case .empty: ("lines have an empty side", "skipped")
    case .invalidUTF8: ("lines are not valid UTF-8", "skipped")
    case .nul: ("lines have a NUL byte", "skipped")
    case .loneCarriageReturn:
      (
        "lines have a lone carriage return within",
        "skipped; if lines end so, tr '\\r' '\\n' makes them lines"
      )
    case .missingLanguage: ("units lack one of the languages", "skipped")
    case .untranslated: ("messages are not translated", "skipped")
    case .fuzzy: ("messages are fuzzy", "skipped")
    case .obsolete: ("messages are obsolete", "skipped")
    case .missingKey: ("keys are in one of the two files only", "skipped")
    case .header: ("lines name the columns", "skipped")
    case .missingSegment: ("units have a language without text, a <tuv> without <seg>", "skipped")
    case .severalSegments: ("units have two texts in one language", "skipped")
    case .invalidCharacter: ("units have a character that XML does not allow", "skipped")
    case .charset: ("files state another encoding, but are in UTF-8", "read as UTF-8")
    case .unevenColumns: ("lines have another number of columns than most", "look at them")
    case .otherColumns:
      (
        "rows looked at have no text in a column that is read, while other columns have",
        "data.columns says which two to read"
      )
    case .decodedEntities: ("pairs had HTML entities", "decoded")
    case .byteOrderMark: ("files begin with a byte order mark", "it is ignored")
    case .carriageReturn: ("lines end in \"\\r\\n\"", "the \"\\r\" is ignored")
    case .invisible:
      (
        "pairs have invisible characters such as U+00AD or U+200B",
        "tokenizer.normalization drops them, unless it is \"none\""
      )
    case .long: ("pairs have a side above data.maximumLength", "training skips them")
    case .lengthRatio: ("pairs have sides of very different length", "probably no translations")
    case .copy: ("pairs have the same text on both sides", "probably not translated")
    case .swapped: ("pairs seem to have their languages exchanged", "kept")
    case .otherScript: ("pairs have a side in another script than the rest", "kept")
    case .decodedTwice:
      ("pairs have text that was decoded in a wrong encoding", "kept; see docs/data.md")
    case .entities: ("pairs have HTML entities", "kept; data.decodeEntities decodes them")
    case .placeholders: ("pairs differ in placeholders", "kept")
    case .tags: ("pairs differ in tags", "kept")
    case .addresses: ("pairs differ in addresses (URLs)", "kept")
    case .numbers: ("pairs differ in numbers", "kept")
    case .duplicate: ("pairs repeat an earlier one", "kept, and count twice")
    case .leakedPair: ("pairs are training pairs, too", "figures will be too good")
    case .leakedSource: ("sources are training sources, too", "figures may be too good")
    case .unknownWords: ("words never occur in training", "")
    }
  }

  /// Why a reader leaves out what it found, to follow a count: `2 with an empty side`; `nil` if it keeps it.
  var skipWords: String? {
    switch self {
    case .empty: "with an empty side"
    case .invalidUTF8: "not in UTF-8"
    case .nul: "with a NUL byte"
    case .loneCarriageReturn: "with a lone carriage return"
    case .missingLanguage: "without one of the languages"
    case .untranslated: "untranslated"
    case .fuzzy: "fuzzy"
    case .obsolete: "obsolete"
    case .missingKey: "with a key that the other file does not have"
    case .header: "with the names of the columns"
    case .missingSegment: "with a language without text"
    case .severalSegments: "with two texts in one language"
    case .invalidCharacter: "with a character that XML does not allow"
    case .charset, .unevenColumns, .otherColumns, .decodedEntities, .byteOrderMark,
      .carriageReturn, .invisible, .long, .lengthRatio, .copy, .swapped, .otherScript,
      .decodedTwice, .entities,
      .placeholders, .tags, .addresses, .numbers, .duplicate, .leakedPair, .leakedSource,
      .unknownWords:
      nil
    }
  }

  /// Whether reading leaves out what is found.
  var isSkipped: Bool { skipWords != nil }
}

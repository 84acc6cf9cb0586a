extension CorpusProblem {
  /// What it is.
  package enum Kind: String, CaseIterable, Sendable {
    /// A side holds nothing but white space.
    case empty
    /// A line is not UTF-8.
    case invalidUTF8
    /// A line has a NUL byte.
    case nul
    /// A translation unit lacks a language.
    case missingLanguage
    /// A message is not translated.
    case untranslated
    /// The translation of a message is only guessed.
    case fuzzy
    /// A message is not used any more.
    case obsolete
    /// A file begins with a byte order mark.
    case byteOrderMark
    /// A line ends in "\r\n".
    case carriageReturn
    /// A side is longer than the limit.
    case long
    /// One side is much longer than the other, for these two languages.
    case lengthRatio
    /// Both sides are the same.
    case copy
    /// The sides seem to be in each other's language.
    case swapped
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
    case .missingLanguage: ("units lack one of the languages", "skipped")
    case .untranslated: ("messages are not translated", "skipped")
    case .fuzzy: ("messages are fuzzy", "skipped")
    case .obsolete: ("messages are obsolete", "skipped")
    case .byteOrderMark: ("files begin with a byte order mark", "it is ignored")
    case .carriageReturn: ("lines end in \"\\r\\n\"", "the \"\\r\" is ignored")
    case .long: ("pairs have a side above data.maximumLength", "training skips them")
    case .lengthRatio: ("pairs have sides of very different length", "probably no translations")
    case .copy: ("pairs have the same text on both sides", "probably not translated")
    case .swapped: ("pairs seem to have their languages exchanged", "kept")
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
    case .missingLanguage: "without one of the languages"
    case .untranslated: "untranslated"
    case .fuzzy: "fuzzy"
    case .obsolete: "obsolete"
    case .byteOrderMark, .carriageReturn, .long, .lengthRatio, .copy, .swapped, .duplicate,
      .leakedPair, .leakedSource, .unknownWords:
      nil
    }
  }

  /// Whether reading leaves out what is found.
  var isSkipped: Bool { skipWords != nil }
}

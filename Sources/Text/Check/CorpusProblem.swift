import DragomanFormats

/// Something in the data that a person should know of before training.
package struct CorpusProblem: Sendable, Equatable {
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

  /// What it is.
  package let kind: Kind
  /// The part of the data: `train`, `validation` or `test`.
  package let part: String
  /// How often, and where at first.
  package let finding: CorpusFinding
  /// Of how many.
  package let total: Int

  /// Whether training leaves out what is found.
  package var isSkipped: Bool { CorpusSkip(rawValue: kind.rawValue) != nil }
}

extension CorpusProblem.Kind {
  /// To follow a count and "of" all pairs, and what becomes of them.
  fileprivate var words: (found: String, consequence: String) {
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
}

extension CorpusProblem: CustomStringConvertible {
  /// For example `train: 2 of 6,000 lines have an empty side: skipped (a.tsv:5, a.tsv:9)`.
  package var description: String {
    let (found, consequence) = kind.words
    let share = kind == .unknownWords && total > 0 ? " (\(percent))" : ""
    let places = finding.examples.joined(separator: ", ")
    let text =
      "\(part): \(NumberText.grouped(finding.count)) of \(NumberText.grouped(total)) \(found)\(share)"
    return text + (consequence.isEmpty ? "" : ": \(consequence)")
      + (places.isEmpty ? "" : " (\(places)\(finding.count > finding.examples.count ? ", …" : ""))")
  }

  private var percent: String {
    let tenths = (1000 * finding.count + total / 2) / total
    return "\(tenths / 10).\(tenths % 10) %"
  }
}

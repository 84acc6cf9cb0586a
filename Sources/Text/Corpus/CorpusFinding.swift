/// How often something was found in a corpus, and where at first.
package struct CorpusFinding: Sendable, Equatable {
  /// How often.
  package private(set) var count = 0
  /// The first places, as `file:line`.
  package private(set) var examples: [String] = []

  /// How many places are kept.
  static let exampleLimit = 2

  /// Counts once more.
  mutating func add(_ place: @autoclosure () -> String) {
    count += 1
    guard examples.count < Self.exampleLimit else { return }
    let place = place()
    if examples.last != place { examples.append(place) }
  }

  /// Counts what another has counted.
  mutating func add(_ other: CorpusFinding) {
    count += other.count
    examples += other.examples.prefix(Self.exampleLimit - examples.count)
  }
}

/// Why reading leaves out what stands in a file.
package enum CorpusSkip: String, CaseIterable, Sendable {
  /// A side holds nothing but white space.
  case empty
  /// The line is not UTF-8.
  case invalidUTF8
  /// The line has a NUL byte.
  case nul
  /// A translation unit of a TMX file lacks one of the two languages.
  case missingLanguage
  /// A message of a PO file has no translation.
  case untranslated
  /// A message of a PO file whose translation is only guessed.
  case fuzzy
  /// A message of a PO file that the program does not use any more.
  case obsolete

  /// To follow a count: `2 with an empty side`.
  var words: String {
    switch self {
    case .empty: "with an empty side"
    case .invalidUTF8: "not in UTF-8"
    case .nul: "with a NUL byte"
    case .missingLanguage: "without one of the languages"
    case .untranslated: "untranslated"
    case .fuzzy: "fuzzy"
    case .obsolete: "obsolete"
    }
  }
}

import DragomanDecoding
import DragomanFormats
import DragomanTranslation

/// What is told beside the results of lines that a model has never met the like of, and of translations that were cut
/// off.
struct TranslationNotes {
  /// Lines that are told of one by one; the others are counted.
  static let most = 20

  private let console: Console
  private let isQuiet: Bool
  /// What the lines are called where they are counted.
  private let unit: String
  /// Whether lines are told of one by one.
  private let isListing: Bool
  private let note: (String) -> SourceNote?

  private var lines = 0
  /// Lines with words that were never met, and those that are too long.
  private var counts = (unseen: 0, long: 0)
  private var told = 0
  private var words: [String] = []
  private var longest = 0
  private var translations = 0
  /// The lengths of translations that were cut off.
  private var cutOff: [Int] = []

  /// Notes that go to where messages go.
  ///
  /// - Parameters:
  ///   - console: where.
  ///   - isQuiet: whether nothing is told at all.
  ///   - unit: what lines are called, in the plural.
  ///   - isListing: whether lines are told of one by one, or only counted.
  ///   - note: what the model has never met of a line.
  init(
    _ console: Console, isQuiet: Bool, unit: String = "lines", isListing: Bool = true,
    note: @escaping (String) -> SourceNote?
  ) {
    (self.console, self.isQuiet, self.unit) = (console, isQuiet, unit)
    (self.isListing, self.note) = (isListing, note)
  }

  /// Looks at lines that are about to be read by the model; `isNumbered` says that there are more than one in all.
  mutating func read(_ lines: [String], isNumbered: Bool = true) {
    guard !isQuiet else { return }
    for line in lines {
      self.lines += 1
      guard let found = note(line) else { continue }
      if !found.unseen.isEmpty {
        counts.unseen += 1
        if words.count <= Self.mostWords { words += found.unseen.filter { !words.contains($0) } }
      }
      if let length = found.length { (counts.long, longest) = (counts.long + 1, length.longest) }
      guard isListing, told < Self.most else { continue }
      told += 1
      console.message((isNumbered ? "line \(self.lines): " : "") + Self.text(found))
    }
  }

  /// Counts translations.
  mutating func wrote(_ tally: TranslationTally) {
    translations += tally.count
    cutOff += tally.cutOff
  }

  /// Tells what was counted since the last time.
  mutating func finish(_ decoding: DecodingConfiguration) {
    finish()
    guard !isQuiet, let least = cutOff.min(), let most = cutOff.max() else { return }
    let limit =
      "--maximum-length" + (decoding.maximumRatio == nil ? "" : " and decoding.maximumRatio")
    console.message(
      "\(NumberText.grouped(cutOff.count)) of \(NumberText.grouped(translations)) translations "
        + "\(cutOff.count == 1 ? "was" : "were") cut off at "
        + (least == most ? "\(most)" : "\(least) to \(most)")
        + " token\(most == 1 ? "" : "s"); the limit is set by \(limit)")
    (translations, cutOff) = (0, [])
  }

  /// Tells of lines that were not told of one by one.
  mutating func finish() {
    defer { (counts, words) = ((0, 0), []) }
    guard !isQuiet, !isListing || max(counts.unseen, counts.long) > Self.most else { return }
    if counts.unseen > 0 {
      console.message(
        "\(share(counts.unseen)) with words the model has never met: \(Self.list(words))")
    }
    if counts.long > 0 {
      console.message(
        "\(share(counts.long)) longer than any source in training (\(Words.count(longest, "token")))"
      )
    }
  }

  /// For example `3 of 1,000 lines`.
  private func share(_ count: Int) -> String {
    "\(NumberText.grouped(count)) of \(NumberText.grouped(lines)) \(unit)"
  }

  /// For example `the model has never met 'zxcvb' and 'qwerty'`.
  static func text(_ note: SourceNote) -> String {
    var parts: [String] = []
    if !note.unseen.isEmpty { parts.append("the model has never met \(list(note.unseen))") }
    if let length = note.length {
      parts.append(
        "\(Words.count(length.found, "token")), longer than any source in training "
          + "(\(Words.count(length.longest, "token")))")
    }
    return parts.joined(separator: "; ")
  }

  private static let mostWords = 8

  /// The first few of some words.
  private static func list(_ words: [String]) -> String {
    let rest = words.count - mostWords
    let shown = words.prefix(mostWords).map { Excerpt.quoted($0) }
    return rest > 0
      ? shown.joined(separator: ", ") + " and \(NumberText.grouped(rest)) more" : Words.list(shown)
  }
}

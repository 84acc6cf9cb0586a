import DragomanFormats
import DragomanSystem
import DragomanTranslation

/// Lines, or other examples, that several processes work on together: each on a run of them, in the order of the ranks.
///
/// What is made of an example depends on it alone, so that all come out as one process would make them.
struct SharedLines {
  private let processes: any ProcessGroup

  /// Lines for these processes; `nil` of one alone.
  init?(_ processes: any ProcessGroup) {
    guard processes.size > 1 else { return nil }
    self.processes = processes
  }

  /// The lines that the first process has, known to all; `nil` in all when it has no more.
  func spread(_ lines: [String]?) throws -> [String]? {
    // No lines are an empty list, and the end is nothing at all.
    let own = processes.isFirst ? lines.map { JSON.strings($0).serialized() } ?? "" : ""
    let bytes = try processes.gather(Array(own.utf8))[0]
    guard !bytes.isEmpty else { return nil }
    return try JSON.parse(bytes, file: processes.name(of: 0)).array?.compactMap(\.string) ?? []
  }

  /// Calls `body` in all processes with what `read` gives the first one, until it gives no more.
  func forEach(
    reading read: (([String]) throws -> Void) throws -> Void,
    _ body: @escaping ([String]) throws -> Void
  ) throws {
    if processes.isFirst {
      try read { if let lines = try spread($0) { try body(lines) } }
      _ = try spread(nil)
    } else {
      while let lines = try spread(nil) { try body(lines) }
    }
  }

  /// This process's part of so many lines.
  func part(of count: Int) -> Range<Int> {
    let (rank, size) = (processes.rank, processes.size)
    return rank * count / size..<(rank + 1) * count / size
  }

  /// The texts of so many translations and what was counted of them, each part of them made by a process of the job.
  static func translations(
    _ count: Int, _ make: (Range<Int>) throws -> [Translation]
  ) throws -> (texts: [String], tally: TranslationTally) {
    let shared = SharedLines(try Job.join())
    let own = try make(shared?.part(of: count) ?? 0..<count)
    let (texts, tally) = (own.map(\.text), TranslationTally(own))
    return try shared?.joined(texts, tally) ?? (texts, tally)
  }

  /// So many texts, each part of them found by a process of the job.
  static func texts(
    _ count: Int, _ find: (Range<Int>) throws -> [String]
  ) throws -> [String] {
    let shared = SharedLines(try Job.join())
    let own = try find(shared?.part(of: count) ?? 0..<count)
    return try shared?.joined(own, TranslationTally()).texts ?? own
  }

  /// The texts of all lines and what was counted of them, from those of each part.
  func joined(
    _ texts: [String], _ tally: TranslationTally
  ) throws -> (texts: [String], tally: TranslationTally) {
    let own: JSON = [
      "texts": .strings(texts), "count": .int(tally.count),
      "cutOff": .array(tally.cutOff.map { .int($0) }),
    ]
    var all: (texts: [String], tally: TranslationTally) = ([], TranslationTally())
    for (rank, bytes) in try processes.gather(Array(own.serialized().utf8)).enumerated() {
      let part = try JSON.parse(bytes, file: processes.name(of: rank))
      all.texts += part["texts"]?.array?.compactMap(\.string) ?? []
      all.tally.count += part["count"]?.int ?? 0
      all.tally.cutOff += part["cutOff"]?.array?.compactMap(\.int) ?? []
    }
    return all
  }
}

/// What is counted of translations.
struct TranslationTally {
  /// How many there are.
  var count = 0
  /// The lengths of those that were cut off, in tokens.
  var cutOff: [Int] = []

  /// None.
  init() {}

  /// What is counted of these.
  init(_ translations: [Translation]) {
    count = translations.count
    cutOff = translations.lazy.filter(\.isCutOff).map(\.targetTokens.count)
  }
}

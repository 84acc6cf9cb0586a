import DragomanFormats
import DragomanSystem

/// What takes the place of a source word that the target vocabulary has no word for: its entry, or itself.
///
/// Luong et al. 2015, "Addressing the rare word problem in neural machine translation" (arXiv:1410.8206), and by
/// attention Jean et al. 2015 (arXiv:1412.2007), section 3.3.
public struct WordDictionary: Sendable, Equatable {
  /// What to write, by source words.
  private var entries: [ExactText: String] = [:]

  /// A dictionary without entries: every word stays itself.
  public init() {}

  /// Reads a file whose lines are a source token, a tab and what to write for it; of equal tokens the first counts.
  ///
  /// The file may be compressed with gzip. Throws a ``WordDictionaryError`` for a line that is none, and what reading a
  /// file throws.
  public init(path: String) throws {
    let file = try InputFile(path)
    var gate = TextGate(path: path) { try file.read(1 << 16) }
    while let line = try gate.next() {
      if let flaw = line.flaw {
        throw WordDictionaryError(
          path: path, line: gate.line, found: "that \(flaw.words). \(flaw.remedy("the file"))")
      }
      let number = gate.line
      let line = line.bytes
      if line.isEmpty { continue }
      let columns = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
      guard columns.count == 2, !columns[0].isEmpty, !columns[1].isEmpty else {
        throw WordDictionaryError(
          path: path, line: number,
          found: columns.count == 2
            ? "an empty column" : Words.count(columns.count, "column"))
      }
      let word = String(decoding: columns[0], as: UTF8.self)
      let key = ExactText(word)
      if entries[key] == nil { entries[key] = String(decoding: columns[1], as: UTF8.self) }
    }
  }

  /// What to write for a word, compared scalar by scalar; `nil` if that is not stated.
  public subscript(word: String) -> String? { entries[ExactText(word)] }
}

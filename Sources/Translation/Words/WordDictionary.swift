import DragomanFormats

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
  /// The file may be compressed with gzip. Throws a ``WordDictionaryError`` for a line that is none, and what reading a file throws.
  public init(path: String) throws {
    let bytes = try GzipReader.readFile(path)
    // A byte order mark is no part of the first word.
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    let lines = text.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      if line.isEmpty { continue }
      if let invalid = UTF8Check.firstInvalid(line) {
        throw WordDictionaryError(
          path: path, line: index + 1,
          found: "byte \(invalid + 1), which is no UTF-8; convert it with 'iconv -t UTF-8'")
      }
      let columns = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
      guard columns.count == 2, !columns[0].isEmpty, !columns[1].isEmpty else {
        throw WordDictionaryError(
          path: path, line: index + 1,
          found: columns.count == 2
            ? "an empty column" : "\(columns.count) column\(columns.count == 1 ? "" : "s")")
      }
      let word = String(decoding: columns[0], as: UTF8.self)
      let key = ExactText(word)
      if entries[key] == nil { entries[key] = String(decoding: columns[1], as: UTF8.self) }
    }
  }

  /// What to write for a word, compared scalar by scalar; `nil` if that is not stated.
  public subscript(word: String) -> String? { entries[ExactText(word)] }
}

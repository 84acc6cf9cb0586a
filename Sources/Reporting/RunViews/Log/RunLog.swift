import DragomanFormats
package import DragomanSystem

/// `log.jsonl`: what happened to a run, an entry a line.
///
/// The one place that reads and writes such files. A last line without its end is none yet: it is being written, or a
/// crash cut it short.
package struct RunLog: Sendable {
  /// The file.
  package let path: String
  /// The open folder in which it is found by its name; `nil` if its path leads to it.
  private let folder: OpenFolder?
  /// Bytes and lines that have been read.
  private var (bytes, lines) = (0, 0)

  /// The log at a path, of which nothing has been read yet.
  package init(_ path: String, in folder: OpenFolder? = nil) {
    (self.path, self.folder) = (path, folder)
  }

  // MARK: Reading

  /// All entries of a log.
  ///
  /// - Throws: ``RunLogError`` where a line is not an entry; what goes wrong when the file is read.
  package static func entries(of path: String) throws -> [LogEntry] {
    var log = RunLog(path)
    return try log.readOn()
  }

  /// The entries that were added since the log was read last.
  ///
  /// - Throws: as ``entries(of:)``; the same entries are then read again.
  package mutating func readOn() throws -> [LogEntry] {
    let file = try InputFile(path, in: folder)
    guard file.size > bytes else { return [] }
    let added = try file.read(file.size - bytes, at: bytes)
    guard let end = added.lastIndex(of: Self.newline) else { return [] }
    let texts = added[..<end].split(separator: Self.newline, omittingEmptySubsequences: false)
    var entries: [LogEntry] = []
    for (index, text) in texts.enumerated() where !text.isEmpty {
      entries.append(try Self.entry(text, path, line: lines + index + 1))
    }
    (bytes, lines) = (bytes + end + 1, lines + texts.count)
    return entries
  }

  /// The last entry of a log; `nil` if there is none, or one that is not whole after it.
  package static func last(of path: String) throws -> LogEntry? {
    let texts = try Files.read(path).split(separator: newline, omittingEmptySubsequences: false)
    // Behind the last end of a line stands nothing.
    guard texts.last?.isEmpty == true,
      let index = texts.lastIndex(where: { !$0.isEmpty })
    else { return nil }
    return try entry(texts[index], path, line: index + 1)
  }

  private static func entry(
    _ text: ArraySlice<UInt8>, _ path: String, line: Int
  ) throws(RunLogError) -> LogEntry {
    let json: JSON
    do {
      json = try JSON.parse(Array(text), file: path)
    } catch .text(_, let position, let expected, let found) {
      throw RunLogError(
        path: path, line: line, column: position.column, expected: expected, found: found)
    } catch {
      throw RunLogError(path: path, line: line, expected: "an entry", found: "\(error)")
    }
    do {
      return try LogEntry(json)
    } catch {
      throw RunLogError(path: path, line: line, expected: error.expected, found: error.found)
    }
  }

  private static let newline = UInt8(ascii: "\n")

  // MARK: Writing

  /// Makes an empty log, or empties one.
  func begin() throws {
    try AtomicFile.write([], to: path, in: folder)
  }

  /// Adds an entry.
  func append(_ entry: LogEntry) throws {
    try Files.append(entry.json.serialized() + "\n", to: path, in: folder)
  }

  /// Keeps the entries up to an update but for ends, so that a run that goes on tells one story.
  ///
  /// What is not an entry goes too: a crash may have cut a line short.
  func cut(after update: Int) throws {
    guard folder?.holds(Files.name(of: path)) ?? Files.exists(path) else { return }
    let kept = try Files.read(path, in: folder).split(separator: Self.newline).filter { text in
      guard let entry = try? Self.entry(text, path, line: 0), entry.update <= update else {
        return false
      }
      if case .ended = entry.event { return false }
      return true
    }
    try AtomicFile.write(kept.flatMap { $0 + [Self.newline] }, to: path, in: folder)
  }
}

/// A line of a log that is not an entry.
package struct RunLogError: Error, Equatable {
  let path: String
  let line: Int
  var column: Int?
  let expected: String
  let found: String
}

extension RunLogError: CustomStringConvertible {
  /// What is wrong, and what to do.
  package var description: String {
    """
    \(path):\(line)\(column.map { ":\($0)" } ?? ""): expected \(expected), found \(found). The log was changed or \
    damaged; take this line out.
    """
  }
}

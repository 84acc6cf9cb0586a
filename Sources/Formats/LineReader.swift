/// The lines of a file, one after the other, in bounded memory.
///
/// Lines end at "\n" only: other Unicode line breaks belong to the text. One "\r" before it and a byte order mark at the
/// start of the file are taken away.
public final class LineReader {
  private let next: () throws(FormatError) -> [UInt8]
  private var buffer: [UInt8] = []
  private var at = 0
  private var isAtEnd = false
  /// Number of the line read last, from 1.
  public private(set) var number = 0

  /// The lines of a file.
  public convenience init(_ path: String) throws(FormatError) {
    let file = try InputFile(path)
    self.init { () throws(FormatError) in try file.read(1 << 18) }
  }

  /// The lines of what a function gives part by part; an empty part is the end.
  public init(_ next: @escaping () throws(FormatError) -> [UInt8]) {
    self.next = next
  }

  /// The bytes of the next line; `nil` at the end. A last line without "\n" counts, an empty rest does not.
  public func line() throws(FormatError) -> [UInt8]? {
    var searched = at
    while true {
      if let end = buffer[searched...].firstIndex(of: 0x0A) {
        let line = buffer[at..<end]
        at = end + 1
        return finish(line)
      }
      searched = buffer.count
      if isAtEnd {
        guard at < buffer.count else { return nil }
        let line = buffer[at...]
        at = buffer.count
        return finish(line)
      }
      searched -= at
      buffer.removeSubrange(..<at)
      at = 0
      let part = try next()
      isAtEnd = part.isEmpty
      buffer += part
    }
  }

  private func finish(_ line: ArraySlice<UInt8>) -> [UInt8] {
    number += 1
    var line = line
    if line.last == 0x0D { line.removeLast() }
    if number == 1, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
    return Array(line)
  }
}

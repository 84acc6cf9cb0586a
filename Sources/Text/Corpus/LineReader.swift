import DragomanSystem
import DragomanFormats

/// The lines of a text file, one by one, checked to be text.
///
/// Lines end with "\n" and nothing else: U+2028, U+0085 and their like stand within lines of real corpora.
/// One "\r" before the end goes, as does a byte order mark at the start of the file. Memory is that of the
/// longest line and one chunk.
///
/// A gzip file, which its first bytes tell, is unpacked as it is read; lines and places are those of its text.
struct LineReader {
  /// Bytes per system call: so many that calls do not count, so few that they stay in the cache.
  static let chunk = 1 << 18
  private let file: InputFile
  /// What unpacks the file, if it is packed.
  private var unpacked: GzipReader?
  private var bytes: [UInt8] = []
  /// Where the unread part of `bytes` starts.
  private var position = 0
  private var isAtEnd = false
  /// The number of the line last read, from 1; 0 before the first.
  private(set) var line = 0
  /// Whether the file begins with a byte order mark.
  private(set) var hasByteOrderMark = false
  /// The first bytes of the text, whatever they are.
  private(set) var head: [UInt8] = []
  /// How many lines have ended in "\r\n" so far.
  private(set) var carriageReturns = 0

  init(path: String) throws(CorpusError) {
    // "-" is standard input, a pipe for instance.
    do { file = try path == "-" ? InputFile.standardInput() : InputFile(path) } catch {
      throw .unreadable(error)
    }
    while bytes.count < 64 && !isAtEnd { try fill() }
    if bytes.starts(with: GzipReader.magic) {
      try unpack()
      while bytes.count < 64 && !isAtEnd { try fill() }
    }
    try checkKind()
    head = Array(bytes.prefix(256))
    hasByteOrderMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    if hasByteOrderMark { position = 3 }
  }

  /// The path, for messages.
  var path: String { file.path }

  /// The next line without its end, in valid UTF-8; `nil` at the end of the file.
  mutating func next() throws(CorpusError) -> ArraySlice<UInt8>? {
    var searched = position
    while true {
      if let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { position = end + 1 }
        return try checked(position..<end)
      }
      if isAtEnd { break }
      searched = bytes.count - position
      try fill()
    }
    guard position < bytes.count else { return nil }
    defer { position = bytes.count }
    return try checked(position..<bytes.count)
  }

  /// Reads on, and forgets what has been read before.
  private mutating func fill() throws(CorpusError) {
    bytes.removeFirst(position)
    position = 0
    let found = try read()
    bytes += found
    isAtEnd = found.isEmpty
  }

  private mutating func read() throws(CorpusError) -> [UInt8] {
    do {
      return try unpacked?.next() ?? file.read(Self.chunk)
    } catch let error as FileError {
      throw .unreadable(error)
    } catch let error as FormatError {
      throw .damaged(error)
    } catch {
      preconditionFailure("reading \(path): \(error)")
    }
  }

  /// Takes what was read so far, and all that follows, for a gzip file.
  private mutating func unpack() throws(CorpusError) {
    let file = file
    var start = bytes
    unpacked = GzipReader(path: path) {
      defer { start = [] }
      return start.isEmpty ? try file.read(Self.chunk) : start
    }
    (bytes, isAtEnd) = ([], false)
  }

  private mutating func checked(_ range: Range<Int>) throws(CorpusError) -> ArraySlice<UInt8> {
    line += 1
    var found = bytes[range]
    if found.last == UInt8(ascii: "\r") {
      found.removeLast()
      carriageReturns += 1
    }
    if let invalid = UTF8Check.firstInvalid(found) {
      throw .invalidUTF8(
        path: path, line: line, byte: invalid + 1, found: bytes[range.lowerBound + invalid])
    }
    if let nul = found.firstIndex(of: 0) {
      throw .nul(path: path, line: line, byte: nul - range.lowerBound + 1)
    }
    return found
  }

  /// Knows the usual files that are no text by their first bytes, since "invalid UTF-8" would not help.
  private func checkKind() throws(CorpusError) {
    if let wide = WideText(bytes) {
      throw .foreign(path: path, kind: wide.rawValue, remedy: wide.remedy)
    }
    let kinds: [(start: [UInt8], kind: String, remedy: String)] = [
      (GzipReader.magic, "a gzip file in a gzip file", "Unpack it once with 'gunzip -k'."),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "an xz file", "Unpack it with 'xz -dk'."),
      ([0x28, 0xB5, 0x2F, 0xFD], "a zstd file", "Unpack it with 'zstd -dk'."),
      ([0x42, 0x5A, 0x68], "a bzip2 file", "Unpack it with 'bunzip2 -k'."),
      ([0x50, 0x4B, 0x03, 0x04], "a zip file", "Unpack it with 'unzip'."),
    ]
    let start = bytes.prefix(64)
    for kind in kinds where start.starts(with: kind.start) {
      // "BZh" may begin a text, "PK" too; what follows it in such a file is no text.
      if start.contains(where: { $0 < 0x07 || $0 == 0xFF || $0 == 0xFE })
        || UTF8Check.firstInvalid(start) != nil
      {
        throw .foreign(path: path, kind: kind.kind, remedy: kind.remedy)
      }
    }
  }
}

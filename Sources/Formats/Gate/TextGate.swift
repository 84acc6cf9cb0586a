import DragomanSystem

/// The gate through which all text comes in: files, standard input, configurations, and lines that a program hands
/// over.
///
/// A byte order mark at the start goes. What is not text in UTF-8 is refused by name: UTF-16, UTF-32, packed files; but
/// gzip, which its first bytes tell, is unpacked where lines are read. Lines end with "\n" and nothing else: U+2028,
/// U+0085 and their like stand within lines of real corpora. Carriage returns before the end go. What else no text has
/// is a ``TextFlaw`` of its line, which the reader refuses, skips or repairs, but never without a word.
///
/// Memory is that of the longest line and one piece; the longest line is bounded by ``Limits``.
package struct TextGate {
  /// What messages call standard input.
  package static let standardInput = "standard input"

  /// A line without its end.
  package struct Line {
    /// Its bytes, which are UTF-8 unless the flaw says otherwise.
    package let bytes: ArraySlice<UInt8>
    /// What is wrong with it at first.
    package let flaw: TextFlaw?
    /// Whether it ends in "\r\n".
    package let endsInCarriageReturn: Bool
  }

  /// What is read, for messages.
  package let path: String
  /// The number of the line last read, from 1; 0 before the first.
  package private(set) var line = 0
  /// The first bytes of the text, whatever they are.
  package private(set) var head: [UInt8] = []
  /// Whether the text begins with a byte order mark.
  package private(set) var hasByteOrderMark = false
  /// Whether every line has been read.
  package var isAtEnd: Bool { hasEnded && position == bytes.count }

  private let more: () throws -> [UInt8]
  /// The most bytes of a line.
  private let longest: Int
  /// What unpacks the text, if it is packed.
  private var unpacked: GzipReader?
  private var bytes: [UInt8] = []
  /// Where the unread part of `bytes` starts.
  private var position = 0
  private var hasEnded = false
  private var isOpen = false

  /// The gate before the text that `more` gives, piece by piece up to an empty one; `path` is for messages.
  ///
  /// Lines of more bytes than `longest` are refused, so that no text without ends of lines takes all memory.
  package init(
    path: String, longest: Int = Limits.current.lineBytes,
    _ more: @escaping () throws -> [UInt8]
  ) {
    (self.path, self.longest, self.more) = (path, longest, more)
  }

  /// The text of a line that comes from elsewhere as a string, without a byte order mark.
  package static func text(_ line: String) -> String {
    // Comparing bytes: to Swift the mark and a letter after it may be one character.
    line.utf8.starts(with: byteOrderMark) ? String(line.unicodeScalars.dropFirst()) : line
  }

  /// A whole text, without a byte order mark.
  ///
  /// - Throws: ``TextError/foreign(path:_:)``.
  package static func whole(
    _ bytes: [UInt8], path: String
  ) throws(TextError) -> ArraySlice<UInt8> {
    if bytes.starts(with: GzipReader.magic) { throw .foreign(path: path, .gzip) }
    if let foreign = ForeignText(bytes) { throw .foreign(path: path, foreign) }
    return bytes.starts(with: byteOrderMark) ? bytes.dropFirst(byteOrderMark.count) : bytes[...]
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Reads the first bytes, and looks what they are; the first line does so otherwise.
  ///
  /// - Throws: ``TextError/foreign(path:_:)``, a ``FormatError`` for damaged gzip, and what reading throws.
  package mutating func open() throws {
    guard !isOpen else { return }
    isOpen = true
    try fillStart()
    if bytes.starts(with: GzipReader.magic) {
      unpack()
      try fillStart()
    }
    if let foreign = ForeignText(bytes) { throw TextError.foreign(path: path, foreign) }
    head = Array(bytes.prefix(256))
    hasByteOrderMark = bytes.starts(with: Self.byteOrderMark)
    if hasByteOrderMark { position = Self.byteOrderMark.count }
  }

  /// The next line; `nil` at the end.
  ///
  /// - Throws: what ``open()`` throws; ``TextError/longLine(path:line:limit:)``.
  package mutating func next() throws -> Line? {
    try open()
    var searched = position
    while true {
      if let end = bytes[searched...].firstIndex(of: Self.lineFeed) { return taken(upTo: end) }
      guard bytes.count - position <= longest else {
        throw TextError.longLine(path: path, line: line + 1, limit: longest)
      }
      if hasEnded { break }
      searched = bytes.count - position
      try fill()
    }
    return position < bytes.count ? taken(upTo: bytes.count) : nil
  }

  /// The next line if it is there already with its end, so that nobody has to wait for more.
  package mutating func nextAvailable() -> Line? {
    guard isOpen, let end = bytes[position...].firstIndex(of: Self.lineFeed) else { return nil }
    return taken(upTo: end)
  }

  private static let lineFeed = UInt8(ascii: "\n")

  /// Takes the line up to `end`, and the line feed there.
  private mutating func taken(upTo end: Int) -> Line {
    defer { position = min(end + 1, bytes.count) }
    line += 1
    var found = bytes[position..<end]
    while found.last == UInt8(ascii: "\r") { found.removeLast() }
    return Line(
      bytes: found, flaw: TextFlaw(bytes.span.extracting(position..<found.endIndex)),
      endsInCarriageReturn: found.endIndex < end)
  }

  /// Reads until it is clear what the text is; whoever types or answers line by line is not kept waiting.
  private mutating func fillStart() throws {
    func isClear() -> Bool {
      unpacked == nil && bytes.count > 1 && bytes.contains(Self.lineFeed)
        && !bytes.starts(with: GzipReader.magic)
    }
    while bytes.count < ForeignText.length, !hasEnded, !isClear() { try fill() }
  }

  /// Reads on, and forgets what has been read before.
  private mutating func fill() throws {
    bytes.removeFirst(position)
    position = 0
    let found = try unpacked?.next() ?? more()
    bytes += found
    hasEnded = found.isEmpty
  }

  /// Takes what was read so far, and all that follows, for a gzip file.
  private mutating func unpack() {
    let more = more
    var start = bytes
    unpacked = GzipReader(path: path) {
      defer { start = [] }
      return start.isEmpty ? try more() : start
    }
    (bytes, hasEnded) = ([], false)
  }
}

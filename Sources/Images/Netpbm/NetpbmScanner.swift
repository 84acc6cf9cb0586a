import DragomanFormats

/// The words and numbers of a portable map's text, between white space and comments.
struct NetpbmScanner {
  private let bytes: [UInt8]
  let file: String
  /// The next byte.
  private(set) var position: Int

  init(_ bytes: [UInt8], file: String, from position: Int = 0) {
    (self.bytes, self.file, self.position) = (bytes, file, position)
  }

  /// Space, tab, line feed, vertical tab, form feed, carriage return.
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  /// The digit after the P, which was looked at already.
  mutating func takeKind() -> Int {
    position = 2
    return Int(bytes[1]) - 0x30
  }

  /// Passes over white space and comments, which go from # to the end of a line.
  private mutating func skipSpace() {
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "#") {
        skipLine()
      } else if !Self.isSpace(bytes[position]) {
        return
      } else {
        position += 1
      }
    }
  }

  /// Goes to the end of the line.
  mutating func skipLine() {
    while position < bytes.count, bytes[position] != 0x0A { position += 1 }
  }

  /// Whether nothing but white space and comments is left.
  mutating func isAtEnd() throws -> Bool {
    skipSpace()
    return position == bytes.count
  }

  /// The next number, in a range; `isBit` is a digit alone, after which the next may stand at once.
  mutating func number(
    _ what: String, atMost most: Int, atLeast least: Int = 0, isBit: Bool = false
  ) throws -> Int {
    skipSpace()
    let start = position
    var value = 0
    while position < bytes.count, (0x30...0x39).contains(bytes[position]),
      !isBit || position == start
    {
      value = min(10 * value + Int(bytes[position]) - 0x30, 1 << 40)
      position += 1
    }
    guard position > start else {
      throw error(
        start, "\(what), a number",
        start == bytes.count ? "the end of the file" : Excerpt.byte(bytes[start]))
    }
    guard (least...most).contains(value) else {
      throw error(
        start, "\(what), from \(least) to \(NumberText.grouped(most))",
        String(decoding: bytes[start..<position].prefix(20), as: UTF8.self))
    }
    return value
  }

  /// The next word, of at most 16 letters.
  mutating func word() throws -> String {
    skipSpace()
    let word = bytes[position...].prefix(16).prefix { !Self.isSpace($0) }
    guard !word.isEmpty else {
      throw error(position, "a word of the header", "the end of the file")
    }
    position += word.count
    return String(decoding: word, as: UTF8.self)
  }

  /// Takes the one white space between the header and bytes.
  mutating func endHeader() throws {
    // A comment may follow the last number.
    if position < bytes.count, bytes[position] == UInt8(ascii: "#") { skipLine() }
    guard position < bytes.count, Self.isSpace(bytes[position]) else {
      throw error(
        position, "white space after the header",
        position == bytes.count ? "the end of the file" : Excerpt.byte(bytes[position]))
    }
    position += 1
  }

  /// An error at a place.
  func error(_ offset: Int, _ expected: String, _ found: String) -> FormatError {
    .bytes(
      file: file, offset: offset, expected: expected, found: found, remedy: InflateError.damaged)
  }
}

extension Excerpt {
  /// A byte, as a letter where it is one.
  static func byte(_ byte: UInt8) -> String {
    (0x21...0x7E).contains(byte)
      ? "'\(Unicode.Scalar(byte))'"
      : "the byte 0x\(NumberText.hexadecimal(UInt64(byte), digits: 2))"
  }
}

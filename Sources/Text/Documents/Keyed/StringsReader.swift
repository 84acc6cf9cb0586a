/// Reads the texts of an Apple program: `"key" = "text";` with comments of C between them.
///
/// Keys may stand without quotation marks. Escapes are those of property lists: `\n`, `\"`, `\U00E9`.
struct StringsReader {
  private var lines: LineReader
  private var bytes: [UInt8] = []
  private var position = 0

  static func read(
    _ path: String, _ summary: inout CorpusSummary
  ) throws(CorpusError) -> KeyedTexts {
    var reader = StringsReader(lines: try LineReader(path: path))
    var texts = KeyedTexts(path: reader.lines.path)
    while try reader.skipSpace() {
      let key = try reader.string("a key")
      let line = reader.lines.line
      try reader.skip("=", after: "a key")
      _ = try reader.skipSpace()
      let text = try reader.string("a text in quotation marks")
      try reader.skip(";", after: "a text")
      texts.add(String(decoding: key, as: UTF8.self), text, line: line)
    }
    summary.finish(reader.lines)
    return texts
  }

  private init(lines: LineReader) { self.lines = lines }

  /// The next byte, for which a line may have to be read; lines end in "\n".
  private mutating func peek() throws(CorpusError) -> UInt8? {
    while position >= bytes.count {
      guard let line = try lines.next() else { return nil }
      bytes = Array(line) + [UInt8(ascii: "\n")]
      position = 0
    }
    return bytes[position]
  }

  /// Passes over white space and comments; `false` at the end of the file.
  private mutating func skipSpace() throws(CorpusError) -> Bool {
    while let byte = try peek() {
      if byte <= 0x20 {
        position += 1
      } else if bytes[position...].starts(with: Array("//".utf8)) {
        position = bytes.count
      } else if bytes[position...].starts(with: Array("/*".utf8)) {
        try skipComment()
      } else {
        return true
      }
    }
    return false
  }

  private mutating func skipComment() throws(CorpusError) {
    let opening = error("the comment that begins here has no */ after it.")
    position += 2
    while try peek() != nil {
      if bytes[position...].starts(with: Array("*/".utf8)) {
        position += 2
        return
      }
      position += 1
    }
    throw opening
  }

  private mutating func skip(_ sign: Unicode.Scalar, after part: String) throws(CorpusError) {
    guard try skipSpace(), bytes[position] == UInt8(ascii: sign) else {
      throw error("expected \"\(sign)\" after \(part).")
    }
    position += 1
  }

  /// A string in quotation marks, without its escapes, or a bare word.
  private mutating func string(_ expected: String) throws(CorpusError) -> [UInt8] {
    guard try peek() == UInt8(ascii: "\"") else {
      let word = bytes[min(position, bytes.count)...].prefix {
        (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0)
          || Array("_.-/$:".utf8).contains($0)
      }
      guard !word.isEmpty else { throw error("expected \(expected).") }
      position = word.endIndex
      return Array(word)
    }
    let opening = error("the string has no quotation mark at its end.")
    position += 1
    var text: [UInt8] = []
    while let byte = try peek() {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return text
      case UInt8(ascii: "\\"): text += try escaped()
      default: text.append(byte)
      }
    }
    throw opening
  }

  private mutating func escaped() throws(CorpusError) -> [UInt8] {
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "U"), UInt8(ascii: "u"):
      var units = [try unit()]
      // A pair of surrogates is one character.
      if UTF16.isLeadSurrogate(units[0]), bytes[position...].starts(with: [0x5C, byte]) {
        position += 2
        units.append(try unit())
      }
      return Array(String(decoding: units, as: UTF16.self).utf8)
    default: return [byte]
    }
  }

  /// The four digits of a character.
  private mutating func unit() throws(CorpusError) -> UInt16 {
    let digits = String(decoding: bytes[position...].prefix(4), as: UTF8.self)
    guard digits.utf8.count == 4, digits.allSatisfy({ $0.isASCII && $0.isHexDigit }),
      let value = UInt16(digits, radix: 16), value > 0
    else { throw error("expected four hexadecimal digits after \"\\U\", not all of them 0.") }
    position += 4
    return value
  }

  private func error(_ problem: String) -> CorpusError {
    let before = bytes.prefix(position)
    return .malformed(
      path: lines.path, line: max(lines.line, 1), column: before.count { $0 & 0xC0 != 0x80 } + 1,
      problem: problem)
  }
}

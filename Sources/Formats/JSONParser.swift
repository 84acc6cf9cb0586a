extension JSON {
  /// Reads one JSON text, strictly as RFC 8259 has it.
  ///
  /// Refused, each with its place: anything but UTF-8 (a byte order mark too), comments, trailing commas, leading
  /// zeros, raw control characters, lone surrogates, a name that comes twice in an object (compared without escapes,
  /// scalar by scalar), nesting deeper than `maximumDepth`, and anything behind the value.
  public static func parse(
    _ bytes: [UInt8], file: String, maximumDepth: Int = 64
  ) throws(FormatError) -> JSON {
    var parser = JSONParser(bytes, file: file, maximumDepth: maximumDepth)
    return try parser.document()
  }
}

/// A parser over bytes; positions are worked out only when something is wrong or kept.
struct JSONParser {
  private let bytes: [UInt8]
  private let file: String
  private let maximumDepth: Int
  private var at = 0
  /// The line of `at`, and where it begins.
  private var line = 1
  private var lineStart = 0
  /// Bytes of this line before `at` that continue a scalar, so that columns count scalars.
  private var continuations = 0

  init(_ bytes: [UInt8], file: String, maximumDepth: Int) {
    self.bytes = bytes
    self.file = file
    self.maximumDepth = maximumDepth
  }

  mutating func document() throws(FormatError) -> JSON {
    if let offset = UTF8Check.firstInvalid(bytes) {
      throw FormatError.text(
        file: file, position: position(of: offset), expected: "UTF-8",
        found: "the byte 0x\(NumberText.hexadecimal(UInt64(bytes[offset]), digits: 2))")
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      throw fail("a JSON value", found: "a byte order mark")
    }
    space()
    let value = try value(depth: 0)
    space()
    guard at == bytes.count else { throw fail("the end of the text") }
    return value
  }

  // MARK: Values

  private mutating func value(depth: Int) throws(FormatError) -> JSON {
    guard at < bytes.count else { throw fail("a value") }
    let start = position
    switch bytes[at] {
    case UInt8(ascii: "{"): return JSON(try object(depth: depth), at: start)
    case UInt8(ascii: "["): return JSON(try array(depth: depth), at: start)
    case UInt8(ascii: "\""): return JSON(.string(try string()), at: start)
    case UInt8(ascii: "t"): return JSON(try word("true", .bool(true)), at: start)
    case UInt8(ascii: "f"): return JSON(try word("false", .bool(false)), at: start)
    case UInt8(ascii: "n"): return JSON(try word("null", .null), at: start)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return JSON(.number(try number()), at: start)
    default: throw fail("a value")
    }
  }

  private mutating func word(_ word: String, _ kind: JSON.Kind) throws(FormatError) -> JSON.Kind {
    let end = at + word.utf8.count
    guard end <= bytes.count, bytes[at..<end].elementsEqual(word.utf8) else {
      throw fail("a value")
    }
    at = end
    return kind
  }

  private mutating func object(depth: Int) throws(FormatError) -> JSON.Kind {
    guard depth < maximumDepth else {
      throw fail("at most \(maximumDepth) levels", found: "one more")
    }
    at += 1
    var members: [JSON.Member] = []
    var names: Set<[UInt8]> = []
    space()
    if take("}") { return .object([]) }
    while true {
      space()
      guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
        throw fail(members.isEmpty ? "a name in quotes or '}'" : "a name in quotes")
      }
      let start = position
      let name = try string()
      guard names.insert(Array(name.utf8)).inserted else {
        throw .text(
          file: file, position: start, expected: "names that differ",
          found: "\"\(name)\" a second time")
      }
      space()
      guard take(":") else { throw fail("':' after a name") }
      space()
      members.append(
        JSON.Member(name: name, namePosition: start, value: try value(depth: depth + 1)))
      space()
      if take("}") { return .object(members) }
      guard take(",") else { throw fail("',' or '}' after a member") }
    }
  }

  private mutating func array(depth: Int) throws(FormatError) -> JSON.Kind {
    guard depth < maximumDepth else {
      throw fail("at most \(maximumDepth) levels", found: "one more")
    }
    at += 1
    var elements: [JSON] = []
    space()
    if take("]") { return .array([]) }
    while true {
      space()
      elements.append(try value(depth: depth + 1))
      space()
      if take("]") { return .array(elements) }
      guard take(",") else { throw fail("',' or ']' after an element") }
    }
  }

  private mutating func number() throws(FormatError) -> String {
    let start = at
    _ = take("-")
    if take("0") {
      if isDigit { throw fail("a number without leading zeros") }
    } else {
      try digits()
    }
    if take(".") { try digits() }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      try digits()
    }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  private var isDigit: Bool {
    at < bytes.count && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[at])
  }

  private mutating func digits() throws(FormatError) {
    guard isDigit else { throw fail("a digit") }
    while isDigit { at += 1 }
  }

  // MARK: Strings

  private mutating func string() throws(FormatError) -> String {
    at += 1
    let start = at
    var continued = 0
    // Most strings have no escapes and are taken as they are.
    while at < bytes.count, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\"),
      bytes[at] >= 0x20
    {
      if bytes[at] & 0xC0 == 0x80 { continued += 1 }
      at += 1
    }
    continuations += continued
    guard at < bytes.count else { throw fail("'\"' at the end of a string") }
    if bytes[at] == UInt8(ascii: "\"") {
      at += 1
      return String(decoding: bytes[start..<(at - 1)], as: UTF8.self)
    }
    var text = Array(bytes[start..<at])
    while true {
      guard at < bytes.count else { throw fail("'\"' at the end of a string") }
      let byte = bytes[at]
      if byte == UInt8(ascii: "\"") {
        at += 1
        return String(decoding: text, as: UTF8.self)
      }
      guard byte >= 0x20 else {
        throw fail("a character, or a control character as an escape")
      }
      if byte == UInt8(ascii: "\\") {
        text += try escape()
      } else {
        if byte & 0xC0 == 0x80 { continuations += 1 }
        text.append(byte)
        at += 1
      }
    }
  }

  private mutating func escape() throws(FormatError) -> [UInt8] {
    let start = position
    at += 1
    guard at < bytes.count else { throw fail("an escape") }
    let plain: [UInt8: UInt8] = [
      UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
      UInt8(ascii: "/"): UInt8(ascii: "/"), UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C,
      UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
    ]
    if let byte = plain[bytes[at]] {
      at += 1
      return [byte]
    }
    guard take("u") else { throw fail("one of \" \\ / b f n r t u after '\\'") }
    var code = try hexadecimal()
    if (0xD800..<0xDC00).contains(code) {
      guard take("\\"), take("u") else { throw lone(start) }
      let low = try hexadecimal()
      guard (0xDC00..<0xE000).contains(low) else { throw lone(start) }
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw lone(start) }
    return Array(String(Character(scalar)).utf8)
  }

  private func lone(_ position: JSONPosition) -> FormatError {
    .text(
      file: file, position: position, expected: "two halves of a surrogate pair",
      found: "one half alone")
  }

  private mutating func hexadecimal() throws(FormatError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard at < bytes.count, let digit = Character(Unicode.Scalar(bytes[at])).hexDigitValue,
        bytes[at] < 0x80
      else { throw fail("four hexadecimal digits") }
      code = code << 4 | UInt32(digit)
      at += 1
    }
    return code
  }

  // MARK: Places

  private mutating func space() {
    while at < bytes.count {
      switch bytes[at] {
      case 0x0A:
        line += 1
        lineStart = at + 1
        continuations = 0
      case 0x20, 0x09, 0x0D: break
      default: return
      }
      at += 1
    }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  private var position: JSONPosition {
    JSONPosition(line: line, column: at - lineStart - continuations + 1, offset: at)
  }

  /// The place of a byte, counted from the start.
  private func position(of offset: Int) -> JSONPosition {
    let before = bytes[..<offset]
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let column = before[start...].count { $0 & 0xC0 != 0x80 } + 1
    return JSONPosition(line: before.count { $0 == 0x0A } + 1, column: column, offset: offset)
  }

  private func fail(_ expected: String, found: String? = nil) -> FormatError {
    .text(file: file, position: position, expected: expected, found: found ?? here)
  }

  /// What stands here, for a message.
  private var here: String {
    guard at < bytes.count else { return "the end of the text" }
    if bytes[at] < 0x20 || bytes[at] == 0x7F {
      return "the control character 0x\(NumberText.hexadecimal(UInt64(bytes[at]), digits: 2))"
    }
    let rest = String(decoding: bytes[at..<min(at + 16, bytes.count)], as: UTF8.self)
    return rest.first.map { "'\($0)'" } ?? "nothing"
  }
}

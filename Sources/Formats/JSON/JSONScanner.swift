/// A cursor over the bytes of a JSON text: its tokens, and where they stand.
///
/// Goals, in this order: refuse everything RFC 8259 refuses, say where and why, be fast. The bytes are checked to
/// be UTF-8 once, at the start; positions are worked out from the start of the line only where one is kept.
struct JSONScanner {
  /// The text.
  let bytes: [UInt8]
  /// Its file, for messages.
  let file: String
  /// The next byte.
  var at = 0
  /// The line of `at`, and where it begins.
  private var line = 1
  private var lineStart = 0
  /// Bytes of this line before `at` that continue a scalar, so that columns count scalars.
  var continuations = 0

  /// A cursor at the start, past which no byte order mark and nothing but UTF-8 comes.
  init(_ bytes: [UInt8], file: String) throws(FormatError) {
    self.bytes = bytes
    self.file = file
    if let wide = WideText(bytes) { throw fail("UTF-8", found: wide.rawValue) }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      throw fail("a JSON text", found: "a byte order mark (U+FEFF)")
    }
    if let offset = UTF8Check.firstInvalid(bytes) {
      throw FormatError.text(
        file: file, position: position(of: offset), expected: "UTF-8",
        found: "the byte 0x\(NumberText.hexadecimal(UInt64(bytes[offset]), digits: 2))")
    }
  }

  // MARK: Tokens

  /// The byte here; `nil` at the end.
  var byte: UInt8? { at < bytes.count ? bytes[at] : nil }

  /// Passes white space.
  mutating func space() {
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

  /// Passes this character if it is here.
  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  /// Passes `true`, `false` or `null`.
  mutating func word(_ word: StaticString) throws(FormatError) {
    let name = "\(word)"
    let end = at + name.utf8.count
    guard end <= bytes.count, bytes[at..<end].elementsEqual(name.utf8) else {
      throw fail("a value")
    }
    at = end
  }

  /// Passes a number and gives its text.
  mutating func number() throws(FormatError) -> String {
    let start = at
    let place = position
    _ = take("-")
    if take("0") {
      if isDigit {
        while isDigit { at += 1 }
        throw FormatError.text(
          file: file, position: place, expected: "a number without leading zeros",
          found: Excerpt.quoted(text(from: start)))
      }
    } else {
      try digits()
    }
    if take(".") { try digits() }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      try digits()
    }
    return text(from: start)
  }

  private var isDigit: Bool {
    at < bytes.count && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[at])
  }

  private mutating func digits() throws(FormatError) {
    guard isDigit else { throw fail("a digit") }
    while isDigit { at += 1 }
  }

  private func text(from start: Int) -> String {
    String(decoding: bytes[start..<at], as: UTF8.self)
  }

  // MARK: Structures

  /// Passes an object, which begins here; `body` gets each name and passes the value.
  ///
  /// Whether a name comes twice is for `body` to see.
  mutating func eachMember(
    _ body: (inout JSONScanner, String, JSONPosition) throws(FormatError) -> Void
  ) throws(FormatError) {
    _ = take("{")
    space()
    if take("}") { return }
    var isFirst = true
    while true {
      let start = position
      guard byte == UInt8(ascii: "\"") else {
        throw fail(isFirst ? "a name in quotes or '}'" : "a name in quotes")
      }
      isFirst = false
      let name = try string()
      space()
      guard take(":") else { throw fail("':' after a name") }
      space()
      try body(&self, name, start)
      space()
      if take("}") { return }
      guard take(",") else { throw fail("',' or '}' after a member") }
      space()
    }
  }

  /// Passes an array, which begins here; `body` passes each element.
  mutating func eachElement(
    _ body: (inout JSONScanner) throws(FormatError) -> Void
  ) throws(FormatError) {
    _ = take("[")
    space()
    if take("]") { return }
    while true {
      try body(&self)
      space()
      if take("]") { return }
      guard take(",") else { throw fail("',' or ']' after an element") }
      space()
    }
  }

  /// Passes white space up to the end, which has to be there.
  mutating func end() throws(FormatError) {
    space()
    guard byte == nil else { throw fail("the end of the text") }
  }

  // MARK: Places

  /// Where the cursor is.
  var position: JSONPosition {
    JSONPosition(line: line, column: at - lineStart - continuations + 1, offset: at)
  }

  /// The place of a byte, counted from the start.
  private func position(of offset: Int) -> JSONPosition {
    let before = bytes[..<offset]
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let column = before[start...].count { $0 & 0xC0 != 0x80 } + 1
    return JSONPosition(line: before.count { $0 == 0x0A } + 1, column: column, offset: offset)
  }

  /// The error that something else stands here.
  func fail(_ expected: String, found: String? = nil) -> FormatError {
    .text(file: file, position: position, expected: expected, found: found ?? here)
  }

  /// The error that a name comes twice in an object.
  func repeated(_ name: String, at position: JSONPosition) -> FormatError {
    .text(
      file: file, position: position, expected: "names that differ",
      found: "\(Excerpt.quoted(name, mark: "\"")) a second time")
  }

  /// The value here in few words, for messages.
  var brief: String {
    switch byte {
    case UInt8(ascii: "{"): return "an object"
    case UInt8(ascii: "["): return "an array"
    default:
      var rest = self
      return (try? rest.value(levels: 0))?.brief ?? here
    }
  }

  /// What stands here, in words.
  var here: String {
    guard let byte else { return "the end of the text" }
    let rest = bytes[at...].prefix(32)
    if rest.starts(with: "//".utf8) || rest.starts(with: "/*".utf8) {
      return "a comment, which JSON does not have"
    }
    let letters = rest.prefix {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) || $0 == UInt8(ascii: "_")
    }
    if !letters.isEmpty { return Excerpt.quoted(String(decoding: letters, as: UTF8.self)) }
    if byte < 0x80 { return Excerpt.found(Unicode.Scalar(byte)) }
    return String(decoding: rest, as: UTF8.self).unicodeScalars.first.map(Excerpt.found) ?? ""
  }
}

/// The tags and texts of an XML file, one after the other.
///
/// What translation memories need of XML 1.0 (https://www.w3.org/TR/xml/), strictly: elements that close in order,
/// attributes in quotes, the five named entities and numeric ones, CDATA, comments, instructions. A document type is
/// passed over, and entities that it declares are refused, so nothing can expand. The text has to be in UTF-8.
struct XMLReader {
  /// What comes next in the file.
  enum Event {
    /// A tag that opens an element; an empty element is closed by the event after it.
    case start(name: String, attributes: [String: String])
    /// The end of an element.
    case end(name: String)
    /// Text between tags, without its escapes.
    case text([UInt8])
  }

  private var lines: LineReader
  /// The line that is read, with the "\n" that ended it.
  private var bytes: [UInt8] = []
  private var position = 0
  /// The elements that are open, from the outermost on.
  private var open: [String] = []
  private var emptyElement: String?
  private var hasRoot = false
  /// The encoding that the file states, if it is another one than UTF-8, and the line that does.
  private var declared: (charset: DeclaredCharset, line: Int)?
  private var hasBeyondASCII = false
  /// How many texts had a character so far that XML does not allow; U+FFFD stands for such a reference.
  private(set) var invalidCharacters = 0

  init(path: String) throws(CorpusError) {
    lines = try LineReader(path: path, allowingCarriageReturns: true)
  }

  /// The line that the last event ended on.
  var line: Int { lines.line }
  var path: String { lines.path }

  /// Hands over what the reader found out about its file.
  func finish(_ summary: inout CorpusSummary) {
    summary.finish(lines)
    declared?.charset.note(
      path, line: declared?.line ?? 1, hasBeyondASCII: hasBeyondASCII, &summary)
  }

  /// The next tag or text; `nil` at the end of the file.
  mutating func next() throws(CorpusError) -> Event? {
    if let name = emptyElement {
      emptyElement = nil
      open.removeLast()
      return .end(name: name)
    }
    var text: [UInt8] = []
    while let byte = try peek() {
      if byte == UInt8(ascii: "<") {
        if try isText("<![CDATA[") {
          try skip(past: "]]>", opening: "<![CDATA[", keeping: &text)
        } else if !text.isEmpty {
          if text.contains(where: { $0 < 0x20 && $0 != 9 && $0 != 10 && $0 != 13 }) {
            invalidCharacters += 1
          }
          return .text(text)
        } else if let event = try markup() {
          return event
        }
      } else {
        try readText(byte, &text)
      }
    }
    if let name = open.last { throw error("the file ends before </\(name)>.") }
    guard hasRoot else { throw error("expected an XML element, found the end of the file.") }
    return nil
  }

  /// An error at the place where the reader stands.
  func error(_ problem: String) -> CorpusError { error(problem, at: place) }

  /// A place in the file, whose column is counted only where an error is told.
  private struct Place {
    let line: Int
    let bytes: [UInt8]
    let position: Int
  }

  private var place: Place { Place(line: line, bytes: bytes, position: position) }

  private func error(_ problem: String, at place: Place) -> CorpusError {
    let column = place.bytes.prefix(place.position).count { $0 & 0xC0 != 0x80 } + 1
    return .malformed(path: path, line: max(place.line, 1), column: column, problem: problem)
  }

  // MARK: Markup

  /// Reads what begins with "<"; `nil` for what says nothing.
  private mutating func markup() throws(CorpusError) -> Event? {
    var ignored: [UInt8] = []
    if try isText("<!--") {
      try skip(past: "-->", opening: "<!--", keeping: &ignored)
    } else if try isText("<?") {
      try skip(past: "?>", opening: "<?", keeping: &ignored)
      try checkEncoding("<?" + String(decoding: ignored, as: UTF8.self))
    } else if try isText("<!DOCTYPE") {
      try skipDocumentType()
    } else if try isText("</") {
      return try endTag()
    } else {
      return try startTag()
    }
    return nil
  }

  private mutating func startTag() throws(CorpusError) -> Event {
    guard !open.isEmpty || !hasRoot else {
      throw error("expected the end of the file after the outermost element, found another tag.")
    }
    position += 1
    let name = try name("the name of a tag")
    var attributes: [String: String] = [:]
    while true {
      let hadSpace = try skipSpace()
      switch try peek() {
      case UInt8(ascii: ">")?: position += 1
      case UInt8(ascii: "/")? where bytes[position + 1] == UInt8(ascii: ">"):
        position += 2
        emptyElement = name
      default:
        guard hadSpace else { throw error("expected a space or \">\" in the tag <\(name)>.") }
        let (key, value) = try attribute(of: name)
        guard attributes.updateValue(value, forKey: key) == nil else {
          throw error("the tag <\(name)> has the attribute \"\(key)\" twice.")
        }
        continue
      }
      open.append(name)
      hasRoot = true
      return .start(name: name, attributes: attributes)
    }
  }

  private mutating func attribute(of tag: String) throws(CorpusError) -> (String, String) {
    let key = try name("an attribute of <\(tag)>, or its end")
    try skipSpace()
    guard try peek() == UInt8(ascii: "=") else {
      throw error("expected \"=\" after the attribute \"\(key)\".")
    }
    position += 1
    try skipSpace()
    guard let quote = try peek(), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      throw error("expected the value of \"\(key)\" in quotation marks.")
    }
    position += 1
    var value: [UInt8] = []
    while let byte = try peek() {
      if byte == quote {
        position += 1
        return (key, String(decoding: value, as: UTF8.self))
      }
      guard byte != UInt8(ascii: "<") else { break }
      if byte == UInt8(ascii: "&") {
        try readReference(&value)
      } else {
        value.append(byte)
        position += 1
      }
    }
    throw error("the value of \"\(key)\" has no quotation mark at its end.")
  }

  private mutating func endTag() throws(CorpusError) -> Event {
    guard let expected = open.last else { throw error("there is no element to be closed here.") }
    let start = position
    position += 2
    let name = try name("the name of a tag")
    guard name == expected else {
      position = start
      throw error("expected </\(expected)>, found </\(name)>.")
    }
    try skipSpace()
    guard try peek() == UInt8(ascii: ">") else { throw error("expected \">\" after </\(name).") }
    position += 1
    open.removeLast()
    return .end(name: name)
  }

  private mutating func name(_ expected: String) throws(CorpusError) -> String {
    _ = try peek()
    let name = bytes[position...].prefix { byte in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: ":"),
        UInt8(ascii: "-"), UInt8(ascii: "."), 0x80...:
        true
      default: false
      }
    }
    guard let first = name.first, !(0x2D...0x39).contains(first) else {
      throw error("expected \(expected); a \"<\" that is text is written \"&lt;\".")
    }
    position = name.endIndex
    return String(decoding: name, as: UTF8.self)
  }

  /// Passes over a document type, with what it declares in brackets.
  private mutating func skipDocumentType() throws(CorpusError) {
    guard !hasRoot else { throw error("<!DOCTYPE has to stand before the first element.") }
    let start = place
    var (depth, quote) = (0, nil as UInt8?)
    while let byte = try peek() {
      position += 1
      if quote != nil {
        if byte == quote { quote = nil }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
      case UInt8(ascii: "["), UInt8(ascii: "<"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: ">"): depth -= 1
      default: break
      }
      if depth == 0, byte == UInt8(ascii: ">") { return }
    }
    throw error("<!DOCTYPE has no end.", at: start)
  }

  /// Keeps the encoding that an XML declaration states; whether it is true is seen by the bytes.
  private mutating func checkEncoding(_ instruction: String) throws(CorpusError) {
    guard let charset = Self.charset(in: instruction) else { return }
    if charset.isEscaped { throw charset.error(path) }
    declared = (charset, line)
  }

  /// The encoding that the beginning of a file states, if it is another one than UTF-8.
  private static func charset(in start: String) -> DeclaredCharset? {
    guard start.hasPrefix("<?xml ") || start.hasPrefix("<?xml\t") else { return nil }
    let declaration = start.prefix { $0 != ">" }
    guard let value = declaration.split(separator: "encoding", maxSplits: 1).dropFirst().first,
      let quote = value.first(where: { $0 == "\"" || $0 == "'" })
    else { return nil }
    let parts = value.split(separator: quote, maxSplits: 2, omittingEmptySubsequences: false)
    return parts.count == 3 ? DeclaredCharset(String(parts[1])) : nil
  }

  // MARK: Text

  /// Reads text up to the next tag or entity, or an entity.
  private mutating func readText(_ byte: UInt8, _ text: inout [UInt8]) throws(CorpusError) {
    if byte == UInt8(ascii: "&") { return try readReference(&text) }
    let part = bytes[position...].prefix { $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: "&") }
    if open.isEmpty {
      if let first = part.firstIndex(where: { $0 > 0x20 }) {
        position = first
        throw error("expected a tag, found text outside of the outermost element.")
      }
    } else {
      text += part
    }
    position = part.endIndex
  }

  /// Reads `&name;` or `&#number;`.
  private mutating func readReference(_ text: inout [UInt8]) throws(CorpusError) {
    let name = bytes[(position + 1)...].prefix { $0 != UInt8(ascii: ";") && $0 > 0x20 }
    guard name.endIndex < bytes.count, bytes[name.endIndex] == UInt8(ascii: ";"), !open.isEmpty
    else {
      throw error("expected an entity such as \"&amp;\"; a \"&\" that is text is written so.")
    }
    let word = String(decoding: name, as: UTF8.self)
    switch word {
    case "amp": text.append(UInt8(ascii: "&"))
    case "lt": text.append(UInt8(ascii: "<"))
    case "gt": text.append(UInt8(ascii: ">"))
    case "quot": text.append(UInt8(ascii: "\""))
    case "apos": text.append(UInt8(ascii: "'"))
    default:
      let isHexadecimal = word.hasPrefix("#x")
      let digits = word.dropFirst(isHexadecimal ? 2 : 1)
      guard word.hasPrefix("#"), !digits.isEmpty,
        digits.allSatisfy({ $0.isASCII && (isHexadecimal ? $0.isHexDigit : $0.isNumber) })
      else {
        throw error("\"&\(word);\" is neither a character nor one of amp, lt, gt, quot and apos.")
      }
      let number = UInt32(digits, radix: isHexadecimal ? 16 : 10) ?? .max
      if let scalar = Unicode.Scalar(number), number >= 0x20 || [9, 10, 13].contains(number),
        number & 0xFFFE != 0xFFFE
      {
        text += Array(String(scalar).utf8)
      } else {
        // The number is well written, so only what it stands in is lost.
        text += Array("\u{FFFD}".utf8)
        invalidCharacters += 1
      }
    }
    position = name.endIndex + 1
  }

  // MARK: Bytes

  /// The next byte, for which a line may have to be read; lines end in "\n".
  private mutating func peek() throws(CorpusError) -> UInt8? {
    while position >= bytes.count {
      guard let line = try nextLine() else { return nil }
      bytes = Array(line) + [UInt8(ascii: "\n")]
      if !hasBeyondASCII { hasBeyondASCII = bytes.contains { $0 >= 0x80 } }
      position = 0
    }
    return bytes[position]
  }

  /// The next line; one that is not UTF-8 is told by the encoding that the file states.
  private mutating func nextLine() throws(CorpusError) -> ArraySlice<UInt8>? {
    do { return try lines.next() } catch {
      // The declaration may stand on the line that is not text.
      guard case .invalidUTF8 = error,
        let charset = declared?.charset
          ?? Self.charset(in: String(decoding: lines.head, as: UTF8.self))
      else { throw error }
      throw charset.error(path, instead: error)
    }
  }

  @discardableResult
  private mutating func skipSpace() throws(CorpusError) -> Bool {
    var found = false
    while let byte = try peek(), byte <= 0x20 {
      position += 1
      found = true
    }
    return found
  }

  private func isText(_ text: StaticString) throws(CorpusError) -> Bool {
    bytes[position...].starts(with: text.description.utf8)
  }

  /// Goes after `end`, which may stand on a later line, and keeps what stands before it.
  private mutating func skip(
    past end: StaticString, opening: StaticString, keeping text: inout [UInt8]
  ) throws(CorpusError) {
    let start = place
    guard !open.isEmpty || opening.description != "<![CDATA[" else {
      throw error("expected a tag, found text outside of the outermost element.")
    }
    position += opening.utf8CodeUnitCount
    let mark = Array(end.description.utf8)
    while try peek() != nil {
      while position < bytes.count {
        if bytes[position] == mark[0], bytes[position...].starts(with: mark) {
          position += mark.count
          return
        }
        text.append(bytes[position])
        position += 1
      }
    }
    throw error("\(opening) has no \(end) after it.", at: start)
  }
}

extension JSON {
  /// Reads one JSON text, strictly as RFC 8259 has it.
  ///
  /// Refused, each with its place: anything but UTF-8 (a byte order mark too), comments, trailing commas, leading
  /// zeros, raw control characters, lone surrogates, a name that comes twice in an object (compared without escapes,
  /// scalar by scalar), nesting deeper than `maximumDepth`, and anything after the value.
  ///
  /// - Complexity: linear in the bytes.
  package static func parse(
    _ bytes: [UInt8], file: String, maximumDepth: Int = 64
  ) throws(FormatError) -> JSON {
    var scanner = try JSONScanner(bytes, file: file)
    scanner.space()
    let value = try scanner.value(levels: maximumDepth)
    try scanner.end()
    return value
  }
}

extension JSONScanner {
  /// Passes a value with at most so many levels of brackets.
  mutating func value(levels: Int) throws(FormatError) -> JSON {
    let start = position
    guard let byte else { throw fail("a value") }
    switch byte {
    case UInt8(ascii: "{"):
      return JSON(.object(try object(levels: levels)), at: start)
    case UInt8(ascii: "["):
      return JSON(.array(try array(levels: levels)), at: start)
    case UInt8(ascii: "\""):
      return JSON(.string(try string()), at: start)
    case UInt8(ascii: "t"):
      try word("true")
      return JSON(.bool(true), at: start)
    case UInt8(ascii: "f"):
      try word("false")
      return JSON(.bool(false), at: start)
    case UInt8(ascii: "n"):
      try word("null")
      return JSON(.null, at: start)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return JSON(.number(try number()), at: start)
    default:
      throw fail("a value")
    }
  }

  private mutating func object(levels: Int) throws(FormatError) -> [JSON.Member] {
    try allow(levels)
    var members: [JSON.Member] = []
    var names = Names()
    try eachMember { scanner, name, start throws(FormatError) in
      guard names.insert(name, members) else { throw scanner.repeated(name, at: start) }
      let value = try scanner.value(levels: levels - 1)
      members.append(JSON.Member(name: name, namePosition: start, value: value))
    }
    return members
  }

  private mutating func array(levels: Int) throws(FormatError) -> [JSON] {
    try allow(levels)
    var elements: [JSON] = []
    try eachElement { scanner throws(FormatError) in
      elements.append(try scanner.value(levels: levels - 1))
    }
    return elements
  }

  private func allow(_ levels: Int) throws(FormatError) {
    guard levels > 0 else { throw fail("fewer brackets within brackets", found: "one more level") }
  }

  /// The names of an object so far: searched one by one while they are few, which most are, and as a set beyond.
  private struct Names {
    private static let few = 8
    private var set: Set<ExactText> = []

    /// Adds the name of the member that comes after these; false if one of them has it.
    mutating func insert(_ name: String, _ members: [JSON.Member]) -> Bool {
      guard members.count >= Self.few else {
        return !members.contains { $0.isNamed(name) }
      }
      if set.isEmpty { set = Set(members.map { ExactText($0.name) }) }
      return set.insert(ExactText(name)).inserted
    }
  }
}

import DragomanFormats

/// A value of the dictionary in the header of an `.npy` file.
enum PythonLiteral: Equatable {
  case text(String)
  case boolean(Bool)
  case tuple([Int])
  /// A list, as types of records are written; what it holds is not looked at.
  case list
}

/// Reads that dictionary: what NumPy writes there, and no more of Python.
struct PythonLiteralReader {
  private let bytes: [UInt8]
  private var position: Int
  private let file: String

  init(_ bytes: [UInt8], from position: Int, file: String) {
    (self.bytes, self.position, self.file) = (bytes, position, file)
  }

  /// The values by their keys, each with its place.
  mutating func dictionary() throws -> [String: (at: Int, value: PythonLiteral)] {
    var result: [String: (at: Int, value: PythonLiteral)] = [:]
    try take("{")
    while try peek() != UInt8(ascii: "}") {
      let key = try text()
      try take(":")
      _ = try peek()
      let at = position
      let value = try value()
      result[key] = (at, value)
      if case .list = value { return result }
      guard try peek() == UInt8(ascii: ",") else { break }
      try take(",")
    }
    try take("}")
    return result
  }

  private mutating func value() throws -> PythonLiteral {
    switch try peek() {
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return .text(try text())
    case UInt8(ascii: "("): return .tuple(try tuple())
    case UInt8(ascii: "["): return .list
    default:
      for (word, value) in [("True", true), ("False", false)]
      where bytes[position...].starts(with: word.utf8) {
        position += word.utf8.count
        return .boolean(value)
      }
      throw error("a text, True, False or numbers in parentheses")
    }
  }

  private mutating func text() throws -> String {
    let quote = try peek()
    guard quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
      throw error("a text in quotation marks")
    }
    let text = bytes[(position + 1)...].prefix { $0 != quote }
    guard text.endIndex < bytes.count else {
      position = bytes.count
      throw error("the end of a text")
    }
    position = text.endIndex + 1
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func tuple() throws -> [Int] {
    try take("(")
    var numbers: [Int] = []
    while try peek() != UInt8(ascii: ")") {
      let digits = bytes[position...].prefix { (0x30...0x39).contains($0) }
      guard let number = Int(String(decoding: digits, as: UTF8.self)) else {
        throw error("a length of the shape")
      }
      numbers.append(number)
      position = digits.endIndex
      // As Python 2 writes long integers.
      if position < bytes.count, bytes[position] == UInt8(ascii: "L") { position += 1 }
      guard try peek() == UInt8(ascii: ",") else { break }
      try take(",")
    }
    try take(")")
    return numbers
  }

  /// The next byte that is not white space.
  private mutating func peek() throws -> UInt8 {
    while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x0A {
      position += 1
    }
    guard position < bytes.count else { throw error("more of the header") }
    return bytes[position]
  }

  private mutating func take(_ mark: Unicode.Scalar) throws {
    guard try peek() == UInt8(ascii: mark) else { throw error("'\(mark)' in the header") }
    position += 1
  }

  private func error(_ expected: String) -> FormatError {
    .bytes(
      file: file, offset: position, expected: expected,
      found: position < bytes.count ? Excerpt.byte(bytes[position]) : "its end",
      remedy: InflateError.damaged)
  }
}

/// Which signs a line has that are worth a closer look, found in one quick pass over its bytes.
struct LineMarks: OptionSet {
  let rawValue: UInt8

  /// The beginning of a placeholder: `%` or `{`.
  static let placeholder = LineMarks(rawValue: 1)
  /// The beginning of a tag.
  static let tag = LineMarks(rawValue: 2)
  /// The beginning of an entity.
  static let entity = LineMarks(rawValue: 4)
  /// A decimal digit of ASCII.
  static let digit = LineMarks(rawValue: 8)
  /// A colon, as addresses have it.
  static let colon = LineMarks(rawValue: 16)
  /// Anything beyond ASCII.
  static let beyondASCII = LineMarks(rawValue: 32)
  /// Anything beyond U+033F, where letters of other scripts than the Latin one begin.
  static let beyondLatin = LineMarks(rawValue: 64)

  /// What may be the same on both sides of a pair.
  static let contents: LineMarks = [.placeholder, .tag, .entity, .digit, .colon]

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The marks of a line.
  init(_ line: Span<UInt8>) {
    let table = Self.table
    var found: UInt8 = 0
    for index in line.indices { found |= table[Int(line[index])] }
    rawValue = found
  }

  private static let table: [UInt8] = (0..<256).map { byte in
    switch byte {
    case 0x25, 0x7B: placeholder.rawValue
    case 0x3C: tag.rawValue
    case 0x26: entity.rawValue
    case 0x30...0x39: digit.rawValue
    case 0x3A: colon.rawValue
    case 0x80..<0xCD: beyondASCII.rawValue
    case 0xCD...: beyondASCII.rawValue | beyondLatin.rawValue
    default: 0
    }
  }
}

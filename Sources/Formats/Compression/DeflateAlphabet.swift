/// What the symbols of DEFLATE stand for; RFC 1951, section 3.2.5.
enum DeflateAlphabet {
  /// The kinds of an entry, in its bits 8–9.
  enum Kind {
    /// A byte, as it is.
    static let literal: PrefixCode.Entry = 0 << 8
    /// The length of a copy, or its distance.
    static let copy: PrefixCode.Entry = 1 << 8
    /// The end of a block.
    static let end: PrefixCode.Entry = 2 << 8
    /// A symbol that does not occur.
    static let unused: PrefixCode.Entry = 3 << 8
    /// The bits that hold the kind.
    static let mask: PrefixCode.Entry = 3 << 8
  }

  private static func entry(_ kind: PrefixCode.Entry, _ value: Int, extra: Int = 0)
    -> PrefixCode.Entry
  {
    kind | PrefixCode.Entry(extra) << 4 | PrefixCode.Entry(value) << 16
  }

  /// Literals 0–255, the end of a block 256, lengths 257–285: 3–10 alone, then four at a time with a further bit each,
  /// and 258 by itself.
  static let literals: [PrefixCode.Entry] = {
    var entries = (0..<256).map { entry(Kind.literal, $0) } + [entry(Kind.end, 0)]
    var length = 3
    for symbol in 0..<28 {
      let extra = symbol < 8 ? 0 : symbol / 4 - 1
      entries.append(entry(Kind.copy, length, extra: extra))
      length += 1 << extra
    }
    entries.append(entry(Kind.copy, 258))
    return entries + [PrefixCode.Entry](repeating: Kind.unused, count: 2)
  }()

  /// Distances 0–29: 1–4 alone, then two at a time with a further bit each.
  static let distances: [PrefixCode.Entry] = {
    var entries: [PrefixCode.Entry] = []
    var distance = 1
    for symbol in 0..<30 {
      let extra = symbol < 4 ? 0 : symbol / 2 - 1
      entries.append(entry(Kind.copy, distance, extra: extra))
      distance += 1 << extra
    }
    return entries + [PrefixCode.Entry](repeating: Kind.unused, count: 2)
  }()

  /// The symbols of code lengths, 0–18.
  static let lengths = (0..<19).map { entry(Kind.literal, $0) }
  /// The order in which the lengths of their own codes stand; section 3.2.7.
  static let lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

  /// The code lengths of fixed blocks; section 3.2.6.
  static let fixedLiterals =
    [UInt8](repeating: 8, count: 144) + [UInt8](repeating: 9, count: 112)
    + [UInt8](repeating: 7, count: 24) + [UInt8](repeating: 8, count: 8)
  /// The same of distances.
  static let fixedDistances = [UInt8](repeating: 5, count: 32)
}

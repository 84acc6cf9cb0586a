/// Whether bytes are UTF-8.
public enum UTF8Check {
  /// The offset of the first byte that does not belong to well-formed UTF-8 (Unicode Standard, table 3-7); `nil` if
  /// all do.
  public static func firstInvalid(_ bytes: some RandomAccessCollection<UInt8>) -> Int? {
    bytes.withContiguousStorageIfAvailable { unsafe firstInvalid(in: $0.span) }
      ?? firstInvalid(in: Array(bytes).span)
  }

  private static func firstInvalid(in bytes: Span<UInt8>) -> Int? {
    var at = 0
    while at < bytes.count {
      let lead = bytes[at]
      if lead < 0x80 {
        at += 1
        continue
      }
      let length: Int
      var second: ClosedRange<UInt8> = 0x80...0xBF
      switch lead {
      case 0xC2...0xDF: length = 2
      case 0xE0: (length, second) = (3, 0xA0...0xBF)
      case 0xED: (length, second) = (3, 0x80...0x9F)
      case 0xE1...0xEF: length = 3
      case 0xF0: (length, second) = (4, 0x90...0xBF)
      case 0xF4: (length, second) = (4, 0x80...0x8F)
      case 0xF1...0xF3: length = 4
      default: return at
      }
      guard at + length <= bytes.count, second.contains(bytes[at + 1]) else { return at }
      for place in 2..<max(length, 2) where bytes[at + place] & 0xC0 != 0x80 { return at }
      at += length
    }
    return nil
  }
}

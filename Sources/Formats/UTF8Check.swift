/// Whether bytes are UTF-8.
package enum UTF8Check {
  /// What a byte of 0x80 or more begins: the bytes of the scalar, and what the second one may be (Unicode Standard,
  /// table 3-7); `nil` if no scalar begins with it.
  @inlinable
  package static func sequence(after lead: UInt8) -> (length: Int, second: ClosedRange<UInt8>)? {
    switch lead {
    case 0xC2...0xDF: (2, 0x80...0xBF)
    case 0xE0: (3, 0xA0...0xBF)
    case 0xED: (3, 0x80...0x9F)
    case 0xE1...0xEF: (3, 0x80...0xBF)
    case 0xF0: (4, 0x90...0xBF)
    case 0xF4: (4, 0x80...0x8F)
    case 0xF1...0xF3: (4, 0x80...0xBF)
    default: nil
    }
  }

  /// The offset of the first byte that does not belong to well-formed UTF-8 (Unicode Standard, table 3-7); `nil` if
  /// all do.
  package static func firstInvalid(_ bytes: some RandomAccessCollection<UInt8>) -> Int? {
    bytes.withContiguousStorageIfAvailable { unsafe firstInvalid(in: $0.span) }
      ?? firstInvalid(in: Array(bytes).span)
  }

  /// The same of bytes in a span.
  package static func firstInvalid(in bytes: Span<UInt8>) -> Int? {
    var at = 0
    while at < bytes.count {
      let lead = bytes[at]
      if lead < 0x80 {
        at += 1
        continue
      }
      guard let (length, second) = sequence(after: lead) else { return at }
      guard at + length <= bytes.count, second.contains(bytes[at + 1]) else { return at }
      for place in 2..<max(length, 2) where bytes[at + place] & 0xC0 != 0x80 { return at }
      at += length
    }
    return nil
  }
}

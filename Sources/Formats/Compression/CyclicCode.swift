/// A cyclic redundancy check of 32 bits: reflected, inverted at the start and at the end.
///
/// What ``Checksum`` and ``CRC32`` share; they differ in the polynomial alone.
struct CyclicCode: Sendable {
  /// CRC-32C (Castagnoli), RFC 3720, appendix B.4.
  static let castagnoli = CyclicCode(polynomial: 0x82F6_3B78)
  /// CRC-32 of gzip, zip and PNG, RFC 1952, section 8.
  static let gzip = CyclicCode(polynomial: 0xEDB8_8320)
  /// The state before the first byte.
  static let start: UInt32 = 0xFFFF_FFFF

  /// Table t, entry b: the remainder of byte b with t zero bytes after it.
  private let tables: [UInt32]

  /// The code of a polynomial, whose bits are given from the lowest power in bit 31 to the highest in bit 0.
  init(polynomial: UInt32) {
    var tables = [UInt32](repeating: 0, count: 8 * 256)
    for byte in 0..<256 {
      tables[byte] = (0..<8).reduce(UInt32(byte)) { crc, _ in
        crc & 1 == 1 ? crc >> 1 ^ polynomial : crc >> 1
      }
    }
    for index in 256..<(8 * 256) {
      let before = tables[index - 256]
      tables[index] = before >> 8 ^ tables[Int(before & 255)]
    }
    self.tables = tables
  }

  /// The state after more bytes, which are taken eight at a time by eight tables.
  func state(_ state: UInt32, adding bytes: Span<UInt8>) -> UInt32 {
    let tables = tables.span
    var crc = state
    var at = 0
    while at + 8 <= bytes.count {
      let low =
        crc
        ^ (UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at + 2]) << 16
          | UInt32(bytes[at + 3]) << 24)
      var next = tables[7 * 256 + Int(low & 255)] ^ tables[6 * 256 + Int(low >> 8 & 255)]
      next ^= tables[5 * 256 + Int(low >> 16 & 255)] ^ tables[4 * 256 + Int(low >> 24)]
      next ^= tables[3 * 256 + Int(bytes[at + 4])] ^ tables[2 * 256 + Int(bytes[at + 5])]
      next ^= tables[256 + Int(bytes[at + 6])] ^ tables[Int(bytes[at + 7])]
      crc = next
      at += 8
    }
    while at < bytes.count {
      crc = crc >> 8 ^ tables[Int(UInt8(truncatingIfNeeded: crc) ^ bytes[at])]
      at += 1
    }
    return crc
  }
}

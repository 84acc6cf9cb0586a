/// CRC-32C (Castagnoli): reflected polynomial 0x82F63B78, initial and final inversion; RFC 3720, appendix B.4.
package struct Checksum: Sendable {
  private var state: UInt32 = 0xFFFF_FFFF

  /// The checksum of nothing yet.
  package init() {}

  /// The checksum of what was added.
  package var value: UInt32 { ~state }

  /// The value as eight hexadecimal digits.
  package var text: String { NumberText.hexadecimal(UInt64(value), digits: 8) }

  /// What stands for the digits of a checksum in the bytes it is the checksum of.
  static let zeros = [UInt8](repeating: UInt8(ascii: "0"), count: 8)

  /// The place, if a ``text`` stands there and nothing else.
  static func digits(in bytes: [UInt8], _ place: Range<Int>) -> Range<Int>? {
    let digits = bytes[place]
    return digits.count == zeros.count && digits.allSatisfy("0123456789abcdef".utf8.contains)
      ? place : nil
  }

  /// Adds bytes, eight at a time by eight tables.
  package mutating func add(_ bytes: [UInt8]) {
    add(bytes.span)
  }

  /// Adds the bytes of numbers, as ``AtomicFile`` writes them.
  package mutating func add(floats: [Float]) {
    unsafe floats.withUnsafeBytes { unsafe add($0.bindMemory(to: UInt8.self).span) }
  }

  mutating func add(_ bytes: Span<UInt8>) {
    let tables = Self.tables.span
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
    state = crc
  }

  /// Table t, entry b: the checksum of byte b with t zero bytes behind it.
  private static let tables: [UInt32] = {
    var tables = [UInt32](repeating: 0, count: 8 * 256)
    for byte in 0..<256 {
      tables[byte] = (0..<8).reduce(UInt32(byte)) { crc, _ in
        crc & 1 == 1 ? crc >> 1 ^ 0x82F6_3B78 : crc >> 1
      }
    }
    for index in 256..<(8 * 256) {
      let before = tables[index - 256]
      tables[index] = before >> 8 ^ tables[Int(before & 255)]
    }
    return tables
  }()
}

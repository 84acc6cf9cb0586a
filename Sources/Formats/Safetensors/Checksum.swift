/// CRC-32C (Castagnoli): reflected polynomial 0x82F63B78, initial and final inversion; RFC 3720, appendix B.4.
package struct Checksum: Sendable {
  private var state = CyclicCode.start

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

  /// Adds bytes.
  package mutating func add(_ bytes: [UInt8]) {
    add(bytes.span)
  }

  /// Adds the bytes of numbers, as ``AtomicFile`` writes them.
  package mutating func add(floats: [Float]) {
    unsafe floats.withUnsafeBytes { unsafe add($0.bindMemory(to: UInt8.self).span) }
  }

  mutating func add(_ bytes: Span<UInt8>) {
    state = CyclicCode.castagnoli.state(state, adding: bytes)
  }
}

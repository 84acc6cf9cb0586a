/// A message of Protocol Buffers (https://protobuf.dev/programming-guides/encoding/), field by field: as much of the
/// encoding as event files need.
struct ProtobufMessage {
  private(set) var bytes: [UInt8] = []

  /// A field that is a whole number.
  mutating func add(_ field: Int, varint value: Int) {
    key(field, type: 0)
    // Negative numbers are written as two's complement of 64 bits.
    number(UInt64(bitPattern: Int64(value)))
  }

  /// A field that is a number of 64 bits.
  mutating func add(_ field: Int, _ value: Double) {
    key(field, type: 1)
    bytes += Self.littleEndian(value.bitPattern)
  }

  /// A field that is a number of 32 bits.
  mutating func add(_ field: Int, _ value: Float) {
    key(field, type: 5)
    bytes += Self.littleEndian(value.bitPattern)
  }

  /// A field that is a text.
  mutating func add(_ field: Int, _ text: String) {
    add(field, Array(text.utf8))
  }

  /// A field that is a message.
  mutating func add(_ field: Int, _ message: ProtobufMessage) {
    add(field, message.bytes)
  }

  private mutating func add(_ field: Int, _ content: [UInt8]) {
    key(field, type: 2)
    number(UInt64(content.count))
    bytes += content
  }

  private mutating func key(_ field: Int, type: UInt64) {
    number(UInt64(field) << 3 | type)
  }

  private mutating func number(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// The bytes of a number, the lowest first.
  static func littleEndian<Number: FixedWidthInteger>(_ value: Number) -> [UInt8] {
    (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }
}

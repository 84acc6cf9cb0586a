import DragomanFormats

/// The Unicode scalar that starts at `index` of valid UTF-8, and how many bytes it takes.
///
/// Every text of this module is valid: it comes from a `String`, or ``LineReader`` has checked it.
@inline(__always)
func decodeScalar(_ bytes: Span<UInt8>, at index: Int) -> (scalar: UInt32, length: Int) {
  let first = UInt32(bytes[index])
  if first < 0x80 { return (first, 1) }
  let second = UInt32(bytes[index + 1]) & 0x3F
  if first < 0xE0 { return ((first & 0x1F) << 6 | second, 2) }
  let third = UInt32(bytes[index + 2]) & 0x3F
  if first < 0xF0 { return ((first & 0x0F) << 12 | second << 6 | third, 3) }
  let fourth = UInt32(bytes[index + 3]) & 0x3F
  return ((first & 0x07) << 18 | second << 12 | third << 6 | fourth, 4)
}

/// The same of an array.
@inline(__always)
func decodeScalar(_ bytes: [UInt8], at index: Int) -> (scalar: UInt32, length: Int) {
  decodeScalar(bytes.span, at: index)
}

/// How many of the last bytes are the beginning of a scalar whose end is missing; 0 where none is.
///
/// By table 3-7 of the Unicode Standard: bytes that no scalar begins with are not waited for.
func unfinishedScalar(at bytes: [UInt8]) -> Int {
  for count in 1...max(1, min(3, bytes.count)) where count <= bytes.count {
    let lead = bytes[bytes.count - count]
    if lead & 0xC0 == 0x80 { continue }
    guard let (length, second) = UTF8Check.sequence(after: lead) else { return 0 }
    let isPossible = count == 1 || second.contains(bytes[bytes.count - count + 1])
    return count < length && isPossible ? count : 0
  }
  return 0
}

extension [UInt8] {
  /// A copy of bytes that belong to something else.
  init(copying bytes: Span<UInt8>) {
    self = []
    reserveCapacity(bytes.count)
    for index in bytes.indices { append(bytes[index]) }
  }
}

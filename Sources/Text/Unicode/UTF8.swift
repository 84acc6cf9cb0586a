/// The Unicode scalar that starts at `index` of valid UTF-8, and how many bytes it takes.
///
/// Every text of this module is valid: it comes from a `String`, or ``LineReader`` has checked it.
@inline(__always)
func decodeScalar(_ bytes: [UInt8], at index: Int) -> (scalar: UInt32, length: Int) {
  let first = UInt32(bytes[index])
  if first < 0x80 { return (first, 1) }
  let second = UInt32(bytes[index + 1]) & 0x3F
  if first < 0xE0 { return ((first & 0x1F) << 6 | second, 2) }
  let third = UInt32(bytes[index + 2]) & 0x3F
  if first < 0xF0 { return ((first & 0x0F) << 12 | second << 6 | third, 3) }
  let fourth = UInt32(bytes[index + 3]) & 0x3F
  return ((first & 0x07) << 18 | second << 12 | third << 6 | fourth, 4)
}

/// Where `bytes` stops being valid UTF-8, or `nil` where all of it is valid.
///
/// The offset is that of the first byte of the bad sequence: a stray continuation, an overlong form, a
/// surrogate, a value above U+10FFFF or a sequence cut short (Unicode Standard, table 3-7).
func firstInvalidUTF8(_ bytes: ArraySlice<UInt8>) -> Int? {
  var index = bytes.startIndex
  while index < bytes.endIndex {
    let first = bytes[index]
    if first < 0x80 {
      index += 1
      continue
    }
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch first {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: length = 4
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return index
    }
    guard index + length <= bytes.endIndex, second.contains(bytes[index + 1]) else { return index }
    for further in (index + 2)..<(index + length) where bytes[further] & 0xC0 != 0x80 {
      return index
    }
    index += length
  }
  return nil
}

/// Calls `body` with every word of a text: what stands between white space, which is all that it is to
/// ``isWhiteSpace(_:)``, but for no-break spaces where they are kept.
@inline(__always)
func forEachWord(
  of text: Span<UInt8>, keepingNoBreakSpaces keeps: Bool = false, _ body: (Span<UInt8>) -> Void
) {
  var start = 0
  var index = 0
  while index < text.count {
    let length = whiteSpaceLength(text, at: index)
    if length == 0 || keeps && length > 1 && isNoBreakSpace(decodeScalar(text, at: index).scalar) {
      index += max(length, 1)
      continue
    }
    if start < index { body(text.extracting(start..<index)) }
    index += length
    start = index
  }
  if start < index { body(text.extracting(start..<index)) }
}

/// The bytes of the white space at `index`; 0 where none begins.
@inline(__always)
private func whiteSpaceLength(_ text: Span<UInt8>, at index: Int) -> Int {
  let byte = text[index]
  // Visible ASCII and the later bytes of a scalar decide nearly always.
  if byte > 0x20 && byte < 0xC2 { return 0 }
  switch byte {
  case 0x20, 0x09...0x0D: return 1
  // The scalars with that property begin with one of these.
  case 0xC2, 0xE1, 0xE2, 0xE3:
    let (scalar, length) = decodeScalar(text, at: index)
    return isWhiteSpace(scalar) ? length : 0
  default: return 0
  }
}

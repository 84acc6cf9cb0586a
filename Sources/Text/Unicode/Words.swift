/// Calls `body` with every word of a text: what stands between white space.
///
/// White space is all that it is to ``isWhiteSpace(_:)``. A line is its words with one space between them,
/// as normalisation leaves it; and no tokenizer looks over a space, so that a word met again is cut as it
/// was before.
@inline(__always)
func forEachWord(of text: Span<UInt8>, _ body: (Span<UInt8>) -> Void) {
  var start = 0
  var index = 0
  while index < text.count {
    let length = whiteSpaceLength(text, at: index)
    if length == 0 {
      index += 1
      continue
    }
    if start < index { body(text.extracting(start..<index)) }
    index += length
    start = index
  }
  if start < index { body(text.extracting(start..<index)) }
}

/// The same of a text that is first made lower-case, where asked for.
@inline(__always)
func forEachWord(of text: Span<UInt8>, lowercase: Bool, _ body: (Span<UInt8>) -> Void) {
  if lowercase {
    let text = Array(String(decoding: [UInt8](copying: text), as: UTF8.self).lowercased().utf8)
    forEachWord(of: text.span, body)
  } else {
    forEachWord(of: text, body)
  }
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

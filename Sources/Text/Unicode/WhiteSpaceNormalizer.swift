/// Puts the white space of a text in order that comes in parts.
///
/// Each run of white space (the Unicode property, so no-break spaces, tabs and U+2028 too) becomes one space, and that
/// at both ends goes. Where no-break spaces are kept, a run that has one becomes the first of them.
///
/// White space is written when something follows it, so what is written already never changes.
struct WhiteSpaceNormalizer: Sendable {
  /// Whether no-break spaces stay what they are.
  let keepsNoBreakSpaces: Bool
  /// The white space that is written before what follows, if any; 0 for none.
  private var pending: UInt32 = 0
  private var isEmpty = true

  /// A normaliser before the text.
  init(keepingNoBreakSpaces: Bool = false) { keepsNoBreakSpaces = keepingNoBreakSpaces }

  /// Appends the next part of the text, whole scalars, to `result`.
  mutating func append(_ bytes: [UInt8], to result: inout [UInt8]) {
    var index = 0
    while index < bytes.count {
      let (scalar, length) = decodeScalar(bytes, at: index)
      if isWhiteSpace(scalar) {
        if keepsNoBreakSpaces && isNoBreakSpace(scalar) {
          if !isNoBreakSpace(pending) { pending = scalar }
        } else if pending == 0 {
          pending = 0x20
        }
      } else {
        if !isEmpty { appendPending(to: &result) }
        (pending, isEmpty) = (0, false)
        for byte in index..<(index + length) { result.append(bytes[byte]) }
      }
      index += length
    }
  }

  private func appendPending(to result: inout [UInt8]) {
    switch pending {
    case 0: break
    case 0xA0: result += [0xC2, 0xA0]
    case 0x202F: result += [0xE2, 0x80, 0xAF]
    default: result.append(UInt8(ascii: " "))
    }
  }
}

/// Appends a text to `result` with its white space in order.
func appendNormalized(
  _ bytes: [UInt8], keepingNoBreakSpaces: Bool = false, to result: inout [UInt8]
) {
  var normalizer = WhiteSpaceNormalizer(keepingNoBreakSpaces: keepingNoBreakSpaces)
  normalizer.append(bytes, to: &result)
}

/// Whether a scalar is a space at which no line breaks: U+00A0, or U+202F, the narrow one.
@inline(__always)
func isNoBreakSpace(_ scalar: UInt32) -> Bool { scalar == 0xA0 || scalar == 0x202F }

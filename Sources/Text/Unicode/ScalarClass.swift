/// What a Unicode scalar is to a tokenizer.
enum ScalarClass {
  /// The property White_Space, line separators included, but not no-break spaces: those that are kept are text.
  case space
  case letter
  /// Decimal digits, and other numbers such as ½ and Ⅳ.
  case digit
  /// Belongs to what stands before it: combining marks, joiners, variation selectors, skin tones.
  case mark
  /// Opening punctuation, which belongs to what follows: brackets, «, “, ¿.
  case opening
  /// Everything else: other punctuation, symbols, emoji, no-break spaces, controls, unassigned.
  case symbol

  /// The class of a scalar.
  ///
  /// ASCII and the Latin letters are decided here; the rest by the general category in the Unicode
  /// tables of the standard library, which may differ between versions only for newly assigned scalars.
  @inline(__always)
  init(_ scalar: UInt32) {
    switch scalar {
    case 0x61...0x7A, 0x41...0x5A: self = .letter
    case 0x20, 0x09...0x0D: self = .space
    case 0x30...0x39: self = .digit
    case 0x28, 0x5B, 0x7B: self = .opening
    case 0..<0x80: self = .symbol
    case 0xC0...0x24F: self = scalar == 0xD7 || scalar == 0xF7 ? .symbol : .letter
    default: self = Self.lookUp(scalar)
    }
  }

  private static func lookUp(_ value: UInt32) -> Self {
    if isWhiteSpace(value) { return isNoBreakSpace(value) ? .symbol : .space }
    // Inverted marks open a question; the zero-width space parts words; skin tones colour an emoji.
    switch value {
    case 0xBF, 0xA1: return .opening
    case 0x200B: return .symbol
    case 0x1F3FB...0x1F3FF: return .mark
    default: break
    }
    guard let scalar = Unicode.Scalar(value) else { return .symbol }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      return .letter
    case .decimalNumber, .letterNumber, .otherNumber: return .digit
    case .nonspacingMark, .spacingMark, .enclosingMark, .format: return .mark
    case .openPunctuation, .initialPunctuation: return .opening
    default: return .symbol
    }
  }
}

/// Whether a scalar has the Unicode property White_Space, which is stable since Unicode 6.3.
@inline(__always)
func isWhiteSpace(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
    0x3000:
    true
  default: false
  }
}

/// Whether a scalar belongs to a script that puts no spaces between words.
///
/// Chinese, Japanese, Thai, Lao, Tibetan, Burmese, Khmer, Javanese and their neighbours, with the
/// punctuation and full-width forms used with them. The table is our own, by blocks, and must not change:
/// detokenisation depends on it.
@inline(__always)
func isSpaceless(_ scalar: UInt32) -> Bool {
  guard scalar >= 0x0E00 else { return false }
  return switch scalar {
  case 0x0E00...0x0FFF, 0x1000...0x109F, 0x1780...0x17FF, 0x1950...0x19FF, 0x1A20...0x1AAF,
    0x2E80...0x312F, 0x3190...0x4DBF, 0x4E00...0x9FFF, 0xA980...0xA9FF, 0xAA60...0xAADF,
    0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF01...0xFFEF, 0x1B000...0x1B16F, 0x20000...0x3FFFF:
    true
  default: false
  }
}

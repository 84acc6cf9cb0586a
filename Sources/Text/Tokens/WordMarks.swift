/// The three signs with which the word tokenizer records white space, and how a token is taken apart.
///
///     token  = [￭] core [￭]  |  ▁        ￭ no space on this side    ▁ a space where none is expected
///     core   = text without ￭ ▁ ␛  |  ␛ followed by one of ￭ ▁ ␛, which stands for that sign in the text
///
/// Between two tokens a space is expected unless one of them belongs to a script without spaces
/// (``isSpaceless(_:)`` of its first scalar). The joiner ￭ goes to the side of punctuation, so that words
/// keep one entry in the vocabulary: "Hello, world!" is `Hello` `￭,` `world` `￭!`.
enum WordMarks {
  /// U+FFED, halfwidth black square: no space stands here.
  static let joiner: [UInt8] = Array("\u{FFED}".utf8)
  /// U+2581, lower one eighth block: a space stands here.
  static let space: [UInt8] = Array("\u{2581}".utf8)
  /// U+241B, symbol for escape: the next scalar is text.
  static let escape: [UInt8] = Array("\u{241B}".utf8)

  @inline(__always)
  static func isReserved(_ scalar: UInt32) -> Bool {
    scalar == 0xFFED || scalar == 0x2581 || scalar == 0x241B
  }

  /// A token's text, and on which sides it allows no space.
  struct Parts {
    var core: ArraySlice<UInt8>
    var joinsLeft = false
    var joinsRight = false
    /// Whether the token is the lone sign ▁.
    var isSpace = false
    /// Whether the text belongs to a script without spaces.
    var isSpaceless = false
  }

  /// Takes any token apart, also one that the tokenizer would never make.
  static func parse(_ token: [UInt8]) -> Parts {
    if token == space { return Parts(core: [], isSpace: true) }
    var parts = Parts(core: token[...])
    if parts.core.starts(with: joiner) {
      parts.joinsLeft = true
      parts.core = parts.core.dropFirst(joiner.count)
    }
    if parts.core.starts(with: escape) && parts.core.count > escape.count {
      let start = parts.core.startIndex + escape.count
      let (_, length) = decodeScalar(token, at: start)
      parts.joinsRight = token[(start + length)...].elementsEqual(joiner)
      parts.core = parts.joinsRight ? token[start..<(start + length)] : token[start...]
      return parts
    }
    if parts.core.count >= joiner.count && parts.core.suffix(joiner.count).elementsEqual(joiner) {
      parts.joinsRight = true
      parts.core = parts.core.dropLast(joiner.count)
    }
    if parts.core.isEmpty {
      // A lone joiner joins both its neighbours.
      parts.joinsRight = parts.joinsRight || parts.joinsLeft
    } else {
      parts.isSpaceless = DragomanText.isSpaceless(
        decodeScalar(token, at: parts.core.startIndex).scalar)
    }
    return parts
  }
}

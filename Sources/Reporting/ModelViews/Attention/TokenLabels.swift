import DragomanText

/// Tokens as labels of pictures.
enum TokenLabels {
  /// The labels of a sentence's tokens: without ▁, and with a hyphen in front of letters that go on with a word.
  ///
  /// Nothing in them moves the cursor or turns the direction of what follows.
  static func of(_ tokens: [String]) -> [String] {
    let arePieces = tokens.contains(where: isMarked)
    return tokens.enumerated().map { of($1, at: $0, arePieces: arePieces) }
  }

  /// The label of one token that is, or might be, at a place of a sentence.
  static func of(_ token: String, at place: Int, arePieces: Bool) -> String {
    let core = isMarked(token) ? String(token.unicodeScalars.dropFirst()) : token
    let goesOn =
      isContinuation(token, at: place, arePieces) && core.contains { $0.isLetter || $0.isNumber }
    return Tokenizer.printable(goesOn ? "-" + core : core)
  }

  /// Which tokens go on with the word of the one before: pieces without ▁, in a sentence that has pieces with it.
  static func continuations(_ tokens: [String]) -> [Bool] {
    let arePieces = tokens.contains(where: isMarked)
    return tokens.enumerated().map { isContinuation($1, at: $0, arePieces) }
  }

  private static func isContinuation(_ token: String, at place: Int, _ arePieces: Bool) -> Bool {
    arePieces && place > 0 && !token.hasPrefix(mark) && !Vocabulary.specials.contains(token)
  }

  /// Whether a token is a word's first piece; a lone ▁ is a space.
  static func isMarked(_ token: String) -> Bool {
    token.unicodeScalars.first == "\u{2581}" && token.unicodeScalars.count > 1
  }

  /// Whether a token is a space between pieces or characters.
  static func isSpace(_ token: String) -> Bool { token == mark }

  /// Whether a token is a letter, several of them, or a byte of one.
  static func isOfWord(_ token: String) -> Bool {
    token.first?.isLetter ?? false || Tokenizer.isByte(token)
  }

  private static let mark = "\u{2581}"
}

extension String {
  /// Whether a terminal may write some of it from right to left, and what stands around it as well.
  var hasRightToLeft: Bool {
    unicodeScalars.contains {
      switch $0.value {
      case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF:
        true
      default: false
      }
    }
  }

  /// The text between marks of direction, which take no room, so that it stays in its column.
  var inItsColumn: String { hasRightToLeft ? "\u{200E}\(self)\u{200E}" : self }
}

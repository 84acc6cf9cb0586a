extension TokenizerKind {
  /// Appends what a word is made of: tokens of `word` and `character`, of `bpe` the stretches within which
  /// pieces are made.
  func cut(_ word: [UInt8], into units: inout TextLines) {
    switch self {
    case .word: WordTokenizer.append(word, to: &units)
    case .character: CharacterTokenizer.append(word, to: &units)
    case .bpe:
      var buffer: [UInt8] = []
      BytePairSegmenter.forEachStretch(of: word, buffer: &buffer) { units.append(utf8: $0.span) }
    }
  }

  /// At which of its ends a word wants a space to be written as a token of its own.
  func edges(of word: [UInt8]) -> WordEdges {
    switch self {
    case .word:
      // All scripts without spaces lie after U+0E00, whose first byte is 0xE0.
      guard word.contains(where: { $0 >= 0xE0 }) else {
        return WordEdges(first: false, last: false)
      }
      var tokens = TextLines()
      cut(word, into: &tokens)
      func isSpaceless(_ token: Int) -> Bool {
        WordMarks.parse(Array(tokens.utf8(at: token))).isSpaceless
      }
      return WordEdges(first: isSpaceless(0), last: isSpaceless(tokens.count - 1))
    case .character: return WordEdges(first: true, last: true)
    case .bpe: return WordEdges(first: false, last: false)
    }
  }
}

/// At which ends of a word a space is a token: ▁ stands between two words where either wants it.
struct WordEdges: Sendable {
  let first: Bool
  let last: Bool

  /// Whether the space between a word and the next is a token.
  func wantsSpace(before next: WordEdges) -> Bool { last || next.first }
}

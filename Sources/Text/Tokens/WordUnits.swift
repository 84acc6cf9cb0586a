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

  /// At which of its ends a word made of `units` wants a space to be written as a token of its own.
  func edges(of units: TextLines) -> WordEdges {
    switch self {
    case .word:
      func isSpaceless(_ unit: ArraySlice<UInt8>) -> Bool {
        WordMarks.parse(Array(unit)).isSpaceless
      }
      return WordEdges(
        first: isSpaceless(units.utf8(at: 0)), last: isSpaceless(units.utf8(at: units.count - 1)))
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

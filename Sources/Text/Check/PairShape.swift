/// What a report keeps of a pair.
struct PairShape {
  enum Side { case source, target }

  /// The hash of both sides in canonical form.
  let pair: UInt64
  /// The hash of the source in canonical form.
  let source: UInt64
  /// Words of source and target.
  let words: (Int32, Int32)
  /// Characters of source and target: Unicode scalars.
  let characters: (Int32, Int32)
  /// Whether both sides are the same text of several words.
  let isCopy: Bool

  /// The shapes of some pairs; hands over the hash of each word.
  static func all(
    of pairs: Range<Int>, in corpus: ParallelCorpus, word: (Side, UInt64) -> Void
  ) -> [PairShape] {
    pairs.map { index in
      let source = LineShape(canonical: corpus.sources, index) { word(.source, $0) }
      let target = LineShape(canonical: corpus.targets, index) { word(.target, $0) }
      return PairShape(source, target)
    }
  }

  private init(_ source: LineShape, _ target: LineShape) {
    pair = LineShape.joined(source.hash, target.hash)
    self.source = source.hash
    words = (Int32(clamping: source.words), Int32(clamping: target.words))
    characters = (Int32(clamping: source.characters), Int32(clamping: target.characters))
    // Names, numbers and palindromes of one word are the same in many languages.
    isCopy = source.hash == target.hash && source.words > 1
  }

  /// The length of the longer side, in characters where that is asked for, else in words.
  func longestSide(inCharacters: (source: Bool, target: Bool)) -> Int {
    Int(
      max(
        inCharacters.source ? characters.0 : words.0, inCharacters.target ? characters.1 : words.1))
  }

  /// Whether the sides are too different in length, given how much longer targets usually are than sources.
  ///
  /// Three times and twenty characters more or less than expected: short lines vary more.
  func isUnequal(ratio: Double) -> Bool {
    let (expected, found) = (Double(characters.0) * ratio, Double(characters.1))
    return abs(expected - found) > 20 && max(expected, found) > 3 * min(expected, found)
  }
}

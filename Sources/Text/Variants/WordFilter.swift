import DragomanFormats

/// The distinct words of a text, so compactly that a model file can hold them: a Bloom filter (Bloom 1970).
///
/// A word sets 8 bits, 16 bits are taken for a word, so one in two thousand words that the text lacks is found in it; a
/// word that the text has is found always. There are at most 2²³ bits, which is enough for half a million words, and
/// more words than that are confused more often.
package struct WordFilter: Sendable, Equatable {
  private var bits: [UInt8]

  private static let bitsPerWord = 16
  private static let bitsOfWord: UInt64 = 8
  private static let mostBytes = 1 << 20

  /// The words at which a tokenizer of words cuts sources, in all the ways in which these are written.
  ///
  /// The result does not depend on `threads`.
  init(
    of lines: TextLines, _ normalization: TextNormalization = TextNormalization(),
    variants: [SourceVariant] = [], threads: Int = 1
  ) {
    let counts = UnitCounter.counts(
      of: [(lines, TextNormalizer(normalization, .source))], .word, variants: variants,
      threads: threads)
    let bytes = counts.count * Self.bitsPerWord / 8
    bits = [UInt8](repeating: 0, count: max(8, min(bytes, Self.mostBytes)))
    for number in 0..<counts.count {
      insert(WordMarks.parse(Array(counts.utf8(at: number))).core)
    }
  }

  /// The words of sources, as a list of one, if the codec's vocabulary does not tell which words were learnt from; else
  /// none.
  package static func needed(
    by codec: TextCodec, of lines: TextLines, variants: [SourceVariant] = [], threads: Int = 1
  ) -> [WordFilter] {
    guard codec.tokenizer.kind == .bpe else { return [] }
    return [
      WordFilter(
        of: lines, codec.tokenizer.normalization, variants: variants, threads: threads)
    ]
  }

  /// The words that a text of ``text`` holds; `nil` for any other text.
  package init?(_ text: String) {
    guard let bytes = Base64.bytes(text), (8...Self.mostBytes).contains(bytes.count) else {
      return nil
    }
    bits = bytes
  }

  /// The bits, eight a byte, the lowest first, in base 64.
  package var text: String { Base64.text(bits) }

  /// Whether the text has the word, or one that is confused with it.
  func contains(_ word: some Sequence<UInt8>) -> Bool {
    places(of: word).allSatisfy { bits[$0 >> 3] >> UInt8($0 & 7) & 1 == 1 }
  }

  private mutating func insert(_ word: some Sequence<UInt8>) {
    for place in places(of: word) { bits[place >> 3] |= 1 << UInt8(place & 7) }
  }

  /// The bits of a word: h, h + s, h + 2s, … (Kirsch and Mitzenmacher 2006), h being its hash and s the odd rest of it.
  private func places(of word: some Sequence<UInt8>) -> [Int] {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in word { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash = (hash ^ hash >> 33) &* 0xFF51_AFD7_ED55_8CCD
    hash ^= hash >> 33
    let step = hash >> 32 | 1
    return (0..<Self.bitsOfWord).map { number in
      Int((hash &+ number &* step) % UInt64(bits.count * 8))
    }
  }
}

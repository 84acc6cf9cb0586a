/// A tokenizer and the vocabulary of its tokens: text to numbers and back.
package struct TextCodec: Sendable, Equatable {
  /// What stands in a text for a token that the vocabulary does not have.
  package static let unknownSign = "⁇"

  /// Cuts the text.
  package let tokenizer: Tokenizer
  /// Numbers the tokens.
  package let vocabulary: Vocabulary
  /// For `bpe`, the number in the vocabulary of each piece.
  let pieceIDs: [Int32]

  /// Joins a tokenizer to its vocabulary.
  package init(tokenizer: Tokenizer, vocabulary: Vocabulary) {
    self.tokenizer = tokenizer
    self.vocabulary = vocabulary
    if case .bpe(let pairs) = tokenizer.model {
      pieceIDs = (0..<Int32(pairs.count)).map { vocabulary.id(of: pairs.token($0)) }
    } else {
      pieceIDs = []
    }
  }

  /// Learns both from a text.
  ///
  /// `word` and `character` vocabularies hold the tokens that occur `minimumFrequency` times, the most
  /// frequent first, up to `vocabularySize`. That of `bpe` holds all pieces learnt, bytes first.
  ///
  /// - Precondition: `vocabularySize >= kind.smallestVocabulary`.
  package static func trained(
    on lines: some Sequence<String>, kind: TokenizerKind, vocabularySize: Int,
    minimumFrequency: Int = 1, _ normalization: TextNormalization = TextNormalization(),
    side: TextSide = .source
  ) -> TextCodec {
    trained(
      on: [(TextLines(lines), side)], kind: kind, vocabularySize: vocabularySize,
      minimumFrequency: minimumFrequency, normalization, threads: 1)
  }

  /// Learns from sentence pairs: one codec of each language, or one that both share, for the lines of either side.
  ///
  /// The result does not depend on `threads`. With `variants`, what sources have only when written in these ways is
  /// learnt too.
  ///
  /// - Precondition: with `shared`, the kinds are the same.
  package static func trained(
    on pairs: ParallelCorpus, shared: Bool, kinds: (source: TokenizerKind, target: TokenizerKind),
    vocabularySize: Int, minimumFrequency: Int = 1,
    _ normalization: TextNormalization = TextNormalization(), variants: [SourceVariant] = [],
    threads: Int = 1
  ) -> (source: TextCodec, target: TextCodec) {
    let (sources, targets) = ((pairs.sources, TextSide.source), (pairs.targets, TextSide.target))
    let texts = shared ? [[sources, targets]] : [[sources], [targets]]
    let codecs = Parallel.map(parts: texts.count, threads: threads) { number in
      trained(
        on: texts[number], kind: number == 0 ? kinds.source : kinds.target,
        vocabularySize: vocabularySize,
        minimumFrequency: minimumFrequency, normalization,
        variants: number == 0 ? variants : [], threads: threads)
    }
    return (codecs[0], codecs[codecs.count - 1].of(.target))
  }

  /// Learns from texts of either side, for the lines of the first one's, which is written in some variants as well.
  package static func trained(
    on texts: [(lines: TextLines, side: TextSide)], kind: TokenizerKind, vocabularySize: Int,
    minimumFrequency: Int, _ normalization: TextNormalization, variants: [SourceVariant] = [],
    threads: Int
  ) -> TextCodec {
    let counts = UnitCounter.counts(
      of: texts.map { ($0.lines, TextNormalizer(normalization, $0.side)) }, kind,
      variants: variants, threads: threads)
    let tokenizer = Tokenizer(
      learning: counts, kind: kind, vocabularySize: vocabularySize, normalization,
      side: texts[0].side)
    if case .bpe(let pairs) = tokenizer.model {
      return TextCodec(tokenizer: tokenizer, vocabulary: pairs.vocabulary)
    }
    let vocabulary = Vocabulary.counted(
      counts, maximumSize: vocabularySize, minimumFrequency: minimumFrequency)
    return TextCodec(tokenizer: tokenizer, vocabulary: vocabulary)
  }

  /// The same codec for the lines of a side.
  package func of(_ side: TextSide) -> TextCodec {
    side == tokenizer.side
      ? self : TextCodec(tokenizer: tokenizer.of(side), vocabulary: vocabulary)
  }

  /// The numbers of a line's tokens, without an end.
  package func encode(_ line: String) -> [Int32] {
    var encoder = LineEncoder(self)
    var ids: [Int32] = []
    encoder.append(Array(line.utf8).span, to: &ids)
    return ids
  }

  /// The numbers of many lines' tokens, each line with the vocabulary's end after it.
  package func encode(_ lines: some Sequence<String>) -> EncodedLines {
    var encoder = LineEncoder(self)
    var result = EncodedLines()
    var ids: [Int32] = []
    for line in lines {
      ids.removeAll(keepingCapacity: true)
      encoder.append(Array(line.utf8).span, to: &ids)
      ids.append(vocabulary.end)
      result.append(ids)
    }
    return result
  }

  /// The text that numbers stand for, on one line.
  ///
  /// Begin and end are skipped; an unknown token becomes what `replacement` gives for its place, a token, or else
  /// ``unknownSign``.
  package func decode(
    _ ids: some Sequence<Int32>, replacement: (Int) -> String? = { _ in nil }
  ) -> String {
    var decoder = TextDecoder(self)
    var text = ""
    for (place, id) in ids.enumerated() { text += decoder.append(id) { replacement(place) } }
    return text + decoder.finish()
  }

  /// For each number the number of the word of ``decode(_:replacement:)`` that it belongs to; none for begin and end.
  package func words(
    of ids: [Int32], replacement: (Int) -> String? = { _ in nil }
  ) -> [Int?] {
    let places = ids.indices.filter { !isEdge(ids[$0]) }
    let words = tokenizer.words(
      of: places.map { place in spelling(ids[place], replacement: { replacement(place) }) })
    var result = [Int?](repeating: nil, count: ids.count)
    for (place, word) in zip(places, words) { result[place] = word }
    return result
  }

  /// Whether a number stands for the begin or the end, which are not text.
  private func isEdge(_ id: Int32) -> Bool { id == vocabulary.begin || id == vocabulary.end }

  /// A token as a person should see it, by its number; see ``Tokenizer/display(_:)``.
  package func display(_ id: Int32) -> String {
    vocabulary.isSpecial(id) ? vocabulary[id] : tokenizer.display(vocabulary[id])
  }

  /// A token for detokenisation; a piece marked as a word's first, so that the sign stands apart.
  func spelling(_ id: Int32, replacement: () -> String?) -> String {
    guard id == vocabulary.unknown else { return vocabulary[id] }
    if let token = replacement() { return token }
    return tokenizer.kind == .bpe ? "\u{2581}" + Self.unknownSign : Self.unknownSign
  }
}

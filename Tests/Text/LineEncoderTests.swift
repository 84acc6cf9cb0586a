import DragomanTestSupport
import Testing

@testable import DragomanText

/// Words are looked up one by one; that must not show.
@Suite struct `Encoding and counting by words` {
  static let lines: [String] = {
    var random = SplitMix(seed: 21)
    let lines = NastyText.lines + (0..<2000).map { _ in NastyText.random(using: &random) }
    // Neighbours across a space decide over ▁, so lines are also strung together.
    return lines + zip(lines, lines.dropFirst()).map { "\($0) \($1)" }
  }()

  @Test(arguments: TokenizerKind.allCases, [false, true])
  func `gives the tokens of whole lines`(kind: TokenizerKind, lowercase: Bool) {
    let codec = TextCodec.trained(
      on: Self.lines, kind: kind, vocabularySize: 500,
      TextNormalization(lowercase: Lowercasing(lowercase)))
    var encoder = LineEncoder(codec)
    // Twice, so that every word is once new and once remembered.
    for line in Self.lines + Self.lines {
      var ids: [Int32] = []
      encoder.append(Array(line.utf8).span, to: &ids)
      #expect(
        ids == codec.tokenizer.tokenize(line).map { codec.vocabulary.id(of: $0) }, "\(line)")
    }
  }

  @Test(arguments: [TokenizerKind.word, .character], [false, true])
  func `counts the tokens of whole lines`(kind: TokenizerKind, lowercase: Bool) {
    let codec = TextCodec.trained(
      on: Self.lines, kind: kind, vocabularySize: 500, minimumFrequency: 2,
      TextNormalization(lowercase: Lowercasing(lowercase)))
    let tokens = Self.lines.flatMap { codec.tokenizer.tokenize($0) }
    #expect(
      codec.vocabulary
        == Vocabulary.counted(from: tokens, maximumSize: 500, minimumFrequency: 2))
  }

  @Test func `counts the stretches of whole lines`() {
    var expected = TokenCounts()
    var buffer: [UInt8] = []
    let normalizer = TextNormalizer(TextNormalization(), .source)
    for line in Self.lines {
      BytePairSegmenter.forEachStretch(of: normalizer.normalized(line), buffer: &buffer) {
        expected.add($0.span)
      }
    }
    let found = UnitCounter.counts(
      of: [(TextLines(Self.lines), normalizer)], .bpe, threads: 3)
    #expect(found.count == expected.count)
    for number in 0..<expected.count {
      let other = found.table.find(expected.utf8(at: number).span)
      #expect(other.map { found.counts[Int($0)] } == expected.counts[number])
    }
  }

  /// The memories of encoder and counter are emptied when they hold `StringTable.enough` bytes.
  @Test func `forgets words and loses none`() {
    let long = String(repeating: "ab", count: StringTable.enough / 4 + 1)
    let lines = ["a b", long, long + "c", "a b", long, "b a"]
    let codec = TextCodec.trained(on: lines, kind: .word, vocabularySize: 99)
    let a = codec.vocabulary.id(of: "a")
    let b = codec.vocabulary.id(of: "b")
    #expect(codec.vocabulary.count == 3 + 4)
    #expect([a, b] == [3, 4])
    let encoded = codec.encode(lines)
    #expect(encoded[0] == [a, b, 2] && encoded[3] == [a, b, 2] && encoded[5] == [b, a, 2])
    #expect(encoded[1] == [codec.vocabulary.id(of: long), 2] && encoded[4] == encoded[1])
  }
}

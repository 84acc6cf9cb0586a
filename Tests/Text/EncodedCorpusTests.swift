import Testing

@testable import DragomanText

@Suite struct `An encoded corpus` {
  static let pairs = ParallelCorpus([
    SentencePair(source: "a b", target: "x"), SentencePair(source: "a b c d", target: "y x"),
    SentencePair(source: "b", target: "x y x y"), SentencePair(source: "z", target: "y"),
  ])
  static let source = TextCodec.trained(on: ["a b c d"], kind: .word, vocabularySize: 99)
  static let target = TextCodec.trained(on: ["x y"], kind: .word, vocabularySize: 99)

  @Test func `ends every side and remembers where a pair came from`() {
    let corpus = EncodedCorpus(
      Self.pairs, source: Self.source, target: Self.target, maximumSourceLength: 4,
      maximumTargetLength: 4)
    #expect(corpus.origins == [0, 3])
    #expect(corpus.skippedAsTooLong == 2)
    #expect(corpus[0] == EncodedPair(source: [3, 4, 2], target: [3, 2]))
    #expect(corpus.longestSource == 3)
  }

  @Test func `counts unknown tokens`() {
    let corpus = EncodedCorpus(Self.pairs, source: Self.source, target: Self.target)
    #expect(corpus.count == 4)
    #expect(corpus.unknownSourceTokens == 1)
    #expect(corpus.unknownTargetTokens == 0)
  }
}

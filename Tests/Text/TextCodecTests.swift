import Testing

@testable import DragomanText

@Suite struct `A text codec` {
  static let lines = ["The cat sat.", "The dog sat, too.", "A cat!"]

  @Test func `may cut the two sides into other kinds of tokens`() {
    let pairs = ParallelCorpus([SentencePair(source: "cat", target: "K AE T")])
    let (source, target) = TextCodec.trained(
      on: pairs, shared: false, kinds: (.character, .word), vocabularySize: 400)
    #expect(source.encode("cat").count == 3 && target.encode("K AE T").count == 3)
    #expect(target.decode(target.encode("T AE K")) == "T AE K")
  }

  @Test(arguments: TokenizerKind.allCases) func `decodes what it encodes`(kind: TokenizerKind) {
    let codec = TextCodec.trained(on: Self.lines, kind: kind, vocabularySize: 400)
    for line in Self.lines { #expect(codec.decode(codec.encode(line)) == line) }
    #expect(codec.encode("") == [])
    #expect(codec.decode([]) == "")
  }

  @Test func `skips begin and end and shows what is unknown`() {
    let codec = TextCodec.trained(on: Self.lines, kind: .word, vocabularySize: 400)
    let ids = [codec.vocabulary.begin] + codec.encode("The bird sat.") + [codec.vocabulary.end]
    #expect(codec.decode(ids) == "The ⁇ sat.")
    #expect(codec.display(codec.vocabulary.end) == "</s>")
    #expect(codec.display(ids[ids.count - 2]) == ".")
  }

  @Test func `shows an unknown number among pieces as a word of its own`() {
    let codec = TextCodec.trained(on: Self.lines, kind: .bpe, vocabularySize: 400)
    #expect(codec.decode(codec.encode("The") + [codec.vocabulary.unknown]) == "The ⁇")
  }

  @Test(arguments: TokenizerKind.allCases) func `takes a special that is spelt out as text`(
    kind: TokenizerKind
  ) {
    let codec = TextCodec.trained(
      on: ["a <s> b </s> <unk>", "a <s> b </s> <unk>"], kind: kind, vocabularySize: 400)
    let ids = codec.encode("<s> a </s>")
    #expect(!ids.contains { codec.vocabulary.isSpecial($0) })
    #expect(codec.decode(ids) == "<s> a </s>")
  }

  @Test(arguments: TokenizerKind.allCases) func `encodes many lines as it does each`(
    kind: TokenizerKind
  ) {
    let codec = TextCodec.trained(on: NastyText.lines, kind: kind, vocabularySize: 400)
    let encoded = codec.encode(NastyText.lines)
    #expect(encoded.count == NastyText.lines.count)
    for (row, line) in zip(encoded, NastyText.lines) {
      #expect(Array(row) == codec.encode(line) + [codec.vocabulary.end])
    }
  }
}

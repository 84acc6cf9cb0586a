import Testing

@testable import DragomanText

@Suite struct `Other ways of writing a source` {
  private func written(_ line: String, _ variants: [SourceVariant]) -> String {
    String(decoding: variants.written(Array(line.utf8).span), as: UTF8.self)
  }

  @Test(arguments: [
    ("Good morning.", "Good morning"), ("Où est la gare ?", "Où est la gare"),
    ("Stop!!! ", "Stop"), ("3.5", "3.5"), ("他是学生。", "他是学生"), ("...", "..."), ("", ""),
    ("He said \"no.\"", "He said \"no.\""), ("Wait…", "Wait"),
  ]) func `have no mark at the end`(_ line: String, _ expected: String) {
    #expect(written(line, [.noFinalPunctuation]) == expected)
  }

  @Test func `have small letters, and go together`() {
    #expect(written("Is Tom here?", [.lowercase]) == "is tom here?")
    #expect(written("Is Tom here?", [.lowercase, .noFinalPunctuation]) == "is tom here")
    #expect(written("Is Tom here?", []) == "Is Tom here?")
  }

  @Test(arguments: TokenizerKind.allCases) func `are in the vocabulary`(_ kind: TokenizerKind) {
    let pairs = ParallelCorpus([
      SentencePair(source: "Good Morning.", target: "Bonjour."),
      SentencePair(source: "The U.S.", target: "Les USA."),
    ])
    let codec = TextCodec.trained(
      on: pairs, shared: false, kinds: (kind, kind), vocabularySize: 400,
      variants: SourceVariant.allCases
    ).source
    for line in ["good morning.", "Good Morning", "good morning", "the u.s"] {
      #expect(!codec.encode(line).contains(codec.vocabulary.unknown), "'\(line)'")
    }
  }

  @Test func `are not counted twice`() {
    let pairs = ParallelCorpus([SentencePair(source: "The cat sleeps.", target: "x")])
    func tokens(_ minimum: Int, _ variants: [SourceVariant]) -> [String] {
      TextCodec.trained(
        on: pairs, shared: false, kinds: (.word, .word), vocabularySize: 400,
        minimumFrequency: minimum, variants: variants
      ).source.vocabulary.tokens
    }
    #expect(tokens(2, SourceVariant.allCases) == Vocabulary.specials)
    #expect(Set(tokens(1, [.lowercase])).subtracting(tokens(1, [])) == ["the"])
  }

  @Test func `are drawn anew by chance, the same for the same chance`() {
    let lines = (0..<200).map { "Good morning to You \($0)." }
    let pairs = ParallelCorpus(lines.map { SentencePair(source: $0, target: $0) })
    let (source, target) = TextCodec.trained(
      on: pairs, shared: false, kinds: (.word, .word), vocabularySize: 1000,
      variants: SourceVariant.allCases)
    let corpus = EncodedCorpus(pairs, source: source, target: target)
    func drawn(_ epoch: UInt64, threads: Int = 1) -> EncodedCorpus {
      corpus.redrawn(
        from: pairs, source: source, target: target, dropping: 0,
        variants: SourceVariant.allCases, threads: threads
      ) { SplitMix(state: epoch << 32 | UInt64($0)) }
    }
    let first = drawn(1)
    #expect(first.target == corpus.target && first.count == corpus.count)
    #expect(first.source == drawn(1, threads: 3).source && first.source != drawn(2).source)
    var counts: [String: Int] = [:]
    for row in 0..<corpus.count {
      let text = source.decode(first.source[row])
      let way = [text.hasSuffix("."), text.hasPrefix("Good") && text.contains("You")]
      counts["\(way)", default: 0] += 1
    }
    #expect(counts.count == 4 && counts.values.allSatisfy { (25...75).contains($0) })
  }
}

/// SplitMix64, for tests.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}

import DragomanTestSupport
import Testing

@testable import DragomanText

/// A run has to end with the same bytes on any number of threads.
@Suite struct `On any number of threads` {
  static let pairs: ParallelCorpus = {
    var corpus = SyntheticCorpus(seed: 3)
    let nasty = NastyText.lines.map { SentencePair(source: $0, target: "x \($0)") }
    // Several parts, the last of them short.
    return ParallelCorpus(Array(corpus.pairs(2 * EncodedCorpus.part + 700)) + nasty)
  }()

  @Test(arguments: TokenizerKind.allCases, [true, false])
  func `codecs and token numbers are the same`(kind: TokenizerKind, shared: Bool) {
    func encoded(_ threads: Int) -> (codecs: [TextCodec], corpus: EncodedCorpus) {
      let (source, target) = TextCodec.trained(
        on: Self.pairs, shared: shared, kinds: (kind, kind), vocabularySize: 900, threads: threads)
      let corpus = EncodedCorpus(
        Self.pairs, source: source, target: target, maximumSourceLength: 90,
        maximumTargetLength: 70, threads: threads)
      return ([source, target], corpus)
    }
    let (codecs, corpus) = encoded(1)
    #expect((codecs[0] == codecs[1]) == shared)
    #expect(corpus.count + corpus.skippedAsTooLong == Self.pairs.count)
    for threads in [2, 3, 7] {
      let (otherCodecs, other) = encoded(threads)
      #expect(otherCodecs == codecs)
      #expect(other.source == corpus.source)
      #expect(other.target == corpus.target)
      #expect(other.origins == corpus.origins)
      #expect(other.skippedAsTooLong == corpus.skippedAsTooLong)
      #expect(other.unknownSourceTokens == corpus.unknownSourceTokens)
      #expect(other.unknownTargetTokens == corpus.unknownTargetTokens)
    }
    let ends = (0..<corpus.count).allSatisfy {
      corpus[$0].source == codecs[0].encode(Self.pairs[Int(corpus.origins[$0])].source)
        + [codecs[0].vocabulary.end]
    }
    #expect(ends, "a pair is not what its origin says")
  }

  @Test func `a report is the same`() {
    // Copies, exchanged languages and unknown words, all over the second part.
    let other = ParallelCorpus(
      Self.pairs.enumerated().map { index, pair in
        switch index % 50 {
        case 7: SentencePair(source: pair.target, target: pair.source)
        case 9: SentencePair(source: pair.source, target: pair.source)
        case 11: SentencePair(source: "unheard\(index) of", target: pair.target)
        default: pair
        }
      })
    func report(_ threads: Int) -> CorpusReport {
      CorpusReport(
        [("train", Self.pairs), ("validation", other)], maximumLength: 20, threads: threads)
    }
    let one = report(1)
    let kinds = Set(one.problems.map(\.kind))
    #expect(kinds.isSuperset(of: [.swapped, .copy, .unknownWords, .leakedPair]))
    for threads in [2, 3, 7] { #expect(report(threads) == one) }
  }

  @Test(arguments: [0, 1, 2, 3, 100], [1, 2, 5])
  func `parts are joined in order`(parts: Int, threads: Int) {
    // The first parts take longest, so that later ones have to wait for their turn.
    @Sendable func work(_ part: Int) -> Int {
      (0..<(100 - part) * 1000).reduce(part) { ($0 &* 31 &+ $1) & 0xFFFF }
    }
    #expect(
      Parallel.map(parts: parts, threads: threads, work) == (0..<parts).map { work($0) })
  }

  @Test func `a thread keeps its state from part to part`() {
    let sums = Parallel.reduce(
      into: [Int](), parts: 5, threads: 1, state: { 0 },
      part: { sum, part in
        sum += part
        return sum
      }, join: { $0.append($1) })
    #expect(sums == [0, 1, 3, 6, 10])
  }
}

/// What a corpus is like, as far as it matters for choosing a model for it.
public struct CorpusProfile: Sendable, Equatable {
  /// How many pairs there are.
  public let pairs: Int
  /// The figures of the sources.
  public let source: CorpusPart.Side
  /// The figures of the targets.
  public let target: CorpusPart.Side
  /// The writing system of the sources.
  public let sourceScript: Script
  /// The writing system of the targets.
  public let targetScript: Script
  /// The share of target words that also stand on the source side of the corpus, from 0 to 1.
  public let overlap: Double

  /// Looks at a corpus.
  public init(_ corpus: ParallelCorpus) {
    var words = WordSet()
    let shapes = PairShape.all(of: 0..<corpus.count, in: corpus) { side, word in
      if side == .source { words.insert(word) }
    }
    var shared = 0
    _ = PairShape.all(of: 0..<corpus.count, in: corpus) { side, word in
      if side == .target, words.contains(word) { shared += 1 }
    }
    let part = CorpusPart("", corpus, shapes)
    (pairs, source, target) = (part.pairs, part.source, part.target)
    sourceScript = Script(of: corpus.sources)
    targetScript = Script(of: corpus.targets)
    overlap = target.words > 0 ? Double(shared) / Double(target.words) : 0
  }
}

/// What a corpus is like, as far as it matters for choosing a model for it.
package struct CorpusProfile: Sendable, Equatable {
  /// How many pairs there are.
  package let pairs: Int
  /// The figures of the sources.
  package let source: CorpusPart.Side
  /// The figures of the targets.
  package let target: CorpusPart.Side
  /// The writing system of the sources.
  package let sourceScript: Script
  /// The writing system of the targets.
  package let targetScript: Script
  /// The share of target words that also stand on the source side of the corpus, from 0 to 1.
  package let overlap: Double

  /// Looks at a corpus.
  package init(_ corpus: ParallelCorpus) {
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

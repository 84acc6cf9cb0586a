/// What the data of a run look like, and what in them a person should know of before training.
///
/// - Complexity: two passes over the text; 32 bytes for each pair, and for each training pair its hashes in two tables. No text
///   is kept.
public struct CorpusReport: Sendable, Equatable {
  /// What is in each part of the data.
  public private(set) var parts: [CorpusPart] = []
  /// What was found, part by part.
  public private(set) var problems: [CorpusProblem] = []

  /// Looks at the parts of the data, of which the first is trained on and the others are compared with it.
  ///
  /// - Parameters:
  ///   - corpora: the parts and their names.
  ///   - maximumLength: words, or characters, above which training skips a pair.
  ///   - countsCharacters: whether the length of a side is that in characters.
  public init(
    _ corpora: [(name: String, corpus: ParallelCorpus)], maximumLength: Int,
    countsCharacters: Bool = false
  ) {
    var guess = LanguageGuess()
    var known = (source: WordSet(), target: WordSet())
    var shapes: [[PairShape]] = []
    for (index, part) in corpora.enumerated() {
      shapes.append(
        PairShape.all(in: part.corpus) { side, word in
          guard index == 0 else { return }
          if side == .source {
            guess.addSource(word)
            known.source.insert(word)
          } else {
            guess.addTarget(word)
            known.target.insert(word)
          }
        })
      parts.append(CorpusPart(part.name, part.corpus, shapes[index]))
    }
    guess.finish()
    let training = Seen(shapes.first ?? [])
    let ratio = parts.first?.characterRatio ?? 1
    for (index, (name, corpus)) in corpora.enumerated() {
      var findings = Findings(corpus)
      for (pair, shape) in shapes[index].enumerated() {
        let length = countsCharacters ? shape.longestSide : Int(max(shape.words.0, shape.words.1))
        findings.add(.long, pair, if: index == 0 && length > maximumLength)
        findings.add(.lengthRatio, pair, if: shape.isUnequal(ratio: ratio))
        findings.add(.copy, pair, if: shape.isCopy)
        if index > 0 {
          let isPair = training.pairs[shape.pair] != nil
          findings.add(.leakedPair, pair, if: isPair)
          findings.add(.leakedSource, pair, if: !isPair && training.sources.contains(shape.source))
        }
      }
      let first = index == 0 ? training : Seen(shapes[index])
      for (pair, shape) in shapes[index].enumerated() {
        findings.add(.duplicate, pair, if: first.pairs[shape.pair] != Int32(pair))
      }
      let words = findings.addWords(of: corpus, guess, known, asUnknown: index > 0)
      problems += findings.problems(name, words: words)
    }
  }
}

/// The pairs and sources of a part, by their hashes.
private struct Seen {
  /// Where each pair is first.
  var pairs: [UInt64: Int32] = [:]
  var sources: Set<UInt64> = []

  init(_ shapes: [PairShape]) {
    pairs.reserveCapacity(shapes.count)
    sources.reserveCapacity(shapes.count)
    for (index, shape) in shapes.enumerated() {
      if pairs[shape.pair] == nil { pairs[shape.pair] = Int32(index) }
      sources.insert(shape.source)
    }
  }
}

/// What is found in one part.
private struct Findings {
  private let corpus: ParallelCorpus
  private var findings: [CorpusProblem.Kind: CorpusFinding] = [:]

  init(_ corpus: ParallelCorpus) {
    self.corpus = corpus
    for summary in corpus.summary {
      for (reason, finding) in summary.skips {
        if let kind = CorpusProblem.Kind(rawValue: reason.rawValue) {
          findings[kind, default: CorpusFinding()].add(finding)
        }
      }
      findings[.byteOrderMark, default: CorpusFinding()].add(summary.byteOrderMarks)
      findings[.carriageReturn, default: CorpusFinding()].add(summary.carriageReturns)
    }
  }

  mutating func add(_ kind: CorpusProblem.Kind, _ pair: Int, if isFound: Bool) {
    if isFound { findings[kind, default: CorpusFinding()].add(corpus.place(of: pair)) }
  }

  /// Looks at the words again, now that all of training's are known; gives their number.
  mutating func addWords(
    of corpus: ParallelCorpus, _ guess: LanguageGuess, _ known: (source: WordSet, target: WordSet),
    asUnknown: Bool
  ) -> Int {
    var words = 0
    for pair in corpus.indices {
      var votes: (source: Float, target: Float) = (0, 0)
      var unknown = 0
      let source = LineShape(corpus.sources.bytes, corpus.sources.range(at: pair)) { word in
        let isKnown = known.source.contains(word)
        if isKnown || known.target.contains(word) { votes.source += guess.vote(word) }
        if asUnknown, !isKnown { unknown += 1 }
      }
      let target = LineShape(corpus.targets.bytes, corpus.targets.range(at: pair)) { word in
        let isKnown = known.target.contains(word)
        if isKnown || known.source.contains(word) { votes.target += guess.vote(word) }
        if asUnknown, !isKnown { unknown += 1 }
      }
      words += source.words + target.words
      add(.swapped, pair, if: LanguageGuess.isExchanged(source: votes.source, target: votes.target))
      for _ in 0..<unknown { add(.unknownWords, pair, if: true) }
    }
    return words
  }

  func problems(_ part: String, words: Int) -> [CorpusProblem] {
    CorpusProblem.Kind.allCases.compactMap { kind in
      guard let finding = findings[kind], finding.count > 0 else { return nil }
      let files = corpus.summary
      let total =
        switch kind {
        case .unknownWords: words
        case .byteOrderMark: files.reduce(0) { $0 + $1.file.paths.count }
        case .carriageReturn: files.reduce(0) { $0 + $1.lines * $1.file.paths.count }
        case _ where CorpusSkip(rawValue: kind.rawValue) != nil:
          files.reduce(0) { $0 + $1.pairs + $1.skipped }
        default: corpus.count
        }
      return CorpusProblem(kind: kind, part: part, finding: finding, total: total)
    }
  }
}

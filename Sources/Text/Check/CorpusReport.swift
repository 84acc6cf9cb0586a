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
  ///   - countsCharacters: whether the length of each side is that in characters.
  ///   - threads: threads that look; the result does not depend on it.
  public init(
    _ corpora: [(name: String, corpus: ParallelCorpus)], maximumLength: Int,
    countsCharacters: (source: Bool, target: Bool) = (false, false), threads: Int = 1
  ) {
    var words = WordsSeen()
    var shapes: [[PairShape]] = []
    for (index, part) in corpora.enumerated() {
      let seen = WordsSeen.all(in: part.corpus, threads: threads)
      shapes.append(seen.shapes)
      if index == 0 { words = seen }
      parts.append(CorpusPart(part.name, part.corpus, shapes[index]))
    }
    words.guess.finish()
    let training = Seen(shapes.first ?? [])
    let ratio = parts.first?.characterRatio ?? 1
    for (index, (name, corpus)) in corpora.enumerated() {
      var findings = Findings(corpus)
      findings.addFiles()
      for (pair, shape) in shapes[index].enumerated() {
        findings.add(
          .long, pair,
          if: index == 0 && shape.longestSide(inCharacters: countsCharacters) > maximumLength)
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
      findings.addWords(words, asUnknown: index > 0, threads: threads)
      problems += findings.problems(name)
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

/// The shapes of pairs, and what was learnt of their words on the way.
private struct WordsSeen {
  var shapes: [PairShape] = []
  var guess = LanguageGuess()
  var sources = WordSet()
  var targets = WordSet()

  /// Looks at all pairs of a corpus, each thread at its share.
  static func all(in corpus: ParallelCorpus, threads: Int) -> WordsSeen {
    Parallel.reduce(
      into: WordsSeen(), parts: threads, threads: threads, state: {},
      part: { _, part in
        var seen = WordsSeen()
        let pairs = (corpus.count * part / threads)..<(corpus.count * (part + 1) / threads)
        seen.shapes = PairShape.all(of: pairs, in: corpus) { side, word in
          switch side {
          case .source:
            seen.guess.addSource(word)
            seen.sources.insert(word)
          case .target:
            seen.guess.addTarget(word)
            seen.targets.insert(word)
          }
        }
        return seen
      },
      join: { all, seen in
        all.shapes += seen.shapes
        all.guess.add(seen.guess)
        all.sources.formUnion(seen.sources)
        all.targets.formUnion(seen.targets)
      })
  }
}

/// What is found in one part.
private struct Findings {
  private let corpus: ParallelCorpus
  private var findings: [CorpusProblem.Kind: CorpusFinding] = [:]
  /// Words looked at.
  private var words = 0

  /// Pairs that a thread looks at, at a time.
  private static let share = 8192

  init(_ corpus: ParallelCorpus) { self.corpus = corpus }

  /// Adds what was found when the files were read.
  mutating func addFiles() {
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

  /// Looks at the words again, now that all of training's are known.
  mutating func addWords(_ seen: WordsSeen, asUnknown: Bool, threads: Int) {
    let corpus = corpus
    self = Parallel.reduce(
      into: self, parts: (corpus.count + Self.share - 1) / Self.share, threads: threads,
      state: {},
      part: { _, part in
        var found = Findings(corpus)
        let start = part * Self.share
        found.addWords(
          of: start..<min(start + Self.share, corpus.count), seen, asUnknown: asUnknown)
        return found
      },
      join: { $0.add($1) })
  }

  /// Adds what was found in later pairs.
  private mutating func add(_ other: Findings) {
    words += other.words
    for (kind, finding) in other.findings {
      findings[kind, default: CorpusFinding()].add(finding)
    }
  }

  private mutating func addWords(of pairs: Range<Int>, _ seen: WordsSeen, asUnknown: Bool) {
    for pair in pairs {
      var votes: (source: Float, target: Float) = (0, 0)
      var unknown = 0
      let source = LineShape(corpus.sources.bytes, corpus.sources.range(at: pair)) { word in
        let isKnown = seen.sources.contains(word)
        if isKnown || seen.targets.contains(word) { votes.source += seen.guess.vote(word) }
        if asUnknown, !isKnown { unknown += 1 }
      }
      let target = LineShape(corpus.targets.bytes, corpus.targets.range(at: pair)) { word in
        let isKnown = seen.targets.contains(word)
        if isKnown || seen.sources.contains(word) { votes.target += seen.guess.vote(word) }
        if asUnknown, !isKnown { unknown += 1 }
      }
      words += source.words + target.words
      add(.swapped, pair, if: LanguageGuess.isExchanged(source: votes.source, target: votes.target))
      for _ in 0..<unknown { add(.unknownWords, pair, if: true) }
    }
  }

  func problems(_ part: String) -> [CorpusProblem] {
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

/// What is found in one part.
struct CorpusFindings {
  private let corpus: ParallelCorpus
  private var findings: [CorpusProblem.Kind: CorpusFinding] = [:]
  /// Words looked at.
  private var words = 0
  /// Pairs with a number on a side.
  private var numbered = 0

  /// Pairs that a thread looks at, at a time.
  private static let share = 8192

  init(_ corpus: ParallelCorpus) { self.corpus = corpus }

  /// Adds what was found when the files were read.
  mutating func addFiles() {
    for summary in corpus.summary {
      for (reason, finding) in summary.skips {
        findings[reason, default: CorpusFinding()].add(finding)
      }
      for (kind, finding) in summary.notes {
        findings[kind, default: CorpusFinding()].add(finding)
      }
      findings[.byteOrderMark, default: CorpusFinding()].add(summary.byteOrderMarks)
      findings[.carriageReturn, default: CorpusFinding()].add(summary.carriageReturns)
    }
  }

  mutating func add(_ kind: CorpusProblem.Kind, _ pair: Int, if isFound: Bool) {
    if isFound { findings[kind, default: CorpusFinding()].add(corpus.place(of: pair)) }
  }

  /// Looks at the words again, now that all of training's are known.
  mutating func addWords(_ search: WordSearch, threads: Int) {
    let corpus = corpus
    self = Parallel.reduce(
      into: self, parts: (corpus.count + Self.share - 1) / Self.share, threads: threads,
      state: {},
      part: { _, part in
        var found = CorpusFindings(corpus)
        let start = part * Self.share
        found.addWords(of: start..<min(start + Self.share, corpus.count), search)
        return found
      },
      join: { $0.add($1) })
  }

  /// Adds what was found in later pairs.
  private mutating func add(_ other: CorpusFindings) {
    words += other.words
    numbered += other.numbered
    for (kind, finding) in other.findings {
      findings[kind, default: CorpusFinding()].add(finding)
    }
  }

  private mutating func addWords(of pairs: Range<Int>, _ search: WordSearch) {
    let seen = search.seen
    let isCounted = (!search.countsCharacters.source, !search.countsCharacters.target)
    for pair in pairs {
      var votes: (source: Float, target: Float) = (0, 0)
      var unknown = 0
      let source = LineShape(canonical: corpus.sources, pair) { word in
        let isKnown = seen.sources.contains(word)
        if isKnown || seen.targets.contains(word) { votes.source += seen.guess.vote(word) }
        if search.countsUnknown, isCounted.0, !isKnown { unknown += 1 }
      }
      let target = LineShape(canonical: corpus.targets, pair) { word in
        let isKnown = seen.targets.contains(word)
        if isKnown || seen.sources.contains(word) { votes.target += seen.guess.vote(word) }
        if search.countsUnknown, isCounted.1, !isKnown { unknown += 1 }
      }
      words += (isCounted.0 ? source.words : 0) + (isCounted.1 ? target.words : 0)
      add(
        .invisible, pair,
        if: corpus.sources.hasInvisible(at: pair) || corpus.targets.hasInvisible(at: pair))
      let isSwapped =
        LanguageGuess.isExchanged(source: votes.source, target: votes.target)
        || search.scripts.areExchanged(pair, in: corpus)
      add(.swapped, pair, if: isSwapped)
      addContents(pair, search.scripts, isSwapped: isSwapped)
      for _ in 0..<unknown { add(.unknownWords, pair, if: true) }
    }
  }

  /// Looks at what a pair holds besides its words, and at how it is written.
  private mutating func addContents(_ pair: Int, _ scripts: ExpectedScripts, isSwapped: Bool) {
    let lines = (corpus.sources, corpus.targets)
    let source = lines.0.bytes.span.extracting(lines.0.range(at: pair))
    let target = lines.1.bytes.span.extracting(lines.1.range(at: pair))
    let marks = (LineMarks(source), LineMarks(target))
    let both = marks.0.union(marks.1)
    if !both.isDisjoint(with: .contents) {
      let contents = PairContents(lines.0.utf8(at: pair), lines.1.utf8(at: pair))
      if contents.hasNumbers { numbered += 1 }
      for (kind, excerpt) in contents.findings { add(kind, pair, excerpt) }
    }
    let twice =
      (marks.0.contains(.beyondASCII) ? DoubleDecoding(in: source) : nil)
      ?? (marks.1.contains(.beyondASCII) ? DoubleDecoding(in: target) : nil)
    if let twice { add(.decodedTwice, pair, twice.excerpt) }
    guard !isSwapped, twice == nil else { return }
    if let script = scripts.foreign(source, marks.0, target, marks.1) {
      add(.otherScript, pair, script.rawValue)
    }
  }

  private mutating func add(_ kind: CorpusProblem.Kind, _ pair: Int, _ excerpt: String) {
    findings[kind, default: CorpusFinding()].add(corpus.place(of: pair), excerpt: excerpt)
  }

  /// Whether numbers differ nearly everywhere: the corpus writes them out, for instance.
  private var numbersDiffer: Bool {
    let count = findings[.numbers]?.count ?? 0
    return count >= 20 && 2 * count > numbered && 5 * numbered > corpus.count
  }

  func problems(_ part: String) -> [CorpusProblem] {
    CorpusProblem.Kind.allCases.compactMap { kind in
      guard let finding = findings[kind], finding.count > 0 else { return nil }
      if kind == .numbers, numbersDiffer { return nil }
      let files = corpus.summary
      let total =
        switch kind {
        case .unknownWords: words
        case .byteOrderMark, .charset: files.reduce(0) { $0 + $1.file.paths.count }
        case .otherColumns: files.reduce(0) { $0 + ($1.columns?.rows ?? 0) }
        case .carriageReturn, .unevenColumns:
          files.reduce(0) { $0 + $1.lines * $1.file.paths.count }
        case _ where kind.isSkipped:
          files.reduce(0) { $0 + $1.pairs + $1.skipped }
        default: corpus.count
        }
      return CorpusProblem(kind: kind, part: part, finding: finding, total: total)
    }
  }
}

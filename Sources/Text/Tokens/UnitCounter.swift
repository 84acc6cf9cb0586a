/// Counts what a tokenizer makes of a text: tokens of `word` and `character`, stretches of `bpe`.
///
/// Words are counted first, and each distinct one is cut once: a million sentences hold some ten million
/// words, but only some hundred thousand distinct ones.
struct UnitCounter: Sendable {
  private let kind: TokenizerKind
  private var words = TokenCounts()
  /// Words that end a line, where those are written in other ways too.
  private var lastWords = TokenCounts()
  private let variants: [SourceVariant]
  private var edges: [WordEdges] = []
  private var units = TokenCounts()
  /// How often a space was a token.
  private var spaces = 0
  private var scratch = TextLines()

  /// The counts of all units of texts, each in its form, whatever `threads` is; only their numbering depends on it.
  ///
  /// What only a variant of a line has is counted as often as the line, once for all variants; the rest is not counted
  /// again.
  ///
  /// - Parameter variants: the ways of writing the lines of the first text, besides the one it has.
  static func counts(
    of texts: [(lines: TextLines, normalizer: TextNormalizer)], _ tokenizer: TokenizerKind,
    variants: [SourceVariant] = [], threads: Int
  ) -> TokenCounts {
    Parallel.reduce(
      into: TokenCounts(), parts: threads, threads: threads, state: {},
      part: { _, part in
        var all = TokenCounts()
        for (number, (text, normalizer)) in texts.enumerated() {
          var counter = UnitCounter(tokenizer, variants: number == 0 ? variants : [])
          for index in (text.count * part / threads)..<(text.count * (part + 1) / threads) {
            counter.add(text.bytes.span.extracting(text.range(at: index)), normalizer)
          }
          let counts = counter.finished()
          if all.count == 0 { all = counts } else { all.add(counts) }
        }
        return all
      },
      join: { all, counts in if all.count == 0 { all = counts } else { all.add(counts) } })
  }

  private init(_ kind: TokenizerKind, variants: [SourceVariant]) {
    (self.kind, self.variants) = (kind, variants)
  }

  private mutating func add(_ line: Span<UInt8>, _ normalizer: TextNormalizer) {
    var previous: WordEdges?
    var last: [UInt8] = []
    normalizer.forEachWord(of: line) { word in
      if variants.contains(.noFinalPunctuation) { last = [UInt8](copying: word) }
      if words.table.strings.bytes.count > StringTable.enough { addUnits() }
      let number = words.add(word)
      if number == edges.count { edges.append(kind.edges(of: [UInt8](copying: word))) }
      if let previous, previous.wantsSpace(before: edges[number]) { spaces += 1 }
      previous = edges[number]
    }
    if !last.isEmpty { lastWords.add(last.span) }
  }

  private mutating func finished() -> TokenCounts {
    addUnits()
    let space = WordMarks.space
    if spaces > 0 { units.add(space.span, times: spaces) }
    return units
  }

  /// Counts the units of all words counted so far, and forgets the words.
  private mutating func addUnits() {
    for number in 0..<words.count {
      scratch.removeAll()
      kind.cut(Array(words.utf8(at: number)), into: &scratch)
      for unit in scratch.indices {
        let bytes = scratch.utf8(at: unit)
        units.add(bytes.span, times: words.counts[number])
      }
      if hasLowercase { add(words, number, [[.lowercase]], besides: [[]]) }
    }
    let counted: [[SourceVariant]] = hasLowercase ? [[], [.lowercase]] : [[]]
    for number in 0..<lastWords.count {
      add(lastWords, number, counted.map { $0 + [.noFinalPunctuation] }, besides: counted)
    }
    (words, lastWords, edges) = (TokenCounts(), TokenCounts(), [])
  }

  private var hasLowercase: Bool { variants.contains(.lowercase) }

  /// Counts the units that a word has only in some ways of writing it, and not in others.
  private mutating func add(
    _ words: TokenCounts, _ number: Int, _ ways: [[SourceVariant]],
    besides others: [[SourceVariant]]
  ) {
    var known: Set<[UInt8]> = []
    for (place, way) in (others + ways).enumerated() {
      scratch.removeAll()
      kind.cut(way.written(words.utf8(at: number).span), into: &scratch)
      for unit in scratch.indices {
        let bytes = Array(scratch.utf8(at: unit))
        let isNew = known.insert(bytes).inserted
        if isNew, place >= others.count { units.add(bytes.span, times: words.counts[number]) }
      }
    }
  }
}

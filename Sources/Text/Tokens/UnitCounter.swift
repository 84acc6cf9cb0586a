/// Counts what a tokenizer makes of a text: tokens of `word` and `character`, stretches of `bpe`.
///
/// Words are counted first, and each distinct one is cut once: a million sentences hold some ten million
/// words, but only some hundred thousand distinct ones.
struct UnitCounter: Sendable {
  private let kind: TokenizerKind
  private let lowercase: Bool
  private var words = TokenCounts()
  private var edges: [WordEdges] = []
  private var units = TokenCounts()
  /// How often a space was a token.
  private var spaces = 0
  private var scratch = TextLines()

  /// The counts of all units of texts, whatever `threads` is; only their numbering depends on it.
  static func counts(
    of texts: [TextLines], _ tokenizer: TokenizerKind, lowercase: Bool, threads: Int
  ) -> TokenCounts {
    Parallel.reduce(
      into: TokenCounts(), parts: threads, threads: threads, state: {},
      part: { _, part in
        var counter = UnitCounter(tokenizer, lowercase: lowercase)
        for text in texts {
          for index in (text.count * part / threads)..<(text.count * (part + 1) / threads) {
            counter.add(text.bytes.span.extracting(text.range(at: index)))
          }
        }
        return counter.finished()
      },
      join: { all, counts in if all.count == 0 { all = counts } else { all.add(counts) } })
  }

  private init(_ kind: TokenizerKind, lowercase: Bool) {
    self.kind = kind
    self.lowercase = lowercase
  }

  private mutating func add(_ line: Span<UInt8>) {
    var previous: WordEdges?
    forEachWord(of: line, lowercase: lowercase) { word in
      if words.table.strings.bytes.count > StringTable.enough { addUnits() }
      let number = words.add(word)
      if number == edges.count { edges.append(kind.edges(of: [UInt8](copying: word))) }
      if let previous, previous.wantsSpace(before: edges[number]) { spaces += 1 }
      previous = edges[number]
    }
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
    }
    (words, edges) = (TokenCounts(), [])
  }
}

import Testing

@testable import DragomanText

@Suite struct `A split by classes` {
  private func split(
    _ examples: [(String, Int)]
  ) -> (split: StratifiedSplit, corpus: ParallelCorpus) {
    let corpus = ParallelCorpus(
      examples.map { SentencePair(source: $0.0, target: "class \($0.1)") })
    return (StratifiedSplit(corpus, classes: examples.map(\.1)), corpus)
  }

  @Test func `holds out the same share of each`() {
    let (split, _) = split((0..<400).map { ("text \($0)", $0 % 8 == 0 ? 1 : 0) })
    for part in [split.validation, split.test] {
      #expect(part.count == 40 && part.count { $0 % 8 == 0 } == 5)
    }
    let all = split.train + split.validation + split.test
    #expect(all.sorted() == Array(0..<400) && split.undivided == 0)
  }

  @Test func `keeps equal sources in one part, in whatever order lines stand`() {
    let examples = (0..<300).map { ("text \($0 % 100)", $0 % 2) }
    let (one, corpus) = split(examples)
    let (other, turned) = split(examples.reversed())
    func sources(_ part: [Int], _ corpus: ParallelCorpus) -> Set<String> {
      Set(part.map { corpus.sources[$0] })
    }
    let parts = [one.train, one.validation, one.test].map { sources($0, corpus) }
    #expect(parts[0].isDisjoint(with: parts[1]) && parts[1].isDisjoint(with: parts[2]))
    #expect(parts == [other.train, other.validation, other.test].map { sources($0, turned) })
  }

  @Test
  func `takes two spellings of a letter for one, and a source of two classes for one of the first`()
  {
    // Each source three times: composed, decomposed, and with another class.
    let examples = (0..<120).flatMap { number in
      [("caf\u{E9} \(number)", 1), ("cafe\u{301} \(number)", 1), ("caf\u{E9} \(number)", 0)]
    }
    let (one, corpus) = split(examples)
    let (other, turned) = split(examples.reversed())
    // Strings are equal where they are canonically equivalent.
    let parts = [one.train, one.validation, one.test].map { Set($0.map { corpus.sources[$0] }) }
    #expect(parts.reduce(0) { $0 + $1.count } == 120 && parts.allSatisfy { !$0.isEmpty })
    let same = [other.train, other.validation, other.test].map {
      Set($0.map { turned.sources[$0] })
    }
    #expect(parts == same)
  }

  @Test func `learns from rare classes, and holds out one of three`() {
    let (split, _) = split(
      (0..<40).map { ("text \($0)", 0) } + [("x", 1), ("y", 1), ("x", 1)]
        + [("p", 2), ("q", 2), ("r", 2)])
    #expect(split.undivided == 1)
    #expect(Set(40...42).isSubset(of: split.train))
    for part in [split.train, split.validation, split.test] {
      #expect(part.count { $0 > 42 } == 1)
    }
    #expect(StratifiedSplit(ParallelCorpus(), classes: []).train.isEmpty)
  }
}

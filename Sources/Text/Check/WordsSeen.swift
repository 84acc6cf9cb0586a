/// The shapes of pairs, and what was learnt of their words on the way.
struct WordsSeen {
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

/// What to look for in the words of a part.
struct WordSearch {
  let seen: WordsSeen
  let scripts: ExpectedScripts
  /// Whether words that training has not are counted.
  let countsUnknown: Bool
  /// Sides that are read letter by letter, whose words do not matter.
  let countsCharacters: (source: Bool, target: Bool)
}

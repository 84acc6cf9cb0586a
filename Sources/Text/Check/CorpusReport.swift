/// What the data of a run look like, and what in them a person should know of before training.
///
/// - Complexity: two passes over the text; 40 bytes for each pair, and for each training pair its hashes in two tables.
///   No text is kept.
package struct CorpusReport: Sendable, Equatable {
  /// What is in each part of the data.
  package private(set) var parts: [CorpusPart] = []
  /// What was found, part by part.
  package private(set) var problems: [CorpusProblem] = []

  /// Looks at the parts of the data, of which the first is trained on and the others are compared with it.
  ///
  /// - Parameters:
  ///   - corpora: the parts and their names.
  ///   - maximumLength: words, or characters, above which training skips a pair.
  ///   - countsCharacters: whether the length of each side is that in characters.
  ///   - threads: threads that look; the result does not depend on it.
  package init(
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
    let scripts = ExpectedScripts(corpora.first?.corpus ?? ParallelCorpus())
    for (index, (name, corpus)) in corpora.enumerated() {
      var findings = CorpusFindings(corpus)
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
      findings.addWords(
        WordSearch(
          seen: words, scripts: scripts, countsUnknown: index > 0,
          countsCharacters: countsCharacters),
        threads: threads)
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

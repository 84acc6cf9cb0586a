/// TER: how many edits turn the translations into the references, per hundred words of the references.
///
/// Edits are insertions, deletions and substitutions of words, and moves of blocks of words. Moves are found
/// greedily, the best first, as long as they save edits (`ShiftSearch`). Of several references the nearest
/// counts, against their mean length. The lower the better; it may exceed 100.
///
/// Snover et al. 2006 (https://aclanthology.org/2006.amta-papers.25), with the details of the authors' tool
/// Tercom. Figures are those of sacreBLEU 2 with its usual settings.
package struct TER: Metric {
  /// Whether case counts.
  package var caseSensitive: Bool

  /// The metric.
  package init(caseSensitive: Bool = false) { self.caseSensitive = caseSensitive }

  /// `TER`.
  package var name: String { "TER" }
  /// Fewer edits are better.
  package var isHigherBetter: Bool { false }

  /// Case, tokenizer, normalisation, punctuation, Asian support.
  package var settings: [(key: String, value: String)] {
    [
      ("case", caseSensitive ? "mixed" : "lc"), ("tok", "tercom"), ("norm", "no"), ("punct", "yes"),
      ("asian", "no"),
    ]
  }

  /// Edits, and the mean length of the references.
  package func figures(of sums: [Double]) -> [(name: String, figure: MetricFigure)] {
    [("edits", .count(Int(sums[0]))), ("words", .number(sums[1]))]
  }

  /// The edits to the nearest reference, and the references' mean length.
  package func statistics(of hypothesis: String, references: [String]) -> [Double] {
    var numbers = WordNumbers()
    let words = numbers.numbers(of: self.words(of: hypothesis))
    var (edits, length) = (Int.max, 0)
    for reference in references {
      let referenceWords = numbers.numbers(of: self.words(of: reference))
      length += referenceWords.count
      edits = min(edits, Self.edits(from: words, to: referenceWords))
    }
    return [Double(edits), Double(length) / Double(references.count)]
  }

  /// Edits per word of the references.
  package func score(of sums: [Double]) -> Double {
    if sums[1] > 0 { return 100 * (sums[0] / sums[1]) }
    return sums[0] > 0 ? 100 : 0
  }

  private func words(of text: String) -> [Scalars] {
    let scalars = Scalars(text).withoutTrailingSpace
    return (caseSensitive ? scalars : scalars.lowercased).words
  }

  private static func edits(from hypothesis: [UInt32], to reference: [UInt32]) -> Int {
    if reference.isEmpty { return hypothesis.count }
    var search = ShiftSearch(to: reference)
    var words = hypothesis
    var shifts = 0
    while let shift = search.bestShift(of: words), shift.saving > 0,
      search.trials < ShiftSearch.maximumTrials
    {
      words = shift.words
      shifts += 1
    }
    return shifts + search.distance(of: words)
  }
}

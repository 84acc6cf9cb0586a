/// Word or character error rate: how many edits turn the texts into the references, in percent of their length.
///
///     rate = 100 · Σ edits / Σ length of the reference
///
/// Edits are insertions, deletions and substitutions, as few as there can be; nothing is moved, unlike in
/// ``TER``. Both sums run over the corpus, so that a long segment counts more than a short one. Of several
/// references the one that needs the fewest edits counts, with its own length, and the longest of those. The lower the
/// better; the rate may exceed 100. Without a reference's length it is 0 if nothing was written, and 100 otherwise.
///
/// Words stand between white space, and punctuation stays where it is. Characters are Unicode scalars, white
/// space between words included and that at both ends not; so a decomposed "é" is two.
///
/// The definition is that of speech recognition: Jurafsky and Martin, "Speech and Language Processing",
/// section "Evaluation: Word Error Rate" (https://web.stanford.edu/~jurafsky/slp3/).
package struct ErrorRate: Metric {
  /// What is counted.
  package enum Unit: String, CaseIterable, Sendable {
    /// Words, between white space.
    case word
    /// Unicode scalars.
    case character
  }

  /// What is counted.
  package var unit: Unit
  /// Whether case is ignored.
  package var lowercase: Bool

  /// The metric.
  package init(_ unit: Unit, lowercase: Bool = false) {
    self.unit = unit
    self.lowercase = lowercase
  }

  /// `WER` or `CER`.
  package var name: String { unit == .word ? "WER" : "CER" }
  /// Fewer edits are better.
  package var isHigherBetter: Bool { false }
  /// Case, and how text is cut.
  package var settings: [(key: String, value: String)] {
    [("case", lowercase ? "lc" : "mixed"), ("tok", unit == .word ? "none" : "char")]
  }

  /// The edits to the nearest reference, and its length.
  package func statistics(of hypothesis: String, references: [String]) -> [Double] {
    var numbers = WordNumbers()
    func items(_ text: String) -> [UInt32] {
      let scalars = lowercase ? Scalars(text).lowercased : Scalars(text)
      return unit == .word ? numbers.numbers(of: scalars.words) : scalars.withoutOuterSpace
    }
    let found = items(hypothesis)
    var (edits, length) = (Int.max, 0)
    for reference in references {
      let expected = items(reference)
      let distance = editDistance(found, expected)
      if (distance, -expected.count) < (edits, -length) {
        (edits, length) = (distance, expected.count)
      }
    }
    return [Double(edits), Double(length)]
  }

  /// Edits per item of the references, in percent.
  package func score(of sums: [Double]) -> Double {
    if sums[1] > 0 { return 100 * sums[0] / sums[1] }
    return sums[0] > 0 ? 100 : 0
  }

  /// For example `(edits = 3 words = 41)`.
  package func details(of sums: [Double]) -> String {
    "(edits = \(Int(sums[0])) \(unit.rawValue)s = \(Int(sums[1])))"
  }

  /// The same in numbers.
  package func figures(of sums: [Double]) -> [(name: String, figure: MetricFigure)] {
    [("edits", .count(Int(sums[0]))), ("\(unit.rawValue)s", .count(Int(sums[1])))]
  }
}

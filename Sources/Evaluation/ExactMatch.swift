/// The share of translations that equal a reference, in percent.
///
/// The figure for tasks with one right answer: dates, numbers, phones. Compared scalar by scalar; white
/// space at the ends does not count.
package struct ExactMatch: Metric {
  /// Whether case is ignored.
  package var lowercase: Bool

  /// The metric.
  package init(lowercase: Bool = false) { self.lowercase = lowercase }

  /// `exact`.
  package var name: String { "exact" }
  /// More matches are better.
  package var isHigherBetter: Bool { true }
  /// Case.
  package var settings: [(key: String, value: String)] { [("case", lowercase ? "lc" : "mixed")] }

  /// One segment, and whether it matches.
  package func statistics(of hypothesis: String, references: [String]) -> [Double] {
    let text = normalized(hypothesis)
    return [1, references.contains { normalized($0) == text } ? 1 : 0]
  }

  /// Matches per segment.
  package func score(of sums: [Double]) -> Double { sums[0] > 0 ? 100 * sums[1] / sums[0] : 0 }

  /// For example `(34 of 50)`.
  package func details(of sums: [Double]) -> String { "(\(Int(sums[1])) of \(Int(sums[0])))" }

  /// The same in numbers.
  package func figures(of sums: [Double]) -> [(name: String, figure: MetricFigure)] {
    [("equal", .count(Int(sums[1]))), ("segments", .count(Int(sums[0])))]
  }

  private func normalized(_ text: String) -> Scalars {
    let scalars = Scalars(text)
    return (lowercase ? scalars.lowercased : scalars).withoutOuterSpace
  }
}

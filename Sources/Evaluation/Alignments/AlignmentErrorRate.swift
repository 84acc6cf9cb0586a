/// How far alignments of words are from given ones, in percent.
///
///     AER = 1 − (|A ∩ S| + |A ∩ P|) / (|A| + |S|)
///
/// A are the links found, S the sure ones that were to be found, and P the sure and the possible ones. "Translations"
/// and references are lines of ``WordLinks``; of a line found, sure and possible links count alike. The figure needs
/// all of S, and an aligner that gives each target word one link cannot find two sure ones of a word.
///
/// Och and Ney 2003, section 5 (https://aclanthology.org/J03-1002).
package struct AlignmentErrorRate: Metric {
  /// The metric.
  package init() {}

  /// `AER`.
  package var name: String { "AER" }
  /// Fewer errors are better.
  package var isHigherBetter: Bool { false }
  /// There are none.
  package var settings: [(key: String, value: String)] { [] }

  /// |A|, |S|, |A ∩ S| and |A ∩ P| of a line, with the reference that it is nearest to.
  package func statistics(of hypothesis: String, references: [String]) -> [Double] {
    let found = WordLinks(hypothesis)?.possible ?? []
    let all = references.map { line -> [Double] in
      let links = WordLinks(line)
      let (sure, possible) = (links?.sure ?? [], links?.possible ?? [])
      return [
        Double(found.count), Double(sure.count), Double(found.intersection(sure).count),
        Double(found.intersection(possible).count),
      ]
    }
    return all.min { score(of: $0) < score(of: $1) } ?? [Double(found.count), 0, 0, 0]
  }

  /// The error rate; 0 where there was nothing to find and nothing was found.
  package func score(of sums: [Double]) -> Double {
    let count = sums[0] + sums[1]
    return count > 0 ? 100 * (1 - (sums[2] + sums[3]) / count) : 0
  }

  /// For example `(precision = 97.1 recall = 93.0 links = 3021 sure = 2200)`.
  package func details(of sums: [Double]) -> String {
    "(precision = \(decimal(100 * Self.precision(sums), 1)) recall = \(decimal(100 * Self.recall(sums), 1)) "
      + "links = \(Int(sums[0])) sure = \(Int(sums[1])))"
  }

  /// The same in numbers, precision and recall from 0 to 1.
  package func figures(of sums: [Double]) -> [(name: String, figure: MetricFigure)] {
    [
      ("precision", .number(Self.precision(sums))), ("recall", .number(Self.recall(sums))),
      ("links", .count(Int(sums[0]))), ("sure", .count(Int(sums[1]))),
    ]
  }

  /// The share of the links found that are sure or possible; 1 of none.
  private static func precision(_ sums: [Double]) -> Double {
    sums[0] > 0 ? sums[3] / sums[0] : 1
  }

  /// The share of the sure links that were found; 1 of none.
  private static func recall(_ sums: [Double]) -> Double { sums[1] > 0 ? sums[2] / sums[1] : 1 }
}

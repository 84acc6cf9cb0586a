/// How far a figure is to be trusted: what it is for 95 % of test sets that are drawn from this one.
///
/// The segments are drawn again, with replacement, many times, and scored. The interval leaves out the lowest and the
/// highest 2.5 % of the figures. It tells of chance in the choice of the segments alone: neither of another domain nor
/// of another training.
///
/// Koehn 2004, section 3 (https://aclanthology.org/W04-3250); Efron 1979 for the method.
///
/// - Complexity: O(draws × segments) sums of a few numbers each; no text is looked at again.
package struct BootstrapInterval: Sendable, Equatable {
  /// Segments from which on the figure of a corpus is given without an interval, unless somebody asks for it.
  package static let enough = 2000
  /// How often segments are drawn.
  package static let draws = 1000
  /// The share of the draws that lies within, in per cent.
  package static let percent = 95

  /// Its lower end.
  package let lower: Double
  /// Its upper end.
  package let upper: Double

  /// An interval that is known.
  package init(lower: Double, upper: Double) { (self.lower, self.upper) = (lower, upper) }

  /// The interval of a metric's figure; `nil` of less than two segments, which tell nothing of chance.
  ///
  /// - Parameters:
  ///   - statistics: the numbers of each segment, as `Metric.statistics(of:references:)` gives them.
  ///   - metric: what is computed from their sums.
  ///   - draws: how often segments are drawn.
  ///   - random: where the draws come from.
  package init?(
    _ statistics: [[Double]], metric: some Metric, draws: Int = Self.draws,
    using random: inout some RandomNumberGenerator
  ) {
    guard statistics.count > 1, draws > 0 else { return nil }
    let table = SegmentTable(statistics)
    self.init(
      of: (0..<draws).map { _ in
        metric.score(of: table.sums(of: drawnSegments(of: statistics.count, using: &random)))
      })
  }

  /// The interval of figures that were drawn.
  init(of figures: [Double]) {
    let sorted = figures.sorted()
    let outside = sorted.count / 40
    (lower, upper) = (sorted[outside], sorted[sorted.count - outside - 1])
  }
}

extension BootstrapInterval: CustomStringConvertible {
  /// For example `35.10–40.92`.
  package var description: String { text(decimals: 2) }

  /// The same with another number of decimals.
  package func text(decimals: Int) -> String {
    "\(decimal(lower, decimals))–\(decimal(upper, decimals))"
  }
}

/// Whether one system is better than another, or only luckier with these segments.
///
/// The segments are drawn again, with replacement, many times; both systems are scored on the same draws.
/// `pValue` is the share of draws whose difference departs from the mean difference by more than the difference
/// found, one added to both counts; that of a system against itself is therefore the smallest there is.
///
/// Koehn 2004 (https://aclanthology.org/W04-3250), in the form of Moses' script
/// `bootstrap-hypothesis-difference-significance.pl`, as in sacreBLEU's `--paired-bs`.
package struct PairedBootstrap: Sendable, Equatable {
  /// The baseline's figure.
  package let baseline: Double
  /// The system's figure.
  package let system: Double
  /// How probable a difference as great as this would be between equals.
  package let pValue: Double
  /// The mean of the system's figures over the draws.
  package let mean: Double
  /// Half the width of the interval that holds 95 % of them.
  package let interval: Double

  /// Compares two systems.
  ///
  /// - Parameters:
  ///   - system: the translations of the system in question.
  ///   - baseline: the translations of the system it is compared with.
  ///   - references: sets of references, as for ``Metric/score(hypotheses:references:)``.
  ///   - metric: what is compared.
  ///   - samples: the number of draws; 1000 resolves p-values of a per mille.
  ///   - random: where the draws come from.
  package init(
    _ system: [String], baseline: [String], references: [[String]], metric: some Metric,
    samples: Int = 1000, using random: inout some RandomNumberGenerator
  ) {
    precondition(samples >= 1 && !system.isEmpty, "\(samples) samples of \(system.count) segments")
    let count = UInt64(system.count)
    self.init(
      system, baseline: baseline, references: references, metric: metric, samples: samples
    ) { _ in
      (0..<system.count).map { _ in Int(random.next().multipliedFullWidth(by: count).high) }
    }
  }

  /// The same with draws that `draw` gives by their numbers, one at a time.
  init(
    _ system: [String], baseline: [String], references: [[String]], metric: some Metric,
    samples: Int, draw: (Int) -> [Int]
  ) {
    precondition(
      system.count == baseline.count, "\(system.count) and \(baseline.count) translations")
    let tables = (
      Table(metric.statistics(of: system, references: references)),
      Table(metric.statistics(of: baseline, references: references))
    )
    self.system = metric.score(of: tables.0.sums(of: Array(system.indices)))
    self.baseline = metric.score(of: tables.1.sums(of: Array(system.indices)))
    let found = abs(self.system - self.baseline)
    var (scores, differences): ([Double], [Double]) = ([], [])
    for number in 0..<samples {
      let drawn = draw(number)
      let score = metric.score(of: tables.0.sums(of: drawn))
      scores.append(score)
      differences.append(abs(score - metric.score(of: tables.1.sums(of: drawn))))
    }
    let meanDifference = differences.reduce(0, +) / Double(differences.count)
    let greater = differences.count { $0 - meanDifference > found }
    pValue = Double(greater + 1) / Double(differences.count + 1)
    mean = scores.reduce(0, +) / Double(scores.count)
    let sorted = scores.sorted()
    let outside = sorted.count / 40
    interval = (sorted[sorted.count - outside - 1] - sorted[outside]) / 2
  }
}

/// The numbers of all segments, in one piece of memory.
private struct Table {
  private let width: Int
  private let values: [Double]

  init(_ rows: [[Double]]) {
    width = rows.first?.count ?? 0
    values = rows.flatMap(\.self)
  }

  /// The sums over some rows.
  func sums(of rows: [Int]) -> [Double] {
    var sums = [Double](repeating: 0, count: width)
    for row in rows {
      for column in 0..<width { sums[column] += values[row * width + column] }
    }
    return sums
  }
}

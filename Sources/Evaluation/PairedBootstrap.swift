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
  ///   - references: sets of references, as for `Metric.score`.
  ///   - metric: what is compared.
  ///   - samples: the number of draws; 1000 resolves p-values of a per mille.
  ///   - random: where the draws come from.
  package init(
    _ system: [String], baseline: [String], references: [[String]], metric: some Metric,
    samples: Int = 1000, using random: inout some RandomNumberGenerator
  ) {
    let references = References(sets: references)
    self.init(
      metric.statistics(of: system, references: references),
      baseline: metric.statistics(of: baseline, references: references), metric: metric,
      samples: samples, using: &random)
  }

  /// Compares two systems by the numbers of each segment, as `Metric.statistics(of:references:)` gives them.
  package init(
    _ system: [[Double]], baseline: [[Double]], metric: some Metric,
    samples: Int = BootstrapInterval.draws, using random: inout some RandomNumberGenerator
  ) {
    precondition(samples >= 1 && !system.isEmpty, "\(samples) samples of \(system.count) segments")
    self.init(system, baseline: baseline, metric: metric, samples: samples) { _ in
      drawnSegments(of: system.count, using: &random)
    }
  }

  /// The same with draws that `draw` gives by their numbers, one at a time.
  init(
    _ system: [[Double]], baseline: [[Double]], metric: some Metric, samples: Int,
    draw: (Int) -> [Int]
  ) {
    precondition(
      system.count == baseline.count, "\(system.count) and \(baseline.count) translations")
    let tables = (SegmentTable(system), SegmentTable(baseline))
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
    let middle = BootstrapInterval(of: scores)
    interval = (middle.upper - middle.lower) / 2
  }
}

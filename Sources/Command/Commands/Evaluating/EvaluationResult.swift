import DragomanEvaluation
import DragomanFormats
import DragomanTensor
import DragomanTraining

/// A metric's figure with its interval, and how it stands beside that of another system.
struct EvaluationResult {
  private let kind: MetricKind
  private let score: CorpusScore
  private let segments: Int
  private let interval: BootstrapInterval?
  private let comparison: (name: String, PairedBootstrap)?

  /// Scores translations.
  ///
  /// - Parameters:
  ///   - kind: what is computed, by its name.
  ///   - metric: the same with its settings.
  ///   - judged: the translations and their references.
  ///   - other: the same of another system, and what it is called.
  init(
    _ kind: MetricKind, _ metric: any Metric, of judged: JudgedTexts,
    beside other: (name: String, judged: JudgedTexts)?
  ) {
    func statistics(_ judged: JudgedTexts, _ metric: some Metric) -> [[Double]] {
      metric.statistics(of: judged.hypotheses, references: judged.references)
    }
    func compute(_ metric: some Metric) -> Self {
      let own = statistics(judged, metric)
      let comparison = other.map { other in
        // Equal draws for every metric, and in every run.
        var random = Random.bootstrap
        return (
          other.name,
          PairedBootstrap(
            own, baseline: statistics(other.judged, metric), metric: metric, using: &random)
        )
      }
      return Self(
        kind, metric.score(own, judged.references), segments: own.count,
        // Where systems are compared, how sure one of them is belongs to it.
        other == nil
          ? BootstrapInterval(ofFew: own, metric: metric)
          : BootstrapInterval(of: own, metric: metric), comparison)
    }
    self = compute(metric)
  }

  private init(
    _ kind: MetricKind, _ score: CorpusScore, segments: Int, _ interval: BootstrapInterval?,
    _ comparison: (name: String, PairedBootstrap)?
  ) {
    (self.kind, self.score, self.segments) = (kind, score, segments)
    (self.interval, self.comparison) = (interval, comparison)
  }

  /// The figure, and indented below it what makes it one to be careful with.
  var lines: [String] {
    var lines = [score.description]
    if let interval {
      lines.append(
        "  95 % interval \(interval.text(decimals: score.decimals)): \(NumberText.grouped(segments)) segments, drawn "
          + "\(NumberText.grouped(BootstrapInterval.draws)) times")
    }
    if let comparison { lines.append(words(comparison.name, comparison.1)) }
    return lines
  }

  /// The same for programs.
  var json: JSON {
    [
      "metric": .string(kind.rawValue), "score": .double(score.score),
      "signature": .string(score.signature),
      "details": .object(score.figures.map { ($0.name, $0.value.json) }),
      "segments": .int(segments),
      "confidence": interval.map { interval in
        [
          "percent": .int(BootstrapInterval.percent), "lower": .double(interval.lower),
          "upper": .double(interval.upper), "draws": .int(BootstrapInterval.draws),
        ]
      },
      "bootstrap": comparison.map { name, comparison in
        [
          "name": .string(name), "baseline": .double(comparison.baseline),
          // sacreBLEU's figure of equals, one of the draws, would read as a difference.
          "pValue": .double(comparison.system == comparison.baseline ? 1 : comparison.pValue),
          "mean": .double(comparison.mean),
          "interval": .double(comparison.interval),
        ]
      },
    ]
  }

  /// For example `  baseline = 36.90, difference +1.73, p = 0.001 (paired bootstrap, 1,000 draws)`.
  private func words(_ name: String, _ comparison: PairedBootstrap) -> String {
    func fixed(_ value: Double, _ decimals: Int) -> String {
      NumberText.fixed(value, decimals: decimals)
    }
    let difference = comparison.system - comparison.baseline
    let head = "  \(name) = \(fixed(comparison.baseline, score.decimals))"
    guard difference != 0 else { return head + ", no difference" }
    return
      head + ", difference \(difference < 0 ? "" : "+")\(fixed(difference, score.decimals)), "
      + "p = \(fixed(comparison.pValue, 3)) (paired bootstrap, "
      + "\(NumberText.grouped(BootstrapInterval.draws)) draws)"
  }
}

extension MetricFigure {
  fileprivate var json: JSON {
    switch self {
    case .count(let count): .int(count)
    case .number(let number): .double(number)
    case .numbers(let numbers): .array(numbers.map { .double($0) })
    }
  }
}

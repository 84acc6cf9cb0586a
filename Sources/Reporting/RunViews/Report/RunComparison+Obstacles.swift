import DragomanFormats
import DragomanTraining

/// What can be compared, and why the rest cannot.
extension RunComparison {
  /// Why the figures of a metric tell nothing of which run is best; `nil` where they do.
  func obstacle(to metric: ValidationMetric) -> String? {
    let runs = runs.filter { $0.best?.value(of: metric) != nil }
    if Self.differ(runs, \.text, keys: Self.pairKeys) { return Self.otherPairs }
    switch metric {
    case .loss, .perplexity:
      return Self.differ(runs, \.cut, keys: ["tokenizer", "data.train"])
        ? "the runs cut text into different tokens" : nil
    case .bleu, .bleu1, .bleu2, .bleu3, .bleu4, .cider, .chrf, .exactMatch:
      return Self.differ(runs, keys: Self.spellingKeys) ? Self.otherSpelling : nil
    case .accuracy, .macroF1: return nil
    }
  }

  /// Why losses per character cannot be compared.
  var obstacleToCharacters: String? {
    let runs = runs.filter { $0.lossPerCharacter != nil }
    guard runs.count > 1 else { return nil }
    if Self.differ(runs, \.text, keys: Self.pairKeys) { return Self.otherPairs }
    if Self.differ(runs, keys: Self.spellingKeys) { return Self.otherSpelling }
    return runs.contains { $0.history.validationMark?.unknown ?? 0 > 0 }
      ? "unknown tokens cost less than what they stand for" : nil
  }

  /// A line for each reason why figures have no star, with the figures that it is about.
  package var obstacles: [String] {
    guard runs.count > 1 else { return [] }
    var reasons: [(reason: String, figures: [String])] = []
    func add(_ reason: String?, _ figure: String) {
      guard let reason else { return }
      if let index = reasons.firstIndex(where: { $0.reason == reason }) {
        reasons[index].figures.append(figure)
      } else {
        reasons.append((reason, [figure]))
      }
    }
    for metric in metrics {
      add(obstacle(to: metric), metric.name)
      if metric == .loss { add(obstacleToCharacters, "loss/character") }
    }
    return reasons.map { reason, figures in
      "not compared: \(figures.joined(separator: ", ")), since \(reason)"
    }
  }

  private static let otherPairs = "the runs are validated on different pairs"
  private static let otherSpelling = "the runs write targets in different spelling"
  /// Where validation pairs come from, for runs whose logs have no mark of them.
  private static let pairKeys = ["task", "data.validation", "data.columns", "data.languages"]
  /// What makes other texts of the same targets.
  private static let spellingKeys = ["tokenizer.lowercase", "tokenizer.normalization"]

  /// Whether runs differ in a part of their marks or, where one has no mark, in some keys.
  private static func differ(
    _ runs: [Run], _ part: (ValidationMark) -> String, keys: [String]
  ) -> Bool {
    let marks = runs.map(\.history.validationMark)
    let known = marks.compactMap { $0.map(part) }
    return known.count == marks.count ? Set(known).count > 1 : differ(runs, keys: keys)
  }

  /// Whether runs differ in some keys; one that a run does not have is another value.
  private static func differ(_ runs: [Run], keys: [String]) -> Bool {
    keys.contains { key in
      Set(runs.map { $0.configuration.json.value(at: key)?.serialized() ?? "" }).count > 1
    }
  }
}

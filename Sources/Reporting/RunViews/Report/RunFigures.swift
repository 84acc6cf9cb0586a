import DragomanFormats
import DragomanTraining

/// Figures of runs in words.
enum RunFigures {
  /// The figure of a metric: `1.2345`, `3.437`, `28.10`.
  static func text(_ value: Double, _ metric: ValidationMetric) -> String {
    switch metric {
    case .loss: NumberText.fixed(value, decimals: 4)
    case .perplexity:
      value < 1e5
        ? NumberText.fixed(value, decimals: 3) : NumberText.significant(value, digits: 4)
    case .bleu, .bleu1, .bleu2, .bleu3, .bleu4, .cider, .chrf, .exactMatch, .accuracy, .macroF1:
      NumberText.fixed(value, decimals: metric.decimals)
    }
  }

  /// A large count in few characters: `1.23 M`.
  static func short(_ count: Int) -> String {
    switch count {
    case ..<100_000: NumberText.grouped(count)
    case ..<1_000_000: "\(NumberText.significant(Double(count) / 1e3, digits: 3)) k"
    case ..<1_000_000_000: "\(NumberText.significant(Double(count) / 1e6, digits: 3)) M"
    default: "\(NumberText.significant(Double(count) / 1e9, digits: 3)) G"
    }
  }

  /// Target tokens a second in the middle of all entries; `nil` if none has them.
  static func speed(_ history: RunHistory) -> String? {
    let speeds = history.updates.compactMap(\.tokensPerSecond).sorted()
    return speeds.isEmpty ? nil : NumberText.grouped(Int(speeds[speeds.count / 2]))
  }
}

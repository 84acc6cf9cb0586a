import DragomanEvaluation
import DragomanFormats
import DragomanText
import DragomanTraining
import DragomanTranslation

/// A validation in a few lines.
enum ValidationText {
  /// `loss 1.2345, perplexity 3.437, BLEU 28.10 (26.02–30.31)`.
  ///
  /// The interval holds 95 % of test sets drawn from this one.
  static func figures(_ validation: TrainingRecord.Validation) -> String {
    let scores = ValidationMetric.allCases.compactMap { metric in
      validation.scores[metric].map { score in
        "\(metric.name) \(NumberText.fixed(score, decimals: metric.decimals))"
          + (validation.intervals[metric].map { " (\($0.text(decimals: metric.decimals)))" } ?? "")
      }
    }
    return
      ([
        "loss \(NumberText.fixed(validation.loss, decimals: 4))",
        "perplexity \(NumberText.fixed(validation.perplexity, decimals: 3))",
      ] + scores).joined(separator: ", ")
  }

  /// The figures, what is the best so far, and the translations with their sources and references.
  static func lines(
    _ report: ValidationReport, _ task: ModelTask = .translation, readsImages: Bool = false
  ) -> [String] {
    let validation = report.validation
    let best: String
    if report.metrics.count > 1, !report.improved.isEmpty {
      best = ", the best \(report.improved.map(\.name).joined(separator: " and ")) so far"
    } else {
      best = report.isBest ? ", the best so far" : ""
    }
    let head = "validation after update \(NumberText.grouped(validation.update)): "
    return [head + figures(validation) + best]
      + report.samples.flatMap { sample in
        switch task {
        case .translation:
          [
            "  source       \(sample.source)", "  reference    \(sample.reference)",
            "  translation  \(sample.translation)",
          ]
        case .classification:
          [
            "  \(readsImages ? "image" : "text ")        \(Tokenizer.printable(sample.source))",
            "  class        \(sample.reference)",
            "  found        \(sample.translation)",
          ]
        case .captioning:
          [
            "  \(readsImages ? "image   " : "features")     \(Tokenizer.printable(sample.source))",
            "  reference    \(sample.reference)",
            "  caption      \(sample.translation)",
          ]
        }
      }
  }
}

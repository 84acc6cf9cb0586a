import DragomanModels
import DragomanFormats
import DragomanText
import DragomanTraining
import DragomanTranslation

/// What is about to be trained on what, in a few lines.
enum TrainingOverview {
  static func lines(_ summary: TrainingSummary) -> [String] {
    let data = summary.data
    var lines = data.files.map(\.description) + data.report.problems.map(\.description)
    if data.skippedAsTooLong > 0 {
      lines.append("\(NumberText.grouped(data.skippedAsTooLong)) long training pairs skipped")
    }
    let unknown =
      "\(NumberText.fixed(data.unknownPercent, decimals: 2)) % of the validation tokens are unknown"
    switch summary.configuration.task {
    case .translation:
      lines.append(
        "vocabulary: \(NumberText.grouped(data.sourceVocabulary)) source and "
          + "\(NumberText.grouped(data.targetVocabulary)) target entries; \(unknown)")
    case .classification:
      lines.append(
        "\(NumberText.grouped(data.targetVocabulary)) classes; vocabulary: "
          + "\(NumberText.grouped(data.sourceVocabulary)) entries; \(unknown)")
    }
    lines.append(
      "model: \(summary.configuration.architecture); "
        + "\(NumberText.grouped(summary.parameters)) parameters")
    lines.append(
      """
      training: \(NumberText.grouped(summary.batchesPerEpoch)) batches of about \
      \(NumberText.grouped(summary.batchTokens)) \(summary.configuration.task.batchUnit) an epoch, \(summary.threads) \
      thread\(summary.threads == 1 ? "" : "s"), \(summary.instructions)
      """)
    if let origin = summary.origin {
      lines.append(
        "begins with the weights of \(origin.path)"
          + (origin.limit.map { Self.news(of: origin, limit: $0) } ?? ""))
    }
    if let update = summary.resumedAt {
      lines.append("resumed after update \(NumberText.grouped(update))")
    }
    return lines
  }

  /// What was appended to the vocabularies of a model.
  private static func news(of origin: TrainingOrigin, limit: Int) -> String {
    "; \(NumberText.grouped(origin.newSourceEntries)) source and "
      + "\(NumberText.grouped(origin.newTargetEntries)) target entries are new"
      + (origin.full.isEmpty
        ? ""
        : ", and \(origin.full.joined(separator: " and ")) \(origin.full.count == 1 ? "has" : "have") no room for more: "
          + "tokenizer.vocabulary is \(NumberText.grouped(limit))")
  }
}

extension ModelTask {
  /// What a batch is measured by.
  var batchUnit: String {
    switch self {
    case .translation: "target tokens"
    case .classification: "tokens"
    }
  }

  /// What is learnt from.
  var exampleUnit: String {
    switch self {
    case .translation: "pairs"
    case .classification: "texts"
    }
  }

  /// What losses are counted by.
  var lossUnit: String {
    switch self {
    case .translation: "tokens"
    case .classification: "texts"
    }
  }
}

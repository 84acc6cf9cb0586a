import DragomanDecoding
import DragomanModels
import DragomanFormats
import DragomanPages
import DragomanText
import DragomanTraining
import DragomanTranslation

/// What is about to be trained on what, in a few lines.
enum TrainingOverview {
  static func lines(_ summary: TrainingSummary) -> [String] {
    let data = summary.data
    var lines = data.files.map(\.description) + data.report.problems.map(\.description)
    if summary.configuration.task != .translation {
      lines += data.files.flatMap(\.remarks)
    }
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
        "\(NumberText.grouped(data.targetVocabulary)) classes"
          + examples(summary, unknown: unknown))
    case .captioning:
      lines.append(
        "vocabulary: \(NumberText.grouped(data.targetVocabulary)) entries; \(unknown)"
          + examples(summary, unknown: unknown))
    }
    lines.append(
      "model: \(summary.configuration.architecture); "
        + "\(NumberText.grouped(summary.parameters)) parameters")
    lines.append(
      """
      training: \(NumberText.grouped(summary.batchesPerEpoch)) batches of \(batch(summary)) an epoch, \
      \(Words.count(summary.threads, "thread")), \(summary.instructions)
      """)
    if summary.pieces > 1 {
      let hosts = Set(summary.hosts).count
      lines.append(
        "batches of \(summary.pieces) pieces"
          + (hosts == 0
            ? " in one process"
            : ": \(summary.hosts.count) processes on \(Words.count(hosts, "machine"))"))
    }
    lines += layerTable(summary.layers)
    if let origin = summary.origin {
      lines.append(
        "begins with the \(origin.isEncoder ? "encoder" : "weights") of \(origin.path)"
          + (origin.precision.map { " (\($0))" } ?? "")
          + (origin.classes.map(Self.words) ?? "") + (origin.taken.map(Self.words) ?? "")
          + (origin.limit.map { Self.news(of: origin, limit: $0) } ?? ""))
      if data.unknownTrainingTokens > 0 { lines.append(lacking(summary, origin)) }
    }
    if summary.configuration.decoding.replaceUnknown, data.unknownTargetTokens == 0,
      summary.configuration.task == .translation
    {
      lines.append(
        "decoding.replaceUnknown will have no effect: no target token is unknown, so the model does not learn to write "
          + "that one is; tokenizer.minimumFrequency 2, of words or characters, makes the rarest unknown"
      )
    }
    if let update = summary.resumedAt {
      lines.append("resumed after update \(NumberText.grouped(update))")
      lines += summary.changes.map { "changed \($0)" }
    }
    return lines
  }

  /// How much of the training pairs a model's vocabularies lack, and what to do.
  private static func lacking(_ summary: TrainingSummary, _ origin: TrainingOrigin) -> String {
    let percent = NumberText.significant(summary.data.unknownTrainingPercent, digits: 2)
    let isPieces = summary.configuration.tokenizer.kind == .bpe
    return
      "\(percent) % of the training tokens (\(NumberText.grouped(summary.data.unknownTrainingTokens))) are not in its "
      + "vocabularies, so nothing is learnt of them"
      + (origin.limit == nil && !isPieces ? "; --extend-vocabulary adds them" : "")
  }

  /// What the examples of a classifier are like, after the number of the classes.
  private static func examples(_ summary: TrainingSummary, unknown: String) -> String {
    let (configuration, data) = (summary.configuration, summary.data)
    if configuration.readsImages { return "" }
    if configuration.readsFeatures {
      return "; \(NumberText.grouped(data.sourceTokens)) rows of "
        + "\(NumberText.grouped(configuration.data.features.mean.count)) numbers, at most "
        + "\(NumberText.grouped(data.longestSource)) in an example"
    }
    return "; vocabulary: \(NumberText.grouped(data.sourceVocabulary)) entries; \(unknown)"
  }

  /// `about 2,000 target tokens`, `about 2,000 rows`, or `64 images`.
  static func batch(_ summary: TrainingSummary) -> String {
    let configuration = summary.configuration
    if configuration.readsImages, configuration.task == .classification {
      return "\(NumberText.grouped(configuration.training.batchImages)) images"
    }
    let isOfRows = configuration.readsFeatures && configuration.task == .classification
    let unit = isOfRows ? "rows" : configuration.task.batchUnit
    return "about \(NumberText.grouped(summary.batchTokens)) \(unit)"
  }

  /// The layers of a model that reads images, for one image.
  private static func layerTable(_ layers: [LayerReport]) -> [String] {
    guard !layers.isEmpty else { return [] }
    let rows = layers.map { layer in
      [
        "  \(layer.name)", layer.kind, layer.output.map { "\($0)" }.joined(separator: " × "),
        NumberText.grouped(layer.parameters),
        NumberText.significant(layer.operations / 1e6, digits: 3),
      ]
    }
    let operations = layers.reduce(0) { $0 + $1.operations } / 1e6
    return TextTable(
      [["  layer", "what it does", "output", "parameters", "million operations"]] + rows
        + [["", "", "", "", NumberText.significant(operations, digits: 3)]],
      leading: 3
    ).lines
  }

  /// How much of a captioning model is taken over.
  private static func words(_ taken: TrainingOrigin.Taken) -> String {
    "; \(NumberText.grouped(taken.tensors)) tensors with \(NumberText.grouped(taken.parameters)) of the "
      + "\(NumberText.grouped(taken.all)) parameters, the others begin by chance"
  }

  /// What becomes of the classes of a classifier.
  private static func words(_ classes: TrainingOrigin.Classes) -> String {
    let all = classes.known + classes.new
    guard let forgotten = classes.forgotten else {
      return "; the scores of the \(NumberText.grouped(all)) classes begin by chance"
    }
    return
      "; it knows \(NumberText.grouped(classes.known)) of the \(NumberText.grouped(all)) classes"
      + (classes.new == 0
        ? "" : ", the scores of the other \(NumberText.grouped(classes.new)) begin by chance")
      + (forgotten == 0
        ? ""
        : "; \(NumberText.grouped(forgotten)) of its own, of which there is no example, are left out")
  }

  /// What was appended to the vocabularies of a model.
  private static func news(of origin: TrainingOrigin, limit: Int) -> String {
    (origin.classes == nil
      ? "; \(NumberText.grouped(origin.newSourceEntries)) source and "
        + "\(NumberText.grouped(origin.newTargetEntries)) target entries are new"
      : "; \(NumberText.grouped(origin.newSourceEntries)) entries of the vocabulary are new")
      + (origin.full.isEmpty
        ? ""
        : ", and \(origin.full.joined(separator: " and ")) \(origin.full.count == 1 ? "has" : "have") no room for "
          + "more: "
          + "tokenizer.vocabulary is \(NumberText.grouped(limit))")
  }
}

extension TrainingOrigin {
  /// Whether only the encoder of the model is taken over.
  fileprivate var isEncoder: Bool {
    taken != nil || classes.map { $0.forgotten == nil } ?? false
  }
}

extension ModelTask {
  /// What a batch is measured by.
  var batchUnit: String {
    switch self {
    case .translation: "target tokens"
    case .captioning: "tokens of captions"
    case .classification: "tokens"
    }
  }

  /// What a run is measured by: what its losses are counted by.
  var targetUnit: String {
    switch self {
    case .translation, .captioning: "target tokens"
    case .classification: "examples"
    }
  }

  /// What is learnt from.
  var exampleUnit: String {
    switch self {
    case .translation: "pairs"
    case .captioning: "captions"
    case .classification: "examples"
    }
  }

  /// What losses are counted by.
  var lossUnit: String {
    switch self {
    case .translation, .captioning: "tokens"
    case .classification: "examples"
    }
  }
}

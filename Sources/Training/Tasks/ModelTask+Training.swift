import DragomanTranslation

extension ModelTask {
  /// The task of a run that begins, perhaps with a model's vocabularies.
  func task(
    _ configuration: RunConfiguration, from pretrained: PretrainedModel?, threads: Int
  ) throws -> any TrainingTask {
    switch self {
    case .translation: try TranslationTask(configuration, from: pretrained, threads: threads)
    case .classification:
      try ClassificationTask(configuration, from: pretrained, threads: threads)
    case .captioning: try CaptioningTask(configuration, from: pretrained)
    }
  }

  /// The task of a run that goes on with the model of a file.
  static func task(
    resuming model: SavedModel, _ configuration: RunConfiguration, threads: Int
  ) throws -> any TrainingTask {
    switch model {
    case .translation(let file):
      try TranslationTask(resuming: file, configuration, threads: threads)
    case .classification(let file):
      try ClassificationTask(resuming: file, configuration, threads: threads)
    case .captioning(let file): try CaptioningTask(resuming: file, configuration)
    }
  }
}

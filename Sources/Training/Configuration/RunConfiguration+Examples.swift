import DragomanDecoding
import DragomanFormats
import DragomanModels
import DragomanText
import DragomanTranslation

extension RunConfiguration {
  /// Keys for examples of another kind than the encoder reads, and files of another kind.
  var exampleConflicts: [ConfigurationConflict] {
    let kind = examples
    return idleKeys.map { key, remedy in
      ConfigurationConflict([key, kind.key], because: kind.reason, remedies: [remedy])
    } + arrayConflicts + featureConflicts + captionConflicts
  }

  /// What decides what the examples are, and how that speaks against something else.
  private var examples: (key: String, reason: String) {
    let kind = "\(architectureKey).encoder.kind"
    switch task {
    case .translation: return ("task", "texts are not images or features")
    case .captioning:
      return (kind, "this encoder reads \(readsImages ? "images" : "features")")
    case .classification:
      if readsImages { return (kind, "images are not text") }
      let decides = classifier.encoder.kind == .features ? kind : "classifier.input"
      if readsFeatures { return (decides, "features are neither text nor images") }
      return (kind, "texts are not images")
    }
  }

  /// Keys that say something of other examples, each with what to do.
  private var idleKeys: [(key: String, remedy: String)] {
    let own = RunConfiguration()
    var idle: [(key: String, remedy: String)] = []
    if task == .classification, !readsTexts, tokenizer != own.tokenizer {
      idle.append(("tokenizer", "leave tokenizer out"))
    }
    if readsImages, task == .classification {
      if training.batchTokens != nil {
        idle.append(("training.batchTokens", "set training.batchImages instead"))
      }
      if training.memory != nil {
        idle.append(("training.memory", "set training.batchImages instead"))
      }
    } else {
      if !readsImages, data.images != own.data.images {
        idle.append(("data.images", "leave data.images out"))
      }
      if training.batchImages != own.training.batchImages {
        idle.append(("training.batchImages", "set training.batchTokens instead"))
      }
    }
    guard task == .classification else { return idle }
    if readsFeatures, data.maximumLength != own.data.maximumLength {
      idle.append(("data.maximumLength", "set data.features.maximumRows instead"))
    }
    return idle
  }

  /// What captions, which have no source of words, cannot have.
  private var captionConflicts: [ConfigurationConflict] {
    guard task == .captioning, decoding.replaceUnknown else { return [] }
    return [
      ConfigurationConflict(
        ["decoding.replaceUnknown", "task"],
        because: "what is captioned has no words that could take the place of unknown ones",
        remedies: ["set decoding.replaceUnknown to false"])
    ]
  }

  /// Arrays where texts are read.
  private var arrayConflicts: [ConfigurationConflict] {
    guard readsTexts else { return [] }
    let parts = [("train", data.train), ("validation", data.validation), ("test", data.test)]
    return parts.filter { $0.1.contains { $0.format == .arrays } }.map { name, _ in
      ConfigurationConflict(
        ["data.\(name)", task == .translation ? "task" : "classifier.input"],
        because: "arrays of numbers hold no text",
        remedies: task == .translation
          ? ["set task to \"classification\""] : ["set classifier.input to \"features\""])
    }
  }

  /// Features where nothing reads them, and where nothing can.
  private var featureConflicts: [ConfigurationConflict] {
    var conflicts: [ConfigurationConflict] = []
    if !readsFeatures, data.features != RunConfiguration().data.features {
      let isSequence = [.recurrent, .transformer].contains(classifier.encoder.kind)
      switch task {
      case .translation:
        conflicts.append(
          ConfigurationConflict(
            ["data.features", "task"], because: "a translation reads texts",
            remedies: ["leave data.features out", "set task to \"classification\""]))
      case .captioning:
        conflicts.append(
          ConfigurationConflict(
            ["data.features", "model.encoder.kind"], because: "this encoder reads images",
            remedies: ["set model.encoder.kind to \"features\"", "leave data.features out"]))
      case .classification:
        conflicts.append(
          ConfigurationConflict(
            ["data.features", isSequence ? "classifier.input" : "classifier.encoder.kind"],
            because: "this classifier reads \(readsImages ? "images" : "texts")",
            remedies: [
              isSequence
                ? "set classifier.input to \"features\""
                : "set classifier.encoder.kind to \"features\"",
              "leave data.features out",
            ]))
      }
    }
    if task == .translation, model.encoder.kind == .features || model.encoder.kind.readsImages {
      conflicts.append(
        ConfigurationConflict(
          ["task", "model.encoder.kind"], because: "a translation reads texts",
          remedies: [
            "set model.encoder.kind to \"recurrent\" or \"transformer\"",
            "set task to \"captioning\"",
          ]))
    }
    return conflicts
  }
}

import DragomanImages
import DragomanModels
package import DragomanFormats
import DragomanText
import DragomanTranslation

/// A model that a run begins with instead of random weights: fine-tuning.
///
/// The new run has the model's architecture, tokenizers and vocabularies. Its configuration need not state
/// them; what it states has to be what the model has, but for dropout. The optimizer begins anew.
///
/// A classifier begins with another one, perhaps of other classes, or with the encoder of a model that translates.
package struct PretrainedModel: Sendable {
  /// Where the model was read from.
  package let path: String
  /// Whether words and characters of the new training pairs that the model does not know are appended to
  /// its vocabularies.
  package let extendsVocabulary: Bool
  let saved: SavedModel
  /// In how many bits its weights were rounded; `nil` if they were not.
  let precision: PrecisionRecord?

  /// Reads the model.
  package init(path: String, extendingVocabulary: Bool = false) throws {
    self.path = path
    extendsVocabulary = extendingVocabulary
    let file = try SafetensorsReader(path: path)
    saved = try SavedModel(file)
    precision = try PrecisionRecord(of: file)
    guard extendsVocabulary else { return }
    let codecs: [TextCodec]
    switch saved {
    case .translation(let file): codecs = [file.source, file.target]
    case .classification(let file): codecs = file.trained.codec.map { [$0] } ?? []
    case .captioning(let file): codecs = [file.trained.target]
    }
    if codecs.isEmpty { throw PretrainedModelError.noVocabulary(path: path) }
    if codecs.contains(where: { $0.tokenizer.kind == .bpe }) {
      throw PretrainedModelError.nothingUnknown(path: path)
    }
  }

  /// What the model does.
  var task: ModelTask {
    switch saved {
    case .translation: .translation
    case .classification: .classification
    case .captioning: .captioning
    }
  }

  /// The numbers in a row of the features that the model reads; `nil` of other models.
  var rowSize: Int? {
    guard case .features(let preparation) = reading else { return nil }
    return preparation.size
  }

  /// What makes numbers of what the model reads; `nil` of one that translates.
  private var reading: SourceReading? {
    switch saved {
    case .translation: nil
    case .classification(let file): file.trained.reading
    case .captioning(let file): file.trained.reading
    }
  }

  /// What is kept of the text that the model learnt from.
  var learnt: LearntText? {
    switch saved {
    case .translation(let file): file.learnt
    case .classification(let file): file.learnt
    case .captioning: nil
    }
  }

  /// The model, if it translates.
  var translation: ModelFile {
    get throws(PretrainedModelError) {
      guard case .translation(let file) = saved else {
        throw .otherTask(
          path: path, found: task.rawValue, task: ModelTask.translation.rawValue)
      }
      return file
    }
  }

  /// Reads the configuration file at `path` for a run that begins with the model.
  ///
  /// - Returns: the configuration, and the advice of its `preset`, which the model's parts take precedence over.
  /// - Throws: ``PretrainedModelError/otherConfiguration(path:model:differences:)`` if it states another
  ///   architecture or tokenizer; what goes wrong when a configuration is read.
  package func configuration(
    path: String, overrides: [ConfigurationOverride] = []
  ) throws -> (configuration: RunConfiguration, advice: ConfigurationAdvice?) {
    let asked = overrides.last { $0.path == "task" }?.value.string
    let named = try asked ?? JSON.read(path: path)["task"]?.string
    let settled = try settled(for: named.flatMap(ModelTask.init) ?? task)
    do {
      let read = try RunConfiguration.readAdvised(
        path: path, overrides: overrides, settled: settled)
      try require(read.configuration.json, fits: settled, path)
      return read
    } catch let error as ConfigurationError where error.problems.allSatisfy(\.isContradiction) {
      // Parts of one model beside parts of another break rules, which says less than that they are another's.
      let stated = try JSON.read(path: path)
      try require(RunConfiguration.renamed(stated), fits: settled, path)
      throw error
    }
  }

  /// Refuses a configuration that states something else than the model has.
  private func require(_ stated: JSON, fits settled: JSON, _ place: String) throws {
    var free = [
      "model.dropout", "model.attention.doublyStochastic", "tokenizer.dropout",
      "classifier.dropout", "data.images.fit",
      "data.images.mean", "data.images.deviation",
    ]
    if extendsVocabulary { free += ["tokenizer.vocabulary", "tokenizer.minimumFrequency"] }
    // Convolutions read images of any size.
    if encoder.kind == .convolutional {
      free += ["data.images.height", "data.images.width"]
    }
    let differences = stated.contradictions(to: settled).filter { difference in
      !free.contains { difference.key == $0 || difference.key.hasPrefix("\($0).") }
    }
    guard differences.isEmpty else {
      throw PretrainedModelError.otherConfiguration(
        path: place, model: path,
        differences: differences.map { "\($0.key) (\($0.stated) instead of \($0.settled))" })
    }
  }
}

// MARK: - What is settled

extension PretrainedModel {
  /// The parts of a configuration that the model settles, as it would state them.
  private func settled(for task: ModelTask) throws -> JSON {
    switch (saved, task) {
    case (.translation(let file), .translation):
      var tokenizer = try tokenizer(file.source, shared: file.source == file.target)
      let kind = file.target.tokenizer.kind
      if tokenizer.kinds.target != kind { tokenizer.targetKind = kind }
      return ["tokenizer": tokenizer.json, "model": file.model.configuration.json]
    case (.translation(let file), .classification):
      let model = file.model.configuration.json
      return [
        "tokenizer": try ofClasses(file.source).json,
        "classifier": ["embedding": model["embedding"], "encoder": model["encoder"]],
      ]
    case (.classification(let file), .classification):
      let own: JSON = [
        "task": .string(task.rawValue), "classifier": file.trained.model.configuration.json,
      ]
      switch file.trained.reading {
      case .texts(let codec): return own.adding(["tokenizer": try ofClasses(codec).json])
      case .features, .images: return own.adding(data(file.trained.reading))
      }
    case (.captioning(let file), .captioning):
      let target = file.trained.target
      return JSON.object([
        ("task", .string(task.rawValue)), ("model", file.trained.model.configuration.json),
        ("tokenizer", try ofClasses(target).json),
      ]).adding(data(file.trained.reading))
    case (.classification(let file), .captioning) where file.trained.codec == nil:
      let own = file.trained.model.configuration.json
      let model: JSON = ["model": ["encoder": own["encoder"], "embedding": own["embedding"]]]
      return model.adding(data(file.trained.reading))
    case (.captioning(let file), .classification):
      let own = file.trained.model.configuration.json
      let classifier: JSON = ["classifier": ["encoder": own["encoder"]]]
      return classifier.adding(data(file.trained.reading))
    case (.classification, .translation), (.captioning, .translation),
      (.translation, .captioning), (.classification, .captioning):
      throw PretrainedModelError.otherTask(
        path: path, found: self.task.rawValue, task: task.rawValue)
    }
  }

  /// How the model makes numbers of images or features, as `data` states it.
  private func data(_ reading: SourceReading) -> JSON {
    switch reading {
    case .texts: return .object([JSON.Member]())
    case .features(let preparation):
      let features = FeatureDataConfiguration().settled(preparation).json
      return [
        "data": [
          "features": .object(["mean", "deviation"].map { ($0, features[$0] ?? .null) })
        ]
      ]
    case .images(let preparation):
      let images = ImageDataConfiguration().settled(preparation).json
      let keys = ["height", "width", "channels", "mean", "deviation"]
      let fit: JSON = ["fit": .string(preparation.fit.rawValue)]
      return [
        "data": ["images": .object(keys.map { ($0, images[$0] ?? .null) }).adding(fit)]
      ]
    }
  }

  /// What reads.
  private var encoder: EncoderConfiguration {
    switch saved {
    case .translation(let file): file.model.configuration.encoder
    case .classification(let file): file.trained.model.configuration.encoder
    case .captioning(let file): file.trained.model.configuration.encoder
    }
  }

  /// The tokenizer that the model's configuration states, as what made its source's vocabulary.
  private func tokenizer(_ source: TextCodec, shared: Bool) throws -> TokenizerConfiguration {
    var tokenizer = TokenizerConfiguration()
    tokenizer.shared = shared
    if let stated = saved.stored.configuration["tokenizer"] {
      tokenizer = try TokenizerConfiguration.read(
        stated, file: "\(path)[\(ModelFileKey.configuration)]")
    }
    tokenizer.kind = source.tokenizer.kind
    // What the tokenizer does counts, since files of earlier versions do not state all of it.
    tokenizer.normalization = source.tokenizer.normalization
    return tokenizer
  }

  /// The same where there are no texts but sources.
  private func ofClasses(_ source: TextCodec) throws -> TokenizerConfiguration {
    var tokenizer = try tokenizer(source, shared: false)
    (tokenizer.shared, tokenizer.targetKind) = (false, nil)
    return tokenizer
  }
}

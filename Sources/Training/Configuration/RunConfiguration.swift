package import DragomanDecoding
package import DragomanFormats
package import DragomanModels
package import DragomanText
package import DragomanTranslation

/// All there is to say about a training run: a whole configuration file.
package struct RunConfiguration: Sendable, Equatable {
  /// Name of the run, and of its folder in `runs/`.
  package var name = "model"
  /// What the model learns to do.
  package var task = ModelTask.translation
  /// Where values come from that nobody states.
  package var preset = Preset.none
  /// Where the sentence pairs are.
  package var data = DataConfiguration()
  /// How text becomes tokens.
  package var tokenizer = TokenizerConfiguration()
  /// The architecture of a model that writes.
  package var model = ModelConfiguration()
  /// The architecture of a classifier.
  package var classifier = ClassifierConfiguration()
  /// How it is trained.
  package var training = TrainingConfiguration()
  /// How it writes once it is trained.
  package var decoding = DecodingConfiguration()

  /// A run of default values, without data.
  package init() {}

  /// Reads a configuration that a run or a model has stated in full: of an earlier version, if it does not state all
  /// keys.
  ///
  /// `file` names it in errors.
  package static func stored(_ json: JSON, file: String) throws -> RunConfiguration {
    // What has no tokenizer reads no text.
    try read(json, file: file) { if json["tokenizer"] != nil { $0.tokenizer.form = .none } }
  }

  /// Whether a stored configuration is of a version that normalises text, or reads none.
  static func statesNormalization(_ json: JSON) -> Bool {
    json["tokenizer"].map { $0["normalization"] != nil } ?? true
  }

  /// What reads.
  package var encoder: EncoderConfiguration {
    switch task {
    case .translation, .captioning: model.encoder
    case .classification: classifier.encoder
    }
  }

  /// The object that has the encoder, as configurations call it.
  package var architectureKey: String {
    switch task {
    case .translation, .captioning: "model"
    case .classification: "classifier"
    }
  }

  /// Whether examples are images.
  package var readsImages: Bool {
    switch task {
    case .translation: false
    case .classification, .captioning: encoder.kind.readsImages
    }
  }

  /// Whether examples are rows of features.
  package var readsFeatures: Bool {
    switch task {
    case .translation: false
    case .classification: classifier.readsFeatures
    // There is nothing else to write about: layers that could read texts read features.
    case .captioning: !readsImages
    }
  }

  /// Whether what is read is text.
  package var readsTexts: Bool { !readsImages && !readsFeatures }

  /// The architecture in one sentence.
  package var architecture: String {
    switch task {
    case .translation: model.words
    case .captioning:
      readsFeatures && encoder.kind != .features
        ? "features mapped to \(model.embedding); \(model.words)" : model.words
    case .classification: classifier.words
    }
  }
}

package import DragomanFormats
import DragomanModels
import DragomanSystem
package import DragomanTensor
import DragomanText

/// A classifier as a file holds it.
///
/// It is a file like that of a ``ModelFile``, whose metadata have in place of the target
///
///     dragoman.task            "classification"
///     dragoman.labels          the names of the classes, a list in JSON, in the order of the rows of head.weight
package struct ClassifierFile: StoredModel {
  /// The classifier.
  package let trained: TrainedClassifier
  /// The configuration of the run, of which a classifier reads `classifier`.
  package let configuration: JSON
  /// What training did.
  package let record: JSON
  /// What is kept of the texts that were learnt from.
  package let learnt: LearntText?

  /// A classifier about to be written.
  package init(
    _ trained: TrainedClassifier, configuration: JSON, record: JSON, learnt: LearntText? = nil
  ) {
    (self.trained, self.configuration, self.record) = (trained, configuration, record)
    self.learnt = learnt
  }

  /// The names, shapes and places of all parameters.
  package var layout: ParameterLayout { trained.model.layout }
  /// The weights.
  package var weights: Parameters { trained.weights }
  /// Task, classes and, of a classifier of texts, the tokenizer.
  package var ownMetadata: [String: String] {
    var metadata = [
      ModelFileKey.task: ModelTask.classification.rawValue,
      ModelFileKey.labels: JSON.array(trained.labels.map { .string($0) }).serialized(),
    ]
    metadata[ModelFileKey.source] = trained.codec?.json.serialized()
    metadata[ModelFileKey.learnt] = learnt?.json.serialized()
    return metadata
  }

  /// Reads a classifier; everything in the file is checked before it is used.
  package init(path: String) throws { try self.init(try SafetensorsReader(path: path)) }

  /// Reads a classifier from a file that is open already.
  package init(_ file: SafetensorsReader, allowingNonFinite: Bool = false) throws {
    let path = file.path
    _ = try ModelFile.version(of: file)
    try file.verifyChecksum(of: .file)
    let task = try ModelTask(of: file)
    guard task == .classification else {
      throw ModelFileError.otherTask(path: path, found: task, expected: .classification)
    }
    configuration = try file.json(ModelFileKey.configuration)
    record = try file.json(ModelFileKey.record)
    learnt = try file.learntText()
    let labels = try Self.labels(file)
    guard let architecture = configuration["classifier"] else {
      throw ModelFileError.metadata(
        path: path, key: ModelFileKey.configuration, expected: "an object 'classifier'",
        found: "none")
    }
    let description = try ClassifierConfiguration.read(
      architecture, file: "\(path)[\(ModelFileKey.configuration)]")
    let reading = try Self.reading(description, configuration, file)
    let model = Classifier(description, input: reading.input, classes: labels.count)
    let weights = try ModelFile.parameters(
      model.layout, prefix: "", file, allowingNonFinite: allowingNonFinite)
    trained = TrainedClassifier(model, weights, reading: reading, labels: labels)
    try file.requireKnownTensors(model.layout)
  }

  /// What makes numbers of examples, as the file tells it.
  private static func reading(
    _ classifier: ClassifierConfiguration, _ configuration: JSON, _ file: SafetensorsReader
  ) throws -> SourceReading {
    if classifier.readsFeatures {
      return try SourceReading(
        features: configuration, for: classifier.encoder, in: "classifier", file)
    }
    guard classifier.encoder.kind.readsImages else {
      return .texts(
        try TextCodec(
          file.json(ModelFileKey.source), file: "\(file.path)[\(ModelFileKey.source)]"))
    }
    return try SourceReading(images: configuration, for: classifier.encoder, file)
  }

  private static func labels(_ file: SafetensorsReader) throws -> [String] {
    let json = try file.json(ModelFileKey.labels)
    let labels = json.array?.compactMap(\.string) ?? []
    guard labels.count == json.array?.count, labels.count >= 2, Set(labels).count == labels.count
    else {
      throw ModelFileError.metadata(
        path: file.path, key: ModelFileKey.labels,
        expected: "a list of two or more different names",
        found: Excerpt.quoted(json.serialized()))
    }
    return labels
  }
}

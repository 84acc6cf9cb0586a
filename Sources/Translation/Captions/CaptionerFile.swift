package import DragomanFormats
import DragomanLayers
import DragomanModels
package import DragomanTensor
import DragomanText

/// A captioning model as a file holds it.
///
/// It is a file like that of a ``ModelFile``, without a source: what makes numbers of images or features stands in the
/// configuration, in `data.images` or `data.features`.
///
///     dragoman.task            "captioning"
///     dragoman.target          tokenizer and vocabulary of the captions, JSON
package struct CaptionerFile: StoredModel {
  /// The model.
  package let trained: TrainedCaptioner
  /// The configuration of the run, of which a captioning model reads `model`, `decoding` and parts of `data`.
  package let configuration: JSON
  /// What training did.
  package let record: JSON

  /// A model about to be written.
  package init(_ trained: TrainedCaptioner, configuration: JSON, record: JSON) {
    (self.trained, self.configuration, self.record) = (trained, configuration, record)
  }

  /// The names, shapes and places of all parameters.
  package var layout: ParameterLayout { trained.model.layout }
  /// The weights.
  package var weights: Parameters { trained.weights }
  /// Task, and the tokenizer of captions.
  package var ownMetadata: [String: String] {
    [
      ModelFileKey.task: ModelTask.captioning.rawValue,
      ModelFileKey.target: trained.target.json.serialized(),
    ]
  }

  /// Reads a model; everything in the file is checked before it is used.
  package init(path: String) throws { try self.init(try SafetensorsReader(path: path)) }

  /// Reads a model from a file that is open already.
  package init(_ file: SafetensorsReader, allowingNonFinite: Bool = false) throws {
    let path = file.path
    _ = try ModelFile.version(of: file)
    try file.verifyChecksum(of: .file)
    let task = try ModelTask(of: file)
    guard task == .captioning else {
      throw ModelFileError.otherTask(path: path, found: task, expected: .captioning)
    }
    configuration = try file.json(ModelFileKey.configuration)
    record = try file.json(ModelFileKey.record)
    let target = try TextCodec(
      file.json(ModelFileKey.target), side: .target, file: "\(path)[\(ModelFileKey.target)]")
    guard let architecture = configuration["model"] else {
      throw ModelFileError.metadata(
        path: path, key: ModelFileKey.configuration, expected: "an object 'model'",
        found: "none")
    }
    let description = try ModelConfiguration.read(
      architecture, file: "\(path)[\(ModelFileKey.configuration)]")
    let reading =
      description.encoder.kind.readsImages
      ? try SourceReading(images: configuration, for: description.encoder, file)
      : try SourceReading(features: configuration, for: description.encoder, in: "model", file)
    try Self.require(description, file)
    let model = SequenceModel(
      description, reading: reading.input, targetVocabulary: target.vocabulary.count)
    let weights = try ModelFile.parameters(
      model.layout, prefix: "", file, allowingNonFinite: allowingNonFinite)
    trained = TrainedCaptioner(model, weights, reading: reading, target: target)
    try file.requireKnownTensors(model.layout)
  }

  /// Refuses what no model can be made of.
  private static func require(
    _ model: ModelConfiguration, _ file: SafetensorsReader
  ) throws(ModelFileError) {
    func refuse(_ expected: String, _ found: String) -> ModelFileError {
      .metadata(
        path: file.path, key: ModelFileKey.configuration, expected: expected, found: found)
    }
    if model.decoder.kind == .recurrent, model.attention.score.needsPositions,
      model.attention.positions == nil
    {
      throw refuse("model.attention.positions", "none")
    }
    if case .features(let encoder) = model.encoder, encoder.size == nil {
      throw refuse("model.encoder.size, the columns of data.features", "none")
    }
    if model.tied.joinsLanguages {
      throw refuse(
        "model.tied \"none\" or \"output\", since sources are not words",
        "\"\(model.tied.rawValue)\"")
    }
  }
}

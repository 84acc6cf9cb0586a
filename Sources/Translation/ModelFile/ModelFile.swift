package import DragomanModels
import DragomanSystem
package import DragomanFormats
import DragomanLayers
package import DragomanTensor
package import DragomanText

/// A model as a file holds it: everything that is needed to translate, and how it came about.
///
/// The file is a safetensors file. Its tensors are named and shaped as in memory; its metadata hold
///
///     dragoman.format          the version of all this: "2", or "3" if weights are stored in fewer bits
///     dragoman.configuration   the configuration of the run, JSON, everything filled in
///     dragoman.source          tokenizer and vocabulary of the source, JSON
///     dragoman.target          the same of the target; absent if both share one
///     dragoman.record          what training did, JSON
///     dragoman.learnt          what is kept of the text that was learnt from, JSON; absent in earlier versions
///     dragoman.precision       in how many bits weights were rounded, JSON; absent if they are as they were trained
///     dragoman.checksum        CRC-32C of the whole file, its own digits taken as zeros; in version 1 of the
///                              tensors' bytes
///
/// docs/checkpoints.md describes it for whoever writes one from another language.
package struct ModelFile: StoredModel {
  /// The version of the format in which all weights are 32-bit floats: what this build writes in training.
  package static let version = 2
  /// The newest version of the format that this build reads; in it weights may be stored in fewer bits.
  package static let newestVersion = 3

  /// The model.
  package let trained: TrainedModel
  /// The configuration of the run, of which a model reads `model`, `tokenizer` and `decoding`.
  package let configuration: JSON
  /// What training did.
  package let record: JSON
  /// What is kept of the text that was learnt from.
  package let learnt: LearntText?

  /// A model about to be written.
  package init(
    _ trained: TrainedModel, configuration: JSON, record: JSON, learnt: LearntText? = nil
  ) {
    self.trained = trained
    self.configuration = configuration
    self.record = record
    self.learnt = learnt
  }

  /// Reads sources.
  package var source: TextCodec { trained.source }
  /// Writes targets.
  package var target: TextCodec { trained.target }
  /// The architecture.
  package var model: SequenceModel { trained.model }
  /// The weights.
  package var weights: Parameters { trained.weights }
  /// The names, shapes and places of all parameters.
  package var layout: ParameterLayout { trained.model.layout }
  /// Tokenizers and vocabularies.
  package var ownMetadata: [String: String] {
    var metadata = [ModelFileKey.source: source.json.serialized()]
    if source != target { metadata[ModelFileKey.target] = target.json.serialized() }
    metadata[ModelFileKey.learnt] = learnt?.json.serialized()
    return metadata
  }
}

/// The keys of a model file's metadata.
package enum ModelFileKey {
  /// The version of the format.
  package static let format = "dragoman.format"
  /// The configuration of the run.
  package static let configuration = "dragoman.configuration"
  /// Tokenizer and vocabulary of the source.
  package static let source = "dragoman.source"
  /// Tokenizer and vocabulary of the target.
  package static let target = "dragoman.target"
  /// What training did.
  package static let record = "dragoman.record"
  /// What is kept of the text that was learnt from.
  package static let learnt = "dragoman.learnt"
  /// What the model does; absent if it writes.
  package static let task = "dragoman.task"
  /// The names of a classifier's classes.
  package static let labels = "dragoman.labels"
  /// In how many bits weights were rounded.
  package static let precision = "dragoman.precision"
  /// The state of the training, in a file that can be resumed.
  package static let state = "dragoman.state"
}

// MARK: - Reading

extension ModelFile {
  /// Reads a model; everything in the file is checked before it is used.
  package init(path: String) throws {
    try self.init(try SafetensorsReader(path: path))
  }

  /// Reads a model from a file that is open already.
  ///
  /// Weights that are not finite are refused, unless somebody wants to look at them.
  package init(_ file: SafetensorsReader, allowingNonFinite: Bool = false) throws {
    let path = file.path
    try file.verifyChecksum(of: Self.version(of: file) == 1 ? .tensors : .file)
    let task = try ModelTask(of: file)
    guard task == .translation else {
      throw ModelFileError.otherTask(path: path, found: task, expected: .translation)
    }
    configuration = try file.json(ModelFileKey.configuration)
    record = try file.json(ModelFileKey.record)
    learnt = try file.learntText()
    let source = try TextCodec(
      file.json(ModelFileKey.source), file: "\(path)[\(ModelFileKey.source)]")
    let target =
      file.metadata[ModelFileKey.target] == nil
      ? source
      : try TextCodec(
        file.json(ModelFileKey.target), side: .target, file: "\(path)[\(ModelFileKey.target)]")
    guard let architecture = configuration["model"] else {
      throw ModelFileError.metadata(
        path: path, key: ModelFileKey.configuration, expected: "an object 'model'",
        found: "none")
    }
    let place = "\(path)[\(ModelFileKey.configuration)]"
    let description = try ModelConfiguration.read(architecture, file: place)
    guard description.encoder.kind != .features else {
      throw ModelFileError.metadata(
        path: path, key: ModelFileKey.configuration, expected: "a model.encoder that reads texts",
        found: "one of features")
    }
    guard !description.attention.score.needsPositions || description.attention.positions != nil
    else {
      throw ModelFileError.metadata(
        path: path, key: ModelFileKey.configuration, expected: "model.attention.positions",
        found: "none")
    }
    guard !description.tied.joinsLanguages || source == target else {
      throw ModelFileError.metadata(
        path: path, key: ModelFileKey.target,
        expected: "nothing, since model.tied is \"\(description.tied.rawValue)\"",
        found: "a vocabulary of its own")
    }
    let model = SequenceModel(
      description, sourceVocabulary: source.vocabulary.count,
      targetVocabulary: target.vocabulary.count)
    let weights = try Self.parameters(
      model.layout, prefix: "", file, allowingNonFinite: allowingNonFinite)
    trained = TrainedModel(model, weights, source: source, target: target)
    try file.requireKnownTensors(model.layout)
  }

  /// The version of the format of a file, which this build can read.
  package static func version(of file: SafetensorsReader) throws(ModelFileError) -> Int {
    guard let format = file.metadata[ModelFileKey.format] else {
      throw .notAModel(path: file.path)
    }
    guard let version = Int(format), version >= 1 else {
      throw .metadata(
        path: file.path, key: ModelFileKey.format, expected: "a version number",
        found: Excerpt.quoted(format))
    }
    guard version <= Self.newestVersion else {
      throw .unsupportedVersion(path: file.path, found: version, newest: Self.newestVersion)
    }
    return version
  }

  /// Reads a value per parameter, stored as `prefix` + the parameter's name.
  ///
  /// Weights of format 3 may be stored in fewer bits; the state of a training never is.
  ///
  /// - Throws: ``ModelFileError/notFinite(path:tensor:element:found:)`` among others, unless such numbers are allowed.
  package static func parameters(
    _ layout: ParameterLayout, prefix: String, _ file: SafetensorsReader,
    allowingNonFinite: Bool = false
  ) throws -> Parameters {
    // All shapes first: nobody should wait, nor memory be taken, for a model that the file does not hold.
    let isReduced = try prefix.isEmpty && version(of: file) > version
    let types = isReduced ? WeightPrecision.allCases.map(\.type) : [.f32]
    let tensors = try layout.entries.map { entry in
      let name = prefix + entry.name
      guard let tensor = file.tensor(named: name) else {
        throw ModelFileError.missingTensor(path: file.path, tensor: name)
      }
      guard tensor.shape == entry.shape, types.contains(tensor.type) else {
        let words = Words.choice(types.map(\.rawValue))
        throw ModelFileError.wrongTensor(
          path: file.path, tensor: name, expected: "\(words) \(entry.shape)",
          found: "\(tensor.type.rawValue) \(tensor.shape)")
      }
      if tensor.type == .i8 { try file.requireScales(of: tensor) }
      return tensor
    }
    let parameters = Parameters(layout: layout)
    for (entry, tensor) in zip(layout.entries, tensors) {
      let matrix = parameters[entry.handle]
      try file.readWeights(tensor) { start, floats in
        if !allowingNonFinite, let index = floats.firstNonFinite {
          throw ModelFileError.notFinite(
            path: file.path, tensor: prefix + entry.name, element: start + index,
            found: "\(floats[index])")
        }
        matrix.write(floats, at: start)
      }
    }
    return parameters
  }
}

extension [Float] {
  /// The place of the first number that is infinite or none; `nil` if all are finite.
  fileprivate var firstNonFinite: Int? {
    // An exponent of ones alone carries into the sign's place: no branch in the loop over what is nearly always finite.
    var carries: UInt32 = 0
    for value in self {
      carries |= (value.bitPattern & 0x7F80_0000) &+ 0x0080_0000
    }
    return carries >> 31 == 0 ? nil : firstIndex { !$0.isFinite }
  }
}

package import DragomanSystem
package import DragomanFormats
package import DragomanTensor

/// What the files of all kinds of models have: weights, the configuration of the run, and what training did.
package protocol StoredModel: Sendable {
  /// The names, shapes and places of all parameters.
  var layout: ParameterLayout { get }
  /// The weights.
  var weights: Parameters { get }
  /// The configuration of the run.
  var configuration: JSON { get }
  /// What training did.
  var record: JSON { get }
  /// What this kind of model has in the file's metadata besides.
  var ownMetadata: [String: String] { get }
}

extension StoredModel {
  /// Writes the file, or leaves the one that was there.
  ///
  /// - Parameters:
  ///   - path: where.
  ///   - moments: further values per parameter, stored as `name` + the parameter's name.
  ///   - state: the state of the training, if the file is to be resumed; it is then read back and compared before it
  ///     takes its place.
  ///   - folder: the open folder in which it is written, by the last part of its path.
  ///   - other: the name under which the file that was there is kept in that folder.
  package func write(
    to path: String, moments: [(name: String, values: Parameters)] = [], state: JSON? = nil,
    in folder: OpenFolder? = nil, keepingOldAs other: String? = nil
  ) throws {
    var metadata = metadata(version: ModelFile.version)
    if let state { metadata[ModelFileKey.state] = state.serialized() }
    var writer = SafetensorsWriter(metadata: metadata)
    for (prefix, values) in [("", weights)] + moments.map({ ("\($0.name).", $0.values) }) {
      for entry in values.layout.entries {
        let matrix = values[entry.handle]
        writer.add(prefix + entry.name, shape: entry.shape) { matrix.elements }
      }
    }
    try writer.write(to: path, in: folder, verifying: state != nil, keepingOldAs: other)
  }

  /// What stands beside the tensors in a file of this version of the format.
  func metadata(version: Int) -> [String: String] {
    var metadata = ownMetadata
    metadata[ModelFileKey.format] = "\(version)"
    metadata[ModelFileKey.configuration] = configuration.serialized()
    metadata[ModelFileKey.record] = record.serialized()
    return metadata
  }
}

extension SafetensorsReader {
  /// The JSON that the metadata of a model have at a key.
  func json(_ key: String) throws -> JSON {
    guard let text = metadata[key] else {
      throw ModelFileError.metadata(path: path, key: key, expected: "JSON", found: "nothing")
    }
    return try JSON.parse(Array(text.utf8), file: "\(path)[\(key)]")
  }

  /// Refuses a matrix of whole numbers without the scales of its rows.
  func requireScales(of tensor: Tensor) throws(ModelFileError) {
    guard scales(of: tensor) == nil else { return }
    let name = QuantizedRows.scaleName(of: tensor.name)
    guard tensor.shape.count > 1 else {
      throw .wrongTensor(
        path: path, tensor: tensor.name, expected: "F32, F16 or BF16 \(tensor.shape)",
        found: "I8 \(tensor.shape)")
    }
    guard let scales = self.tensor(named: name) else {
      throw .missingTensor(path: path, tensor: name)
    }
    throw .wrongTensor(
      path: path, tensor: name, expected: "F32 [\(tensor.shape[0])]",
      found: "\(scales.type.rawValue) \(scales.shape)")
  }

  /// Refuses tensors that no parameter of the model is, unless the state of a training explains them.
  func requireKnownTensors(_ layout: ParameterLayout) throws(ModelFileError) {
    guard metadata[ModelFileKey.state] == nil else { return }
    let known = Set(layout.entries.map(\.name))
    for tensor in tensors where !known.contains(tensor.name) {
      // The scales of a matrix that the model has.
      if let matrix = matrix(scaledBy: tensor), known.contains(matrix) { continue }
      throw .unknownTensor(
        path: path, tensor: tensor.name,
        nearest: Suggestion.nearest(to: tensor.name, among: Array(known)))
    }
  }
}

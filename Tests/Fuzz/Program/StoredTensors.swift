import DragomanFormats

/// A model file in memory, to be written again with other metadata.
struct StoredTensors: Sendable {
  let metadata: [String: String]
  private let tensors: [(name: String, shape: [Int], floats: [Float])]

  init(path: String) throws {
    let reader = try SafetensorsReader(path: path)
    var metadata = Dictionary(uniqueKeysWithValues: reader.metadata.map { ($0.key.text, $0.value) })
    metadata[SafetensorsReader.checksumKey] = nil
    self.metadata = metadata
    tensors = try reader.tensors.map { tensor in
      var floats: [Float] = []
      try reader.readFloats(tensor) { floats += $1 }
      return (tensor.name, tensor.shape, floats)
    }
  }

  /// Writes the file with metadata changed where inputs say so: an empty one leaves them, `-` takes them away.
  func write(to path: String, changing inputs: [(key: String, bytes: [UInt8])]) throws {
    var metadata = metadata
    for (key, bytes) in inputs where !bytes.isEmpty {
      metadata[key] = bytes == [0x2D] ? nil : bytes.text
    }
    var writer = SafetensorsWriter(metadata: metadata)
    for tensor in tensors { writer.add(tensor.name, shape: tensor.shape) { tensor.floats } }
    try writer.write(to: path)
  }
}

import DragomanSystem

/// Writes a safetensors file: named tensors of 32-bit floats, and strings beside them.
///
/// Equal tensors and metadata give equal bytes: metadata are sorted, tensors keep the order they were added in, and the
/// header is padded with spaces so that the tensors' bytes begin at a multiple of 64, where they can be mapped and read
/// by vector instructions. The metadata hold a checksum of those bytes, which takes one pass over them beforehand.
package struct SafetensorsWriter {
  private struct Tensor {
    let name: String
    let shape: [Int]
    let content: () -> [Float]
    var count: Int { shape.reduce(1, *) }

    /// The numbers, as many as the shape says.
    var floats: [Float] {
      let floats = content()
      precondition(
        floats.count == count, "'\(name)' has \(floats.count) numbers for the shape \(shape)")
      return floats
    }
  }

  private let metadata: [String: String]
  private var tensors: [Tensor] = []
  private var names: Set<ExactText> = []

  /// A file with these strings and no tensors.
  package init(metadata: [String: String] = [:]) {
    self.metadata = metadata
  }

  /// Adds a tensor whose numbers, row after row, `floats` gives when they are needed, twice.
  package mutating func add(
    _ name: String, shape: [Int], floats: @escaping () -> [Float]
  ) {
    precondition(
      name != SafetensorsHeader.metadataName,
      "a tensor cannot be called \(name): metadata stand under this name")
    precondition(names.insert(ExactText(name)).inserted, "the tensor '\(name)' is added twice")
    tensors.append(Tensor(name: name, shape: shape, content: floats))
  }

  /// Writes the file, or leaves the one that was there.
  package func write(to path: String) throws {
    var checksum = Checksum()
    for tensor in tensors { checksum.add(floats: tensor.floats) }
    let header = header(checksum: checksum.text)
    guard header.count <= SafetensorsHeader.largest else {
      throw FormatError.bytes(
        file: path, offset: 0,
        expected: "a header of at most \(NumberText.grouped(SafetensorsHeader.largest)) bytes",
        found: "\(NumberText.grouped(header.count)) to be written",
        remedy: "Use fewer or shorter names and metadata.")
    }
    let file = try AtomicFile(path)
    try file.write((0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header)
    for tensor in tensors { try file.write(floats: tensor.floats) }
    try file.commit()
  }

  private func header(checksum: String) -> [UInt8] {
    var strings = metadata
    strings[SafetensorsReader.checksumKey] = checksum
    let sorted = strings.sorted { ExactText($0.key) < ExactText($1.key) }
    var entries = [
      "\"\(SafetensorsHeader.metadataName)\":"
        + JSON.object(sorted.map { ($0.key, .string($0.value)) }).serialized()
    ]
    // As text at once: a tree of values would take most of the time and memory of a large header.
    var offset = 0
    for tensor in tensors {
      let name = JSON.string(tensor.name).serialized()
      let shape = tensor.shape.map { "\($0)" }.joined(separator: ",")
      let end = offset + 4 * tensor.count
      entries.append(
        "\(name):{\"dtype\":\"F32\",\"shape\":[\(shape)],\"data_offsets\":[\(offset),\(end)]}")
      offset = end
    }
    var header = Array("{\(entries.joined(separator: ","))}".utf8)
    header += repeatElement(UInt8(ascii: " "), count: (64 - (8 + header.count) % 64) % 64)
    return header
  }
}

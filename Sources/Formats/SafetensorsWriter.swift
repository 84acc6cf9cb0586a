/// Writes a safetensors file: named tensors of 32-bit floats, and strings beside them.
///
/// Equal tensors and metadata give equal bytes: metadata are sorted, tensors keep the order they were added in, and the
/// header is padded with spaces so that the tensors' bytes begin at a multiple of 64, where they can be mapped and read
/// by vector instructions. The metadata hold a checksum of those bytes, which takes one pass over them beforehand.
public struct SafetensorsWriter {
  private struct Tensor {
    let name: String
    let shape: [Int]
    let floats: () -> [Float]
    var count: Int { shape.reduce(1, *) }
  }

  private let metadata: [String: String]
  private var tensors: [Tensor] = []

  /// A file with these strings and no tensors.
  public init(metadata: [String: String] = [:]) {
    self.metadata = metadata
  }

  /// Adds a tensor whose numbers, row after row, `floats` gives when they are needed, twice.
  public mutating func add(
    _ name: String, shape: [Int], floats: @escaping () -> [Float]
  ) {
    precondition(name != "__metadata__", "a tensor cannot be called __metadata__")
    precondition(!tensors.contains { $0.name == name }, "the tensor '\(name)' is added twice")
    tensors.append(Tensor(name: name, shape: shape, floats: floats))
  }

  /// Writes the file, or leaves the one that was there.
  public func write(to path: String) throws(FormatError) {
    var checksum = Checksum()
    for tensor in tensors { checksum.add(Self.bytes(of: tensor)) }
    let header = header(checksum: checksum.text)
    guard header.count <= SafetensorsReader.largestHeader else {
      throw .framing(
        file: path, offset: 0,
        expected: "a header of at most \(SafetensorsReader.largestHeader) bytes",
        found: "\(header.count)")
    }
    let file = try AtomicFile(path)
    try file.write((0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header)
    for tensor in tensors { try file.write(Self.bytes(of: tensor)) }
    try file.commit()
  }

  private func header(checksum: String) -> [UInt8] {
    var strings = metadata
    strings[SafetensorsReader.checksumKey] = checksum
    var members: [(String, JSON)] = [
      (
        "__metadata__",
        .object(strings.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
      )
    ]
    var offset = 0
    for tensor in tensors {
      let end = offset + 4 * tensor.count
      members.append(
        (
          tensor.name,
          .object([
            ("dtype", .string("F32")), ("shape", .array(tensor.shape.map { .int($0) })),
            ("data_offsets", .array([.int(offset), .int(end)])),
          ])
        ))
      offset = end
    }
    var header = Array(JSON.object(members).serialized().utf8)
    header += repeatElement(UInt8(ascii: " "), count: (64 - (8 + header.count) % 64) % 64)
    return header
  }

  private static func bytes(of tensor: Tensor) -> [UInt8] {
    let floats = tensor.floats()
    precondition(
      floats.count == tensor.count,
      "'\(tensor.name)' has \(floats.count) numbers for the shape \(tensor.shape)")
    var bytes: [UInt8] = []
    bytes.reserveCapacity(4 * floats.count)
    for float in floats {
      let bits = float.bitPattern
      bytes.append(UInt8(truncatingIfNeeded: bits))
      bytes.append(UInt8(truncatingIfNeeded: bits >> 8))
      bytes.append(UInt8(truncatingIfNeeded: bits >> 16))
      bytes.append(UInt8(truncatingIfNeeded: bits >> 24))
    }
    return bytes
  }
}

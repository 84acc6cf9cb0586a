package import DragomanSystem

/// Writes a safetensors file: named tensors of 32-bit floats or of ready bytes, and strings beside them.
///
/// Equal tensors and metadata give equal bytes: the checksum comes first, the other metadata are sorted, tensors keep
/// the order they were added in, and the header is padded with spaces so that the tensors' bytes begin at a multiple of
/// 64, where they can be mapped and read by vector instructions.
///
/// The checksum is that of the whole file with zeros for its own digits. They are written as zeros at first and put in
/// their place at the end, so that no number is asked for twice and one tensor at a time is in memory.
package struct SafetensorsWriter {
  private struct Tensor {
    let name: String
    let shape: [Int]
    let type: TensorType
    let content: () -> Content
    var count: Int { shape.reduce(1, *) }
    /// Bytes in the file.
    var size: Int { count * type.bits / 8 }

    /// The numbers, as many as the shape says.
    var numbers: Content {
      let numbers = content()
      precondition(
        numbers.size == size, "'\(name)' has \(numbers.size) bytes for \(type.rawValue) \(shape)")
      return numbers
    }
  }

  /// The numbers of a tensor.
  private enum Content {
    case floats([Float])
    case bytes([UInt8])

    /// Bytes in the file.
    var size: Int {
      switch self {
      case .floats(let floats): 4 * floats.count
      case .bytes(let bytes): bytes.count
      }
    }
  }

  private let metadata: [String: String]
  private var tensors: [Tensor] = []
  private var names: Set<ExactText> = []

  /// A file with these strings and no tensors.
  package init(metadata: [String: String] = [:]) {
    self.metadata = metadata
  }

  /// Adds a tensor whose numbers, row after row, `floats` gives when they are needed.
  package mutating func add(
    _ name: String, shape: [Int], floats: @escaping () -> [Float]
  ) {
    add(name, shape, .f32) { .floats(floats()) }
  }

  /// Adds a matrix in fewer bits: 16 for each number, or eight and the scales of the rows in a tensor beside it.
  ///
  /// - Precondition: the numbers are finite, and none is beyond ``WeightPrecision/largest``.
  package mutating func add(
    _ name: String, shape: [Int], _ precision: WeightPrecision, floats: @escaping () -> [Float]
  ) {
    precondition(precision != .int8, "'\(name)' has scales, which ``QuantizedRows`` gives")
    guard precision != .f32 else { return add(name, shape: shape, floats: floats) }
    add(name, shape, precision.type) {
      .bytes(TensorType.rounded(floats(), to: precision.type))
    }
  }

  /// Adds the whole numbers of a matrix; its scales have to be added as a tensor of their own.
  package mutating func add(_ name: String, shape: [Int], codesOf rows: QuantizedRows) {
    add(name, shape, .i8) { .bytes(rows.codes) }
  }

  private mutating func add(
    _ name: String, _ shape: [Int], _ type: TensorType, _ content: @escaping () -> Content
  ) {
    precondition(
      name != SafetensorsHeader.metadataName,
      "a tensor cannot be called \(name): metadata stand under this name")
    precondition(names.insert(ExactText(name)).inserted, "the tensor '\(name)' is added twice")
    tensors.append(Tensor(name: name, shape: shape, type: type, content: content))
  }

  /// Writes the file, or leaves the one that was there.
  ///
  /// - Parameters:
  ///   - path: where; in an open folder the last part counts.
  ///   - folder: that folder.
  ///   - isVerified: whether it is read back and compared before it takes its place.
  ///   - other: the name under which the file that was there is kept in that folder.
  package func write(
    to path: String, in folder: OpenFolder? = nil, verifying isVerified: Bool = false,
    keepingOldAs other: String? = nil
  ) throws {
    let start = try start(of: path)
    let file = try AtomicFile(path, in: folder)
    guard !file.isStream else { return try write(start, into: file) }
    try file.write(start)
    let checksum = try pass(from: start) { try Self.write($0, into: file) }
    try file.overwrite(Array(checksum.text.utf8), at: Self.digits.lowerBound)
    if isVerified { try Self.verify(file, checksum) }
    try file.commit(keepingOldAs: other)
  }

  /// Compares what is in a file with what was written into it.
  private static func verify(_ file: AtomicFile, _ checksum: Checksum) throws {
    var found = Checksum()
    var isStart = true
    try file.readBack { part in
      var part = part
      if isStart { part.replaceSubrange(digits, with: Checksum.zeros) }
      isStart = false
      found.add(part)
    }
    guard found.text == checksum.text else {
      file.discard()
      throw FormatError.checksum(file: file.path, expected: checksum.text, found: found.text)
    }
  }

  /// Writes into a pipe, which takes the digits before the numbers: those are asked for twice.
  private func write(_ start: [UInt8], into stream: AtomicFile) throws {
    var filled = start
    filled.replaceSubrange(Self.digits, with: pass(from: start) { _ in }.text.utf8)
    try stream.write(filled)
    _ = try pass(from: start) { try Self.write($0, into: stream) }
    try stream.commit()
  }

  private static func write(_ numbers: Content, into file: AtomicFile) throws(FileError) {
    switch numbers {
    case .floats(let floats): try file.write(floats: floats)
    case .bytes(let bytes): try file.write(bytes)
    }
  }

  /// Goes over all tensors and gives the checksum of the start and their numbers.
  private func pass(
    from start: [UInt8], _ body: (Content) throws -> Void
  ) rethrows -> Checksum {
    var checksum = Checksum()
    checksum.add(start)
    for tensor in tensors {
      let numbers = tensor.numbers
      switch numbers {
      case .floats(let floats): checksum.add(floats: floats)
      case .bytes(let bytes): checksum.add(bytes)
      }
      try body(numbers)
    }
    return checksum
  }

  /// What comes before the digits of the checksum in the header, and therefore in every file.
  private static let opening =
    "{\"\(SafetensorsHeader.metadataName)\":{\"\(SafetensorsReader.checksumKey)\":\""

  /// Where the digits of the checksum stand in the file.
  private static let digits = {
    let first = 8 + opening.utf8.count
    return first..<first + Checksum.zeros.count
  }()

  /// The header after the number of its bytes, with zeros for the digits of the checksum.
  private func start(of path: String) throws -> [UInt8] {
    let header = header
    guard header.count <= SafetensorsHeader.largest else {
      throw FormatError.bytes(
        file: path, offset: 0,
        expected: "a header of at most \(NumberText.grouped(SafetensorsHeader.largest)) bytes",
        found: "\(NumberText.grouped(header.count)) to be written",
        remedy: "Use fewer or shorter names and metadata.")
    }
    return (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header
  }

  private var header: [UInt8] {
    let others = metadata.filter { $0.key != SafetensorsReader.checksumKey }
      .sorted { ExactText($0.key) < ExactText($1.key) }
      .map { ",\(JSON.string($0.key).serialized()):\(JSON.string($0.value).serialized())" }
    let zeros = String(decoding: Checksum.zeros, as: UTF8.self)
    var entries = ["\(Self.opening)\(zeros)\"\(others.joined())}"]
    // As text at once: a tree of values would take most of the time and memory of a large header.
    var offset = 0
    for tensor in tensors {
      let name = JSON.string(tensor.name).serialized()
      let shape = tensor.shape.map { "\($0)" }.joined(separator: ",")
      let end = offset + tensor.size
      let type = tensor.type.rawValue
      entries.append(
        "\(name):{\"dtype\":\"\(type)\",\"shape\":[\(shape)],\"data_offsets\":[\(offset),\(end)]}")
      offset = end
    }
    var header = Array("\(entries.joined(separator: ","))}".utf8)
    header += repeatElement(UInt8(ascii: " "), count: (64 - (8 + header.count) % 64) % 64)
    return header
  }
}

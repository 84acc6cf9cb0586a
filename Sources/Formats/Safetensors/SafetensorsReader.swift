package import DragomanSystem

/// A safetensors file open for reading; everything the header says was checked against the file.
///
/// Format: u64 little-endian N, N bytes of JSON, then the tensors' bytes without gaps. Nothing is believed: lengths,
/// UTF-8, JSON, names, types, shapes (with checked products), offsets that follow each other from 0 to the end of the
/// file. Accepted are white space around the header's JSON, any order of entries and any alignment. Tensors are read
/// on demand, in parts. https://github.com/huggingface/safetensors
package struct SafetensorsReader: Sendable {
  /// A tensor of the file.
  package struct Tensor: Sendable, Equatable {
    /// Its name.
    package let name: String
    /// The type of its elements.
    package let type: TensorType
    /// Its shape; empty for a scalar.
    package let shape: [Int]
    /// Its bytes, counted from the start of the file.
    package let bytes: Range<Int>

    /// Number of elements.
    package var count: Int { shape.reduce(1, *) }
  }

  /// The file's path.
  package var path: String { file.path }
  /// The strings beside the tensors; `metadata["key"]` compares scalar by scalar.
  package var metadata: [ExactText: String] { header.metadata }
  /// All tensors in the order of their bytes.
  package var tensors: [Tensor] { header.tensors }
  let header: SafetensorsHeader
  /// The checksum of all that stands before the tensors' bytes, its own digits taken as zeros.
  let startChecksum: Checksum
  let dataStart: Int
  let file: InputFile

  /// Opens a file and checks its header.
  package init(path: String, in folder: OpenFolder? = nil) throws {
    guard folder != nil || !Files.isStream(path) else {
      throw FileError(
        file: path, wanted: "read tensors from it", reason: "it is not a plain file",
        remedy: "Save what it gives in a file first.")
    }
    file = try InputFile(path, in: folder)
    let length = try Self.headerLength(file)
    dataStart = 8 + length
    var text = try Self.exactly(length, at: 8, file)
    header = try SafetensorsHeader(text, file: path, fileSize: file.size)
    if let digits = header.checksumDigits { text.replaceSubrange(digits, with: Checksum.zeros) }
    var checksum = Checksum()
    checksum.add((0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) })
    checksum.add(text)
    startChecksum = checksum
  }

  /// The tensor of this name, compared scalar by scalar.
  package func tensor(named name: String) -> Tensor? {
    header.places[name].map { header.tensors[$0] }
  }

  /// Reads the number of header bytes, which has to be plausible.
  private static func headerLength(_ file: InputFile) throws -> Int {
    let start = try file.read(16, at: 0)
    func fail(_ expected: String, _ found: String, _ remedy: String) -> FormatError {
      .bytes(file: file.path, offset: 0, expected: expected, found: found, remedy: remedy)
    }
    let copy = "It was cut short or is not a safetensors file; copy or download it again."
    let length = start.prefix(8).reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    let limit = UInt64(Limits.current.headerBytes)
    if start.count < 8 || length > limit, let foreign = ForeignFormat(start) {
      throw fail("a safetensors file", foreign.name, foreign.remedy)
    }
    guard start.count >= 8 else {
      throw fail(
        "eight bytes of header length", start.isEmpty ? "an empty file" : "\(start.count)", copy)
    }
    guard length <= limit else {
      throw fail(
        "a header of at most \(NumberText.grouped(Limits.current.headerBytes)) bytes", "\(length)",
        "It is damaged or no safetensors file.")
    }
    guard length <= UInt64(max(file.size - 8, 0)) else {
      throw fail(
        "a header within the \(file.size) bytes of the file", "one of \(length) bytes", copy)
    }
    return Int(length)
  }

  /// So many bytes, all of which were in the file when it was opened.
  static func exactly(
    _ count: Int, at offset: Int, _ file: InputFile
  ) throws -> [UInt8] {
    let bytes = try file.read(count, at: offset)
    guard bytes.count == count else {
      throw FormatError.bytes(
        file: file.path, offset: offset + bytes.count, expected: "more bytes",
        found: "the end of the file",
        remedy: "It was cut short while it was being read; write such files anew and rename them.")
    }
    return bytes
  }

  // MARK: Data

  /// Bytes that are read at a time: whole elements of every type of whole bytes.
  static let part = 1 << 20

  /// Passes a tensor's bytes on in parts.
  package func read(_ tensor: Tensor, _ body: ([UInt8]) throws -> Void) throws {
    let bytes = tensor.bytes
    for start in stride(from: bytes.lowerBound, to: bytes.upperBound, by: Self.part) {
      try body(Self.exactly(min(Self.part, bytes.upperBound - start), at: start, file))
    }
  }

  /// The bytes of some elements of a tensor whose elements are of whole bytes.
  package func bytes(of tensor: Tensor, elements: Range<Int>) throws -> [UInt8] {
    precondition(
      elements.lowerBound >= 0 && elements.upperBound <= tensor.count && tensor.type.bits % 8 == 0,
      "elements \(elements) of \(tensor.count) in '\(tensor.name)'")
    let size = tensor.type.bits / 8
    return try Self.exactly(
      elements.count * size, at: tensor.bytes.lowerBound + elements.lowerBound * size, file)
  }

  /// Passes an F32 tensor's numbers on in parts, each with the index of its first.
  package func readFloats(_ tensor: Tensor, _ body: (Int, [Float]) throws -> Void) throws {
    precondition(tensor.type == .f32, "'\(tensor.name)' holds \(tensor.type.rawValue) and not F32")
    var index = 0
    try read(tensor) { bytes in
      let floats = Self.floats(bytes.span)
      try body(index, floats)
      index += floats.count
    }
  }

  /// Passes the values of a tensor of plain numbers on in parts; does nothing and returns false for other types.
  ///
  /// Of whole numbers with scales beside them these are the weights that they stand for.
  package func readValues(_ tensor: Tensor, _ body: ([Double]) throws -> Void) throws -> Bool {
    if scales(of: tensor) != nil {
      try readWeights(tensor) { try body($1.map { Double($0) }) }
      return true
    }
    guard tensor.type.value(0) != nil else { return false }
    let size = tensor.type.bits / 8
    try read(tensor) { bytes in
      var values: [Double] = []
      values.reserveCapacity(bytes.count / size)
      for start in stride(from: 0, to: bytes.count, by: size) {
        let bits = (0..<size).reduce(0 as UInt64) {
          $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1)
        }
        values.append(tensor.type.value(bits) ?? .nan)
      }
      try body(values)
    }
    return true
  }

  private static func floats(_ bytes: Span<UInt8>) -> [Float] {
    var floats: [Float] = []
    floats.reserveCapacity(bytes.count / 4)
    var at = 0
    while at + 4 <= bytes.count {
      let low = UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8
      let high = UInt32(bytes[at + 2]) << 16 | UInt32(bytes[at + 3]) << 24
      floats.append(Float(bitPattern: low | high))
      at += 4
    }
    return floats
  }
}

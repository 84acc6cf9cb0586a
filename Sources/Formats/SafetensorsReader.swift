/// A safetensors file open for reading; everything the header says was checked against the file.
///
/// Format: u64 little-endian N, N bytes of JSON, then the tensors' bytes without gaps. Nothing is believed: lengths,
/// UTF-8, JSON, names, types, shapes (with checked products), offsets that follow each other from 0 to the end of the
/// file. Tensors are read on demand, in parts. https://github.com/huggingface/safetensors
public struct SafetensorsReader: Sendable {
  /// A tensor of the file.
  public struct Tensor: Sendable, Equatable {
    /// Its name.
    public let name: String
    /// The type of its elements.
    public let type: TensorType
    /// Its shape; empty for a scalar.
    public let shape: [Int]
    /// Its bytes, counted from the start of the file.
    public let bytes: Range<Int>

    /// Number of elements.
    public var count: Int { shape.reduce(1, *) }
  }

  /// The largest header that is read, as the reference has it.
  public static let largestHeader = 100_000_000

  /// The file's path.
  public var path: String { file.path }
  /// The strings beside the tensors.
  public let metadata: [String: String]
  /// All tensors in the order of their bytes.
  public let tensors: [Tensor]
  /// Where the tensors' bytes begin.
  let dataStart: Int
  private let file: InputFile
  private let places: [String: Int]

  /// Opens a file and checks its header.
  public init(path: String) throws(FormatError) {
    file = try InputFile(path)
    guard file.size >= 8 else {
      throw .framing(
        file: path, offset: 0, expected: "8 bytes of header length", found: "\(file.size) bytes")
    }
    let length = try Self.exactly(8, at: 0, file).reversed().reduce(0 as UInt64) {
      $0 << 8 | UInt64($1)
    }
    guard length <= UInt64(Self.largestHeader) else {
      throw .framing(
        file: path, offset: 0, expected: "a header of at most \(Self.largestHeader) bytes",
        found: "\(length)")
    }
    dataStart = 8 + Int(length)
    guard dataStart <= file.size else {
      throw .framing(
        file: path, offset: 0, expected: "a header within the \(file.size) bytes of the file",
        found: "one of \(length) bytes")
    }
    let text = try Self.exactly(Int(length), at: 8, file)
    let header = try JSON.parse(text, file: "\(path)[header]", maximumDepth: 3)
    guard let members = header.members else {
      throw .framing(
        file: path, offset: 8, expected: "a JSON object as header", found: header.brief)
    }
    var metadata: [String: String] = [:]
    var tensors: [Tensor] = []
    for member in members {
      if member.name == "__metadata__" {
        metadata = try Self.metadata(member.value, path)
      } else {
        tensors.append(try Self.tensor(member, path, dataStart: dataStart))
      }
    }
    tensors.sort {
      ($0.bytes.lowerBound, $0.bytes.upperBound, $0.name)
        < ($1.bytes.lowerBound, $1.bytes.upperBound, $1.name)
    }
    var end = dataStart
    for tensor in tensors {
      guard tensor.bytes.lowerBound == end else {
        throw .tensor(
          file: path, tensor: tensor.name,
          expected: "data that begin at \(end - dataStart), where those before end",
          found: "\(tensor.bytes.lowerBound - dataStart)")
      }
      end = tensor.bytes.upperBound
    }
    guard end == file.size else {
      throw .framing(
        file: path, offset: min(end, file.size),
        expected: "\(end) bytes in all, by the header", found: "\(file.size)")
    }
    self.metadata = metadata
    self.tensors = tensors
    places = Dictionary(uniqueKeysWithValues: tensors.indices.map { (tensors[$0].name, $0) })
  }

  /// The tensor of this name.
  public func tensor(named name: String) -> Tensor? { places[name].map { tensors[$0] } }

  // MARK: The header

  private static func exactly(
    _ count: Int, at offset: Int, _ file: InputFile
  ) throws(FormatError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let part = try file.read(count - bytes.count, at: offset + bytes.count)
      guard !part.isEmpty else {
        throw .framing(
          file: file.path, offset: offset + bytes.count, expected: "more bytes",
          found: "the end of the file")
      }
      bytes = bytes.isEmpty ? part : bytes + part
    }
    return bytes
  }

  private static func metadata(
    _ json: JSON, _ path: String
  ) throws(FormatError) -> [String: String] {
    guard let members = json.members else {
      throw .tensor(
        file: path, tensor: "__metadata__", expected: "an object of strings", found: json.brief)
    }
    var metadata: [String: String] = [:]
    for member in members {
      guard let text = member.value.string else {
        throw .tensor(
          file: path, tensor: "__metadata__", expected: "a string for '\(member.name)'",
          found: member.value.brief)
      }
      metadata[member.name] = text
    }
    return metadata
  }

  private static func tensor(
    _ member: JSON.Member, _ path: String, dataStart: Int
  ) throws(FormatError) -> Tensor {
    func fail(_ expected: String, _ found: String) -> FormatError {
      .tensor(file: path, tensor: member.name, expected: expected, found: found)
    }
    guard let fields = member.value.members else {
      throw fail("an object with dtype, shape and data_offsets", member.value.brief)
    }
    for field in fields where !["dtype", "shape", "data_offsets"].contains(field.name) {
      throw fail("dtype, shape and data_offsets only", "'\(field.name)'")
    }
    guard let type = member.value["dtype"]?.string else {
      throw fail("a dtype", member.value["dtype"]?.brief ?? "none")
    }
    guard let type = TensorType(rawValue: type) else {
      throw fail(
        "one of the types \(TensorType.allCases.map(\.rawValue).joined(separator: ", "))", type)
    }
    func numbers(_ key: String) throws(FormatError) -> [Int] {
      guard let elements = member.value[key]?.array else {
        throw fail("an array '\(key)'", member.value[key]?.brief ?? "none")
      }
      var numbers: [Int] = []
      for element in elements {
        guard let number = element.int, number >= 0 else {
          throw fail("integers from 0 on in '\(key)'", element.brief)
        }
        numbers.append(number)
      }
      return numbers
    }
    let shape = try numbers("shape")
    let offsets = try numbers("data_offsets")
    guard offsets.count == 2, offsets[0] <= offsets[1],
      offsets[1] <= Int.max - dataStart
    else { throw fail("two data_offsets, begin ≤ end", "\(offsets)") }
    var bits = type.bits
    for size in shape {
      let (product, overflow) = bits.multipliedReportingOverflow(by: size)
      guard !overflow else { throw fail("a shape that fits into memory", "\(shape)") }
      bits = product
    }
    guard bits % 8 == 0 else { throw fail("whole bytes", "\(bits) bits for \(shape)") }
    guard offsets[1] - offsets[0] == bits / 8 else {
      throw fail(
        "\(bits / 8) bytes for \(type.rawValue) \(shape)", "\(offsets[1] - offsets[0])")
    }
    return Tensor(
      name: member.name, type: type, shape: shape,
      bytes: (dataStart + offsets[0])..<(dataStart + offsets[1]))
  }

  // MARK: Data

  /// Bytes that are read at a time: whole elements of every type.
  private static let part = 1 << 20

  /// Passes a tensor's bytes on in parts.
  public func read(_ tensor: Tensor, _ body: ([UInt8]) throws -> Void) throws {
    var at = tensor.bytes.lowerBound
    while at < tensor.bytes.upperBound {
      let count = min(Self.part, tensor.bytes.upperBound - at)
      try body(try Self.exactly(count, at: at, file))
      at += count
    }
  }

  /// Passes an F32 tensor's numbers on in parts, each with the index of its first.
  public func readFloats(_ tensor: Tensor, _ body: (Int, [Float]) throws -> Void) throws {
    precondition(tensor.type == .f32, "'\(tensor.name)' holds \(tensor.type.rawValue) and not F32")
    var index = 0
    try read(tensor) { bytes in
      let floats = Self.floats(bytes.span)
      try body(index, floats)
      index += floats.count
    }
  }

  /// Passes the values of a tensor of plain numbers on in parts; does nothing and returns false for other types.
  public func readValues(_ tensor: Tensor, _ body: ([Double]) throws -> Void) throws -> Bool {
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

  /// The metadata key of the checksum of all tensors' bytes.
  public static let checksumKey = "dragoman.checksum"

  /// Compares the data with the checksum in the metadata, if there is one.
  public func verifyChecksum() throws(FormatError) {
    guard let expected = metadata[Self.checksumKey] else { return }
    var checksum = Checksum()
    var at = dataStart
    while at < file.size {
      let bytes = try Self.exactly(min(Self.part, file.size - at), at: at, file)
      checksum.add(bytes)
      at += bytes.count
    }
    guard checksum.text == expected else {
      throw .checksum(file: path, expected: expected, found: checksum.text)
    }
  }
}

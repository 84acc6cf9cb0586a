import DragomanSystem

/// What the header of a safetensors file says, checked by itself and against the size of the file.
///
/// It is read token by token and not as a tree, which would take ten times the memory: headers of millions of
/// entries have been used as an attack. Nesting is bounded by what is read, so there is no recursion.
struct SafetensorsHeader {
  typealias Tensor = SafetensorsReader.Tensor

  /// The largest header that is read and written, as the reference has it.
  static let largest = 100_000_000
  /// The name under which the strings stand; no tensor can have it.
  static let metadataName = "__metadata__"

  /// The strings beside the tensors.
  private(set) var metadata: [ExactText: String] = [:]
  /// All tensors in the order of their bytes.
  private(set) var tensors: [Tensor] = []
  /// The index of each tensor by its name.
  private(set) var places: [ExactText: Int] = [:]
  /// Where the digits of the checksum stand in the text; `nil` if there are not eight as they have to be.
  private(set) var checksumDigits: Range<Int>?

  private let file: String
  private let dataStart: Int

  /// Reads a header.
  ///
  /// - Parameters:
  ///   - text: the bytes of the header; the data begin after them and the eight bytes of their number.
  ///   - file: the file's path, for messages.
  ///   - fileSize: bytes of the whole file.
  init(_ text: [UInt8], file: String, fileSize: Int) throws(FormatError) {
    self.file = file
    dataStart = 8 + text.count
    do {
      var scanner = try JSONScanner(text, file: file)
      try read(&scanner)
    } catch .text(_, let position, let expected, let found) {
      throw .bytes(
        file: file, offset: 8 + position.offset, expected: "\(expected) in the header",
        found: found == "the end of the text" ? "its end" : found,
        remedy: "The header has to be one JSON object; the file is damaged or was made wrongly.")
    }
    try layOut(fileSize: fileSize)
  }

  // MARK: Reading

  private mutating func read(_ scanner: inout JSONScanner) throws(FormatError) {
    scanner.space()
    guard scanner.byte == UInt8(ascii: "{") else {
      throw scanner.fail("a JSON object", found: scanner.brief)
    }
    var hasMetadata = false
    try scanner.eachMember { scanner, name, start throws(FormatError) in
      if name == Self.metadataName {
        guard !hasMetadata else { throw scanner.repeated(name, at: start) }
        hasMetadata = true
        try readMetadata(&scanner)
      } else {
        guard places.updateValue(tensors.count, forKey: ExactText(name)) == nil else {
          throw FormatError.tensor(
            file: file, tensor: name, expected: "one entry of this name", found: "a second",
            remedy: nil)
        }
        tensors.append(try readTensor(name, &scanner))
      }
    }
    try scanner.end()
  }

  private mutating func readMetadata(_ scanner: inout JSONScanner) throws(FormatError) {
    guard scanner.byte == UInt8(ascii: "{") else {
      throw .metadata(
        file: file, key: nil, expected: "an object of strings", found: scanner.brief)
    }
    try scanner.eachMember { scanner, key, start throws(FormatError) in
      guard scanner.byte == UInt8(ascii: "\"") else {
        throw FormatError.metadata(
          file: file, key: key, expected: "a string", found: scanner.brief)
      }
      let value = scanner.at
      guard metadata.updateValue(try scanner.string(), forKey: ExactText(key)) == nil else {
        throw scanner.repeated(key, at: start)
      }
      if key == SafetensorsReader.checksumKey {
        checksumDigits = Checksum.digits(in: scanner.bytes, value + 1..<scanner.at - 1)
      }
    }
  }

  private func readTensor(
    _ name: String, _ scanner: inout JSONScanner
  ) throws(FormatError) -> Tensor {
    guard scanner.byte == UInt8(ascii: "{") else {
      throw fail(name, "an object with dtype, shape and data_offsets", scanner.brief)
    }
    var (type, shape, offsets) = (TensorType?.none, [Int]?.none, [Int]?.none)
    try scanner.eachMember { scanner, field, _ throws(FormatError) in
      let isFirst: Bool
      switch field {
      case "dtype":
        isFirst = type == nil
        type = try readType(name, &scanner)
      case "shape":
        isFirst = shape == nil
        shape = try readIntegers(name, field, &scanner)
      case "data_offsets":
        isFirst = offsets == nil
        offsets = try readIntegers(name, field, &scanner)
      default:
        throw fail(name, "no fields but dtype, shape and data_offsets", Excerpt.quoted(field))
      }
      guard isFirst else { throw fail(name, "one '\(field)'", "a second") }
    }
    guard let type else { throw fail(name, "a dtype", "none") }
    guard let shape else { throw fail(name, "a shape", "none") }
    guard let offsets else { throw fail(name, "data_offsets", "none") }
    return try tensor(name, type, shape, offsets)
  }

  private func readType(
    _ name: String, _ scanner: inout JSONScanner
  ) throws(FormatError) -> TensorType {
    guard scanner.byte == UInt8(ascii: "\"") else {
      throw fail(name, "a dtype in quotes", scanner.brief)
    }
    let text = try scanner.string()
    guard let type = TensorType(rawValue: text) else {
      let known = TensorType.allCases.map(\.rawValue)
      throw fail(
        name, "a known dtype", Excerpt.quoted(text),
        Suggestion.nearest(to: text, among: known).map { "Did you mean '\($0)'?" }
          ?? "Known are \(known.joined(separator: ", ")).")
    }
    return type
  }

  private func readIntegers(
    _ name: String, _ key: String, _ scanner: inout JSONScanner
  ) throws(FormatError) -> [Int] {
    guard scanner.byte == UInt8(ascii: "[") else {
      throw fail(name, "an array '\(key)'", scanner.brief)
    }
    var integers: [Int] = []
    try scanner.eachElement { scanner throws(FormatError) in
      let found = scanner
      let isNumber =
        scanner.byte.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
      guard isNumber, let integer = Int(try scanner.number()) else {
        throw fail(name, "integers from 0 to 2^63 - 1 in '\(key)'", found.brief)
      }
      integers.append(integer)
    }
    return integers
  }

  // MARK: Checking

  /// The tensor of these fields, if they agree with each other.
  private func tensor(
    _ name: String, _ type: TensorType, _ shape: [Int], _ offsets: [Int]
  ) throws(FormatError) -> Tensor {
    guard offsets.count == 2 else { throw fail(name, "two data_offsets", Excerpt.list(offsets)) }
    guard offsets[0] <= offsets[1], offsets[1] <= Int.max - dataStart else {
      throw fail(name, "data_offsets that begin before they end", Excerpt.list(offsets))
    }
    var bits = type.bits
    for size in shape {
      let (product, overflow) = bits.multipliedReportingOverflow(by: size)
      guard !overflow else { throw fail(name, "a shape that fits in memory", Excerpt.list(shape)) }
      bits = product
    }
    var what: String { "\(type.rawValue) \(Excerpt.list(shape))" }
    guard bits % 8 == 0 else { throw fail(name, "whole bytes", "\(bits) bits of \(what)") }
    guard offsets[1] - offsets[0] == bits / 8 else {
      throw fail(name, "\(Words.count(bits / 8, "byte")) of \(what)", "\(offsets[1] - offsets[0])")
    }
    return Tensor(
      name: name, type: type, shape: shape,
      bytes: (dataStart + offsets[0])..<(dataStart + offsets[1]))
  }

  /// Puts the tensors in the order of their bytes, which have to follow each other from the header to the end of the
  /// file: no hole to hide something in, no byte of two tensors.
  private mutating func layOut(fileSize: Int) throws(FormatError) {
    let isInOrder = zip(tensors, tensors.dropFirst()).allSatisfy {
      $0.bytes.upperBound <= $1.bytes.lowerBound
    }
    if !isInOrder {
      tensors.sort {
        ($0.bytes.lowerBound, $0.bytes.upperBound) < ($1.bytes.lowerBound, $1.bytes.upperBound)
      }
      for (index, tensor) in tensors.enumerated() { places[ExactText(tensor.name)] = index }
    }
    var end = dataStart
    for (index, tensor) in tensors.enumerated() {
      guard tensor.bytes.lowerBound == end else { throw misplaced(index, expected: end) }
      end = tensor.bytes.upperBound
    }
    guard end <= fileSize else {
      throw .bytes(
        file: file, offset: fileSize, expected: "\(end - fileSize) more bytes of tensors",
        found: "the end of the file", remedy: "It was cut short; copy or download it again.")
    }
    guard end == fileSize else {
      throw .bytes(
        file: file, offset: end, expected: "the end of the file after the last tensor",
        found: "\(fileSize - end) more bytes",
        remedy: "Something was added to it, or it was made wrongly.")
    }
  }

  private func misplaced(_ index: Int, expected end: Int) -> FormatError {
    let begin = tensors[index].bytes.lowerBound
    let before = index > 0 ? ", where those of \(Excerpt.quoted(tensors[index - 1].name)) end" : ""
    return fail(
      tensors[index].name, "data that begin at \(end - dataStart)\(before)",
      "\(begin - dataStart), "
        + (begin < end
          ? "which is within them" : "which leaves out \(Words.count(begin - end, "byte"))"))
  }

  private func fail(
    _ tensor: String, _ expected: String, _ found: String, _ remedy: String? = nil
  ) -> FormatError {
    .tensor(file: file, tensor: tensor, expected: expected, found: found, remedy: remedy)
  }
}

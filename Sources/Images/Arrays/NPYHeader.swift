import DragomanFormats

/// What stands before the numbers of an `.npy` file, versions 1 to 3.
///
/// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html: magic, version, the length of a text, and
/// the text, a Python dictionary of `descr`, `fortran_order` and `shape`.
struct NPYHeader: Equatable {
  /// How such a file begins.
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  /// The longest text; the shape of an array takes some tens of bytes.
  static let longest = 1 << 16

  /// The type of the numbers; of texts that of their characters, which are a further axis.
  let type: TensorType
  /// Whether the elements are texts.
  let isText: Bool
  /// Whether their highest byte comes first.
  let isBigEndian: Bool
  /// Whether the first axis runs fastest.
  let isFortran: Bool
  let shape: [Int]
  /// Where the numbers begin.
  let end: Int
  /// How many bytes they take.
  let size: Int

  /// Reads a header from the first bytes of a file, ``longest`` and some more if there are so many.
  init(_ bytes: [UInt8], file: String, allowsText: Bool = false) throws {
    func fail(_ at: Int, _ expected: String, _ found: String) -> FormatError {
      .bytes(
        file: file, offset: at, expected: expected, found: found, remedy: InflateError.damaged)
    }
    guard bytes.starts(with: Self.magic) else {
      throw fail(
        0, "an array of NumPy, \\x93NUMPY", bytes.isEmpty ? "an empty file" : "other bytes")
    }
    guard bytes.count >= 12 else { throw fail(bytes.count, "a header", "the end of the file") }
    guard (1...3).contains(bytes[6]), bytes[7] == 0 else {
      throw fail(6, "version 1.0, 2.0 or 3.0", "\(bytes[6]).\(bytes[7])")
    }
    let width = bytes[6] == 1 ? 2 : 4
    let length = (0..<width).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
    guard length <= Self.longest else {
      throw fail(
        8, "a header of at most \(NumberText.grouped(Self.longest)) bytes",
        NumberText.grouped(length))
    }
    end = 8 + width + length
    guard end <= bytes.count else {
      throw fail(bytes.count, "a header of \(Words.count(length, "byte"))", "the end of the file")
    }
    var reader = PythonLiteralReader(Array(bytes[..<end]), from: 8 + width, file: file)
    let dictionary = try reader.dictionary()
    func entry(_ key: String) throws -> (at: Int, value: PythonLiteral) {
      guard let found = dictionary[key] else {
        throw fail(8 + width, "'\(key)' in the header", "none")
      }
      return found
    }
    let (place, descr) = try entry("descr")
    let text = allowsText ? Self.text(descr) : nil
    isText = text != nil
    (type, isBigEndian) =
      try text.map { ($0.type, $0.isBigEndian) } ?? Self.type(descr, file, place)
    guard case (_, .boolean(let isFortran)) = try entry("fortran_order") else {
      throw fail(try entry("fortran_order").at, "True or False", "something else")
    }
    self.isFortran = isFortran
    guard case (let at, .tuple(let shape)) = try entry("shape") else {
      throw fail(try entry("shape").at, "a shape in parentheses", "something else")
    }
    self.shape = shape + (text.map { [$0.length] } ?? [])
    // An axis of no length counts as one here, so that no product of some of the lengths overflows either.
    var size = type.bits / 8
    for length in self.shape {
      let (product, overflow) = size.multipliedReportingOverflow(by: max(length, 1))
      guard !overflow, product < 1 << 56 else {
        throw fail(at, "a shape that fits into memory", Excerpt.numbers(shape))
      }
      size = product
    }
    self.size = self.shape.contains(0) ? 0 : size
  }

  /// The characters of `'<U5'` or `'|S5'`: their type, and how many each text has at most; `nil` of numbers.
  private static func text(
    _ value: PythonLiteral
  ) -> (type: TensorType, length: Int, isBigEndian: Bool)? {
    guard case .text(let text) = value, let order = text.first, "<>|".contains(order),
      let kind = text.dropFirst().first, kind == "U" || kind == "S",
      let length = Int(text.dropFirst(2)), (1...longest).contains(length)
    else { return nil }
    return (kind == "U" ? .u32 : .u8, length, order == ">")
  }

  /// The texts of a one-dimensional array of them, given its bytes.
  func texts(_ bytes: [UInt8], file: String) throws -> [String] {
    func fail(_ expected: String, _ found: String) -> FormatError {
      .bytes(
        file: file, offset: end, expected: expected, found: found,
        remedy: "Save it with 'numpy.save(file, numpy.array(names))'.")
    }
    guard shape.count == 2 else {
      throw fail(
        "a list of texts, one axis", "the shape \(Excerpt.numbers(Array(shape.dropLast())))")
    }
    let (size, length) = (type.bits / 8, shape[1])
    let bytes = ordered(bytes, shape: [bytes.count])
    return try (0..<shape[0]).map { index in
      let start = index * length * size
      let units = (0..<length).map { place -> UInt32 in
        (0..<size).reduce(0) { $0 | UInt32(bytes[start + place * size + $1]) << UInt32(8 * $1) }
      }
      // Shorter ones are filled with zeros.
      let used = units[..<((units.lastIndex { $0 != 0 } ?? -1) + 1)]
      guard size == 4 else {
        guard
          let text = String(validating: used.map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
        else { throw fail("texts in UTF-8", "other bytes in that of index \(index)") }
        return text
      }
      guard let text = String(validating: used, as: UTF32.self) else {
        throw fail("texts of Unicode scalars", "others in that of index \(index)")
      }
      return text
    }
  }

  /// The type of `'<f4'` and its like: byte order, kind, bytes.
  private static func type(
    _ value: PythonLiteral, _ file: String, _ offset: Int
  ) throws -> (TensorType, isBigEndian: Bool) {
    let types: [String: TensorType] = [
      "b1": .bool, "u1": .u8, "i1": .i8, "u2": .u16, "i2": .i16, "u4": .u32, "i4": .i32,
      "u8": .u64, "i8": .i64, "f2": .f16, "f4": .f32, "f8": .f64,
    ]
    if case .text(let text) = value, let order = text.first, "<>|".contains(order),
      let type = types[String(text.dropFirst())], order != "|" || type.bits == 8
    {
      return (type, order == ">")
    }
    let found = if case .text(let text) = value { Excerpt.quoted(text) } else { "a record" }
    throw FormatError.bytes(
      file: file, offset: offset, expected: "a type of plain numbers, such as '<f4'",
      found: found,
      remedy: "Save it as numbers, for example with 'numpy.save(file, array.astype(\"float32\"))'.")
  }
}

extension Excerpt {
  /// A shape, cut if it is long.
  static func numbers(_ shape: [Int]) -> String {
    let shown = shape.prefix(8).map(String.init).joined(separator: ", ")
    return shape.count > 8 ? "(\(shown), … \(shape.count) in all)" : "(\(shown))"
  }
}

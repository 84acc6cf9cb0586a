package import DragomanFormats
import DragomanSystem

/// An `.npy` file open for reading, of which rows are read as they are needed.
package struct NPYReader: Sendable {
  /// The file's path.
  package var path: String { file.path }
  /// The type of its numbers.
  package var type: TensorType { header.type }
  /// The length of each axis.
  package var shape: [Int] { header.shape }
  private let header: NPYHeader
  private let file: InputFile

  /// Opens a file; its header is compared with its size.
  package init(path: String) throws { try self.init(path: path, allowsText: false) }

  /// The texts of a file that holds texts; `nil` if it holds numbers.
  static func texts(path: String) throws -> [String]? {
    let reader = try NPYReader(path: path, allowsText: true)
    guard reader.header.isText else { return nil }
    return try reader.header.texts(try reader.bytes(reader.header.size, from: 0), file: path)
  }

  private init(path: String, allowsText: Bool) throws {
    guard !Files.isStream(path) else {
      throw FileError(
        file: path, wanted: "read an array from it", reason: "it is not a plain file",
        remedy: "Save what it gives in a file first.")
    }
    file = try InputFile(path)
    header = try NPYHeader(
      file.read(NPYHeader.longest + 12, at: 0), file: path, allowsText: allowsText)
    try header.require(file.size - header.end, file: path)
  }

  /// Numbers of each row: of what one index of the first axis chooses.
  package var rowSize: Int { shape.dropFirst().reduce(1, *) }

  /// Rows, as floats `[rows.count, rowSize]`; complexity: that of the rows asked for, if the last axis runs fastest.
  package func floats(rows: Range<Int>) throws -> [Float] {
    precondition(
      !shape.isEmpty && rows.lowerBound >= 0 && rows.upperBound <= shape[0],
      "rows \(rows) of the shape \(shape)")
    return try floats(elements: (rows.lowerBound * rowSize)..<(rows.upperBound * rowSize))
  }

  /// Elements, counted with the last axis running fastest, as floats; complexity: likewise.
  package func floats(elements: Range<Int>) throws -> [Float] {
    guard !isWholeOnly else { return Array(try array().floats()[elements]) }
    let size = type.bits / 8
    let bytes = try bytes(size * elements.count, from: size * elements.lowerBound)
    return type.floats(header.ordered(bytes, shape: [bytes.count]))
  }

  /// Whether neighbours along the last axis stand apart, so that some of the elements take as long as all.
  package var isWholeOnly: Bool { header.isFortran && shape.count > 1 }

  /// What one index of the first axis chooses, of an array that is not in Fortran's order.
  func row(_ index: Int) throws -> NumberArray {
    let size = rowSize * type.bits / 8
    let bytes = try bytes(size, from: index * size)
    return NumberArray(
      type: type, shape: Array(shape.dropFirst()), bytes: header.ordered(bytes, shape: [size]))
  }

  /// All numbers.
  package func array() throws -> NumberArray {
    NumberArray(
      type: type, shape: shape,
      bytes: header.ordered(try bytes(header.size, from: 0), shape: shape))
  }

  private func bytes(_ count: Int, from start: Int) throws -> [UInt8] {
    let bytes = try file.read(count, at: header.end + start)
    guard bytes.count == count else {
      throw FormatError.bytes(
        file: path, offset: header.end + start + bytes.count, expected: "more numbers",
        found: "the end of the file",
        remedy: "It was cut short while it was being read; write such files anew and rename them.")
    }
    return bytes
  }
}

extension NumberArray {
  /// Reads an `.npy` file, given as a whole; `file` is its name in messages.
  package init(npy bytes: [UInt8], file: String) throws {
    let header = try NPYHeader(bytes, file: file)
    try header.require(bytes.count - header.end, file: file)
    self.init(
      type: header.type, shape: header.shape,
      bytes: header.ordered(Array(bytes[header.end...]), shape: header.shape))
  }

  /// Reads an `.npy` file.
  package init(npy path: String) throws { self = try NPYReader(path: path).array() }
}

extension NPYHeader {
  /// Refuses a file that has more or less bytes after the header than the shape takes.
  func require(_ found: Int, file: String) throws {
    guard found == size else {
      throw FormatError.bytes(
        file: file, offset: end,
        expected:
          "\(Words.count(size, "byte")) for the shape \(Excerpt.numbers(shape)) of \(type.rawValue)",
        found: NumberText.grouped(found), remedy: InflateError.damaged)
    }
  }

  /// Numbers of the file with their lowest byte first and the last axis running fastest.
  func ordered(_ bytes: [UInt8], shape: [Int]) -> [UInt8] {
    let size = type.bits / 8
    var bytes = bytes
    if isBigEndian, size > 1 {
      for start in stride(from: 0, to: bytes.count, by: size) {
        bytes[start..<(start + size)].reverse()
      }
    }
    guard isFortran, shape.count > 1 else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    // How far apart neighbours along each axis stand in the file.
    var steps = [size]
    for length in shape.dropLast() { steps.append(steps[steps.count - 1] * length) }
    var index = [Int](repeating: 0, count: shape.count)
    var at = 0
    while result.count < bytes.count {
      result += bytes[at..<(at + size)]
      var axis = shape.count - 1
      while axis >= 0 {
        index[axis] += 1
        at += steps[axis]
        if index[axis] < shape[axis] { break }
        at -= steps[axis] * shape[axis]
        index[axis] = 0
        axis -= 1
      }
    }
    return result
  }
}

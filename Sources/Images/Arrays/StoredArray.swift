package import DragomanFormats

/// An array of a file, of which elements are read as they are needed.
///
/// Of safetensors and of NPY files nothing stays in memory; what is compressed, or in Fortran's order, is read whole
/// when it is opened.
package struct StoredArray: Sendable {
  /// The file.
  package let file: String
  /// Its name in the file; `nil` of the only one of an NPY file.
  package let name: String?
  /// The type of its numbers, one of whole bytes and plain numbers.
  package let type: TensorType
  /// The length of each axis.
  package let shape: [Int]
  private let content: Content

  private enum Content {
    case npy(NPYReader)
    case tensor(SafetensorsReader, SafetensorsReader.Tensor)
    case memory(NumberArray)
  }

  init(_ reader: NPYReader) throws {
    (file, name, type, shape) = (reader.path, nil, reader.type, reader.shape)
    content = reader.isWholeOnly ? .memory(try reader.array()) : .npy(reader)
  }

  init(_ tensor: SafetensorsReader.Tensor, of reader: SafetensorsReader) throws {
    guard tensor.type.value(0) != nil else {
      throw ArrayError(
        file: reader.path, array: tensor.name, expected: "plain numbers",
        found: tensor.type.rawValue,
        remedy: "Save it as F32, F16 or BF16, or as whole numbers.")
    }
    (file, name, type, shape) = (reader.path, tensor.name, tensor.type, tensor.shape)
    content = .tensor(reader, tensor)
  }

  init(_ array: NumberArray, named name: String, file: String) {
    (self.file, self.name, type, shape) = (file, name, array.type, array.shape)
    content = .memory(array)
  }

  /// Numbers of what one index of the first axis chooses.
  package var rowSize: Int { shape.dropFirst().reduce(1, *) }

  /// Elements, counted with the last axis running fastest, as floats.
  package func floats(_ elements: Range<Int>) throws -> [Float] {
    switch content {
    case .npy(let reader): return try reader.floats(elements: elements)
    case .tensor(let reader, let tensor):
      return type.floats(try reader.bytes(of: tensor, elements: elements))
    case .memory(let array):
      let size = type.bits / 8
      return type.floats(
        Array(array.bytes[(elements.lowerBound * size)..<(elements.upperBound * size)]))
    }
  }

  /// What one index of the first axis chooses, as an array of its own.
  package func row(_ index: Int) throws -> NumberArray {
    precondition(index >= 0 && index < shape.first ?? 0, "row \(index) of the shape \(shape)")
    let size = rowSize
    switch content {
    case .npy(let reader): return try reader.row(index)
    case .tensor(let reader, let tensor):
      return NumberArray(
        type: type, shape: Array(shape.dropFirst()),
        bytes: try reader.bytes(of: tensor, elements: (index * size)..<((index + 1) * size)))
    case .memory(let array): return array[index]
    }
  }

  /// All numbers as whole ones; an error if one is not.
  package func integers() throws -> [Int] {
    let array: NumberArray
    switch content {
    case .npy(let reader): array = try reader.array()
    case .tensor(let reader, let tensor):
      array = NumberArray(
        type: type, shape: shape,
        bytes: try reader.bytes(of: tensor, elements: 0..<tensor.count))
    case .memory(let memory): array = memory
    }
    guard let result = array.integers() else {
      throw error("whole numbers", "others", "Save it with 'array.astype(\"int64\")'.")
    }
    return result
  }

  /// What is wrong with this array.
  package func error(_ expected: String, _ found: String, _ remedy: String) -> ArrayError {
    ArrayError(file: file, array: name, expected: expected, found: found, remedy: remedy)
  }

  /// The shape in words.
  package var shapeWords: String {
    "\(type.rawValue) [\(shape.prefix(8).map { "\($0)" }.joined(separator: ", "))]"
  }
}

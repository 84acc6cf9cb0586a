package import DragomanFormats

/// Numbers of one type in a shape, in memory: what a file of NumPy holds.
package struct NumberArray: Sendable, Equatable {
  /// The type of the numbers: whole ones of 8 to 64 bits, floats of 16 to 64, or booleans.
  package let type: TensorType
  /// The length of each axis; none for a single number.
  package let shape: [Int]
  /// The numbers, the last axis running fastest, each with its lowest byte first.
  package let bytes: [UInt8]

  /// An array of these bytes.
  package init(type: TensorType, shape: [Int], bytes: [UInt8]) {
    precondition(
      bytes.count == shape.reduce(type.bits / 8, *),
      "\(bytes.count) bytes for the shape \(shape) of \(type.rawValue)")
    (self.type, self.shape, self.bytes) = (type, shape, bytes)
  }

  /// Number of elements.
  package var count: Int { shape.reduce(1, *) }

  /// All numbers, rounded to floats.
  package func floats() -> [Float] { type.floats(bytes) }

  /// All numbers as whole ones; `nil` if one is not.
  package func integers() -> [Int]? {
    var result: [Int] = []
    result.reserveCapacity(count)
    let size = type.bits / 8
    for start in stride(from: 0, to: bytes.count, by: size) {
      let bits = Self.bits(bytes, start, size)
      switch type {
      case .u64:
        guard let value = Int(exactly: bits) else { return nil }
        result.append(value)
      case .i64: result.append(Int(truncatingIfNeeded: bits))
      default:
        guard let number = type.value(bits), let value = Int(exactly: number) else { return nil }
        result.append(value)
      }
    }
    return result
  }

  /// The array of index `index` along the first axis.
  package subscript(index: Int) -> NumberArray {
    let rest = Array(shape.dropFirst())
    let size = rest.reduce(type.bits / 8, *)
    return NumberArray(
      type: type, shape: rest, bytes: Array(bytes[(index * size)..<((index + 1) * size)]))
  }

  private static func bits(_ bytes: [UInt8], _ start: Int, _ size: Int) -> UInt64 {
    (0..<size).reduce(0) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) }
  }
}

extension TensorType {
  /// Numbers of this type, the lowest byte of each first, rounded to floats; what is not a plain number becomes none.
  package func floats(_ bytes: [UInt8]) -> [Float] {
    let count = bytes.count / (bits / 8)
    var result: [Float] = []
    result.reserveCapacity(count)
    let bytes = bytes.span
    switch self {
    case .f32:
      for index in 0..<count {
        result.append(Float(bitPattern: UInt32(truncatingIfNeeded: Self.bits(bytes, 4 * index, 4))))
      }
    case .bf16:
      for index in 0..<count {
        let high = UInt32(bytes[2 * index]) | UInt32(bytes[2 * index + 1]) << 8
        result.append(Float(bitPattern: high << 16))
      }
    default:
      let size = bits / 8
      for index in 0..<count {
        result.append(Float(value(Self.bits(bytes, size * index, size)) ?? .nan))
      }
    }
    return result
  }

  private static func bits(_ bytes: Span<UInt8>, _ start: Int, _ size: Int) -> UInt64 {
    var result: UInt64 = 0
    for place in 0..<size { result |= UInt64(bytes[start + place]) << UInt64(8 * place) }
    return result
  }
}

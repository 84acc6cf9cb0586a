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
    case .f16:
      for index in 0..<count {
        result.append(Self.half(UInt32(bytes[2 * index]) | UInt32(bytes[2 * index + 1]) << 8))
      }
    default:
      let size = bits / 8
      for index in 0..<count {
        result.append(Float(value(Self.bits(bytes, size * index, size)) ?? .nan))
      }
    }
    return result
  }

  /// The float that equals a binary16: its exponent moved by 127 − 15, subnormal ones as so many of the last place.
  private static func half(_ bits: UInt32) -> Float {
    let (sign, exponent, fraction) = ((bits & 0x8000) << 16, bits >> 10 & 31, bits & 1023)
    switch exponent {
    case 0:
      let magnitude = Float(fraction) * 0x1p-24
      return Float(bitPattern: magnitude.bitPattern | sign)
    case 31: return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
    default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }

  private static func bits(_ bytes: Span<UInt8>, _ start: Int, _ size: Int) -> UInt64 {
    var result: UInt64 = 0
    for place in 0..<size { result |= UInt64(bytes[start + place]) << UInt64(8 * place) }
    return result
  }
}

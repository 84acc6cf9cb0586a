extension TensorType {
  /// The bytes of numbers in this type, each rounded to the nearest, of two equally near ones to the even one.
  ///
  /// - Precondition: the type is a float of 16 bits, and no number is beyond ``WeightPrecision/largest``.
  static func rounded(_ floats: [Float], to type: TensorType) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(2 * floats.count)
    for float in floats {
      let bits = type == .f16 ? half(float) : upperHalf(float)
      bytes.append(UInt8(truncatingIfNeeded: bits))
      bytes.append(UInt8(truncatingIfNeeded: bits >> 8))
    }
    return bytes
  }

  /// The numbers of this type, a float of 16 bits, that are nearest to some; of two equally near ones the even one.
  package func nearest(_ floats: [Float]) -> [Float] {
    self == .f32 ? floats : self.floats(Self.rounded(floats, to: self))
  }

  /// IEEE 754 binary16, worked out by hand since not every platform has the type.
  ///
  /// The quotient by the last place is exact in Double. Rounding it up to 2048 carries into the exponent, as it should.
  private static func half(_ float: Float) -> UInt16 {
    let sign: UInt16 = float.sign == .minus ? 0x8000 : 0
    let magnitude = Double(float.magnitude)
    precondition(magnitude <= 65504, "\(float) has no half-precision float")
    guard magnitude >= 0x1p-14 else {
      return sign | UInt16((magnitude * 0x1p24).rounded(.toNearestOrEven))
    }
    let exponent = Int(magnitude.exponent)
    let places = magnitude * Double(sign: .plus, exponent: 10 - exponent, significand: 1)
    let fraction = UInt16(places.rounded(.toNearestOrEven)) - 1024
    return sign | (UInt16(exponent + 15) << 10 + fraction)
  }

  private static func upperHalf(_ float: Float) -> UInt16 {
    let bits = float.bitPattern
    return UInt16((bits + 0x7FFF + (bits >> 16 & 1)) >> 16)
  }
}

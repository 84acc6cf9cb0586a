/// The element types of safetensors.
package enum TensorType: String, Sendable, CaseIterable {
  case bool = "BOOL"
  case u8 = "U8"
  case i8 = "I8"
  case f8e5m2 = "F8_E5M2"
  case f8e4m3 = "F8_E4M3"
  case f8e8m0 = "F8_E8M0"
  case f8e4m3fnuz = "F8_E4M3FNUZ"
  case f8e5m2fnuz = "F8_E5M2FNUZ"
  case i16 = "I16"
  case u16 = "U16"
  case f16 = "F16"
  case bf16 = "BF16"
  case i32 = "I32"
  case u32 = "U32"
  case f32 = "F32"
  case i64 = "I64"
  case u64 = "U64"
  case f64 = "F64"
  case c64 = "C64"
  case f4 = "F4"
  case f6e2m3 = "F6_E2M3"
  case f6e3m2 = "F6_E3M2"

  /// Bits of an element.
  package var bits: Int {
    switch self {
    case .f4: 4
    case .f6e2m3, .f6e3m2: 6
    case .bool, .u8, .i8, .f8e5m2, .f8e4m3, .f8e8m0, .f8e4m3fnuz, .f8e5m2fnuz: 8
    case .i16, .u16, .f16, .bf16: 16
    case .i32, .u32, .f32: 32
    case .i64, .u64, .f64, .c64: 64
    }
  }

  /// The value of an element's bits; `nil` for types whose values are not plain numbers here.
  package func value(_ bits: UInt64) -> Double? {
    switch self {
    case .bool, .u8, .u16, .u32, .u64: Double(bits)
    case .i8: Double(Int8(truncatingIfNeeded: bits))
    case .i16: Double(Int16(truncatingIfNeeded: bits))
    case .i32: Double(Int32(truncatingIfNeeded: bits))
    case .i64: Double(Int64(bitPattern: bits))
    case .f16: Self.half(bits)
    case .bf16: Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits) << 16))
    case .f32: Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
    case .f64: Double(bitPattern: bits)
    default: nil
    }
  }

  /// IEEE 754 binary16, worked out by hand since not every platform has the type.
  private static func half(_ bits: UInt64) -> Double {
    let sign = bits & 0x8000 == 0 ? 1.0 : -1.0
    let exponent = Int(bits >> 10 & 31)
    let fraction = Double(bits & 1023) / 1024
    switch exponent {
    case 0: return sign * fraction * 0x1p-14
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default:
      return sign * (1 + fraction) * Double(sign: .plus, exponent: exponent - 15, significand: 1)
    }
  }
}

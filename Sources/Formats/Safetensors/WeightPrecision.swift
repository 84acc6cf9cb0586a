/// How exactly the weights in a file are stored.
package enum WeightPrecision: String, Sendable, CaseIterable {
  /// 32-bit floats, as they are trained.
  case f32
  /// 16-bit floats of IEEE 754: 11 bits of precision, up to 65504.
  case f16
  /// The upper half of a 32-bit float: 8 bits of precision, the same range.
  case bf16
  /// Whole numbers from −127 to 127, and a scale for each row.
  case int8

  /// The type of the tensors that are stored so.
  package var type: TensorType {
    switch self {
    case .f32: .f32
    case .f16: .f16
    case .bf16: .bf16
    case .int8: .i8
    }
  }

  /// The greatest magnitude that a weight may have; any finite one where each row has a scale.
  package var largest: Float {
    switch self {
    case .f32, .int8: .greatestFiniteMagnitude
    case .f16: 65504
    case .bf16: Float(bitPattern: 0x7F7F_0000)
    }
  }

  /// Numbers that a matrix has at least to be worth rounding; smaller ones, and all vectors, have more bits.
  package static let leastCount = 256

  /// Whether a tensor of this shape is stored in this precision; otherwise as 32-bit floats, or beside ``int8`` as
  /// ``f16``.
  package func covers(_ shape: [Int]) -> Bool {
    self != .f32 && shape.count > 1 && shape.reduce(1, *) >= Self.leastCount
  }
}

import CDragomanKernels

/// Functions of single elements.
extension Kernels {
  /// m = tanh m.
  public func tanh(_ m: Matrix) {
    split(m.rows, work: m.columns * 8) { range in
      unsafe table.pointee.tanh(
        range.count, m.columns, m.pointer + range.lowerBound * m.stride, m.stride)
    }
  }

  /// gradient *= 1 − y², the derivative of tanh at the output y.
  public func tanhBackward(_ gradient: Matrix, output y: Matrix) {
    precondition(
      gradient.rows == y.rows && gradient.columns == y.columns, "\(gradient.shape) and \(y.shape)")
    split(y.rows, work: y.columns) { range in
      unsafe table.pointee.tanh_backward(
        range.count, y.columns, gradient.pointer + range.lowerBound * gradient.stride,
        gradient.stride, y.pointer + range.lowerBound * y.stride, y.stride)
    }
  }

  /// Zeroes elements with a probability and scales the others by 1 / (1 − probability), in place.
  ///
  /// Whether an element is kept follows from the key, its column, and its row counted from `firstRow`.
  public func dropout(
    _ m: Matrix, probability: Float, key: DropoutKey, firstRow: Int = 0
  ) {
    precondition((0..<1).contains(probability), "a dropout of \(probability)")
    let threshold = UInt32(Double(probability) * 4_294_967_296)
    let factor = 1 / (1 - probability)
    let key = dragoman_dropout_key(seed: key.seed, update: key.update, place: key.place)
    split(m.rows, work: m.columns * 4) { range in
      unsafe table.pointee.dropout(
        range.count, m.columns, m.pointer + range.lowerBound * m.stride, m.stride,
        UInt64((firstRow + range.lowerBound) * m.columns), threshold, factor, key)
    }
  }
}

/// What a dropout's mask is a function of, besides the element.
public struct DropoutKey: Sendable, Equatable {
  /// The seed of the run.
  public let seed: UInt64
  /// The number of the update.
  public let update: UInt64
  /// The dropout within the model.
  public let place: UInt32

  /// The key of one dropout in one update of a run.
  public init(seed: UInt64, update: UInt64, place: UInt32) {
    self.seed = seed
    self.update = update
    self.place = place
  }
}

internal import CDragomanKernels

/// What the random numbers of one dropout are made from.
///
/// Philox4x32-10 (Salmon et al. 2011) with the key `seed`, low word first, and the counter
/// (block, ``place``, low word of ``update``, high word of ``update``). A block is four words; sixteen
/// consecutive blocks serve 64 consecutive elements: word w of block 16·g + i belongs to element
/// 64·g + 16·w + i.
public struct DropoutKey: Sendable, Hashable {
  /// The seed of the run.
  public var seed: UInt64
  /// The update, so that every one draws anew.
  public var update: UInt64
  /// Which of the model's dropouts.
  public var place: UInt32

  /// A key.
  public init(seed: UInt64, update: UInt64, place: UInt32) {
    self.seed = seed
    self.update = update
    self.place = place
  }
}

// Functions of single elements, in place.
extension Kernels {
  /// `m = tanh(m)`.
  public func tanh(_ m: Matrix) {
    unsafe dragoman_tanh(engine, m.view)
  }

  /// `gradient *= 1 − y²`, where `y` is what ``tanh(_:)`` left.
  public func tanhBackward(_ gradient: Matrix, output y: Matrix) {
    requireEqualShapes(gradient, y, "tanhBackward")
    unsafe dragoman_tanh_backward(engine, gradient.view, y.view)
  }

  /// Multiplies each element by 0 with this probability and by 1/(1 − probability) otherwise.
  ///
  /// The same call does the backward pass. Element (i, j) draws the number of element
  /// `(firstRow + i) · columns + j`, so that a block of rows draws the mask it has in the whole.
  public func dropout(
    _ m: Matrix, probability: Float, key: DropoutKey, firstRow: Int = 0
  ) {
    precondition((0..<1).contains(probability), "dropout of \(probability); it must be in 0..<1")
    precondition(firstRow >= 0, "dropout from row \(firstRow) on")
    if probability == 0 { return }
    let threshold = UInt32((Double(probability) * 0x1p32).rounded(.down))
    let scale = Float(1 / (1 - Double(probability)))
    unsafe dragoman_dropout(
      engine, m.view, threshold, scale, key.seed, key.update, key.place, firstRow)
  }

  /// `m = e^m`; what would be subnormal becomes 0.
  public func exp(_ m: Matrix) { unsafe dragoman_exp(engine, m.view) }

  /// `m = ln m`, −∞ of 0.
  public func log(_ m: Matrix) { unsafe dragoman_log(engine, m.view) }

  /// `m = 1/(1 + e^−m)`: for tests of the function inside the other kernels.
  func sigmoid(_ m: Matrix) { unsafe dragoman_sigmoid(engine, m.view) }
}

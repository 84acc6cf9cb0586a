internal import CDragomanKernels

/// What the random numbers of one dropout are made from.
///
/// Philox4x32-10 (Salmon et al. 2011) with the key `seed`, low word first, and the counter
/// (block, ``place``, low word of ``update``, high word of ``update``). A block is four words; sixteen
/// consecutive blocks serve 64 consecutive elements: word w of block 16·g + i belongs to element
/// 64·g + 16·w + i.
package struct DropoutKey: Sendable, Hashable {
  /// The seed of the run.
  package var seed: UInt64
  /// The update, so that every one draws anew.
  package var update: UInt64
  /// Which of the model's dropouts.
  package var place: UInt32

  /// A key.
  package init(seed: UInt64, update: UInt64, place: UInt32) {
    self.seed = seed
    self.update = update
    self.place = place
  }
}

// Functions of single elements, in place.
extension Kernels {
  /// `m = tanh(m)`.
  package func tanh(_ m: Matrix) {
    unsafe dragoman_tanh(engine, m.view)
  }

  /// `gradient *= 1 − y²`, where `y` is what ``tanh(_:)`` left.
  package func tanhBackward(_ gradient: Matrix, output y: Matrix) {
    requireEqualShapes(gradient, y, "tanhBackward")
    unsafe dragoman_tanh_backward(engine, gradient.view, y.view)
  }

  /// Multiplies each element by 0 with this probability and by 1/(1 − probability) otherwise.
  ///
  /// The same call does the backward pass. Element (i, j) draws the number of element
  /// `(firstRow + i) · columns + j`, so that a block of rows draws the mask it has in the whole.
  package func dropout(
    _ m: Matrix, probability: Float, key: DropoutKey, firstRow: Int = 0
  ) {
    precondition(firstRow >= 0, "dropout from row \(firstRow) on")
    unsafe dropout(m, probability, key, firstRow: firstRow, rows: nil)
  }

  /// The same, but element (i, j) draws the number of element `rows[i] · columns + j`: rows of one number, such as
  /// those of one sentence, have one mask.
  package func dropout(_ m: Matrix, probability: Float, key: DropoutKey, rows: ArraySlice<Int32>) {
    precondition(rows.count == m.rows, "dropout of \(m.shape) with \(rows.count) row numbers")
    precondition(rows.allSatisfy { $0 >= 0 }, "dropout with a row number below 0")
    unsafe rows.withUnsafeBufferPointer {
      unsafe dropout(m, probability, key, firstRow: 0, rows: $0.baseAddress)
    }
  }

  private func dropout(
    _ m: Matrix, _ probability: Float, _ key: DropoutKey, firstRow: Int,
    rows: UnsafePointer<Int32>?
  ) {
    guard let (threshold, scale) = dropoutDraw(probability) else { return }
    unsafe dragoman_dropout(
      engine, m.view, threshold, scale, key.seed, key.update, key.place, firstRow, rows)
  }

  /// Multiplies each row as a whole by 0 with this probability and by 1/(1 − probability) otherwise.
  ///
  /// The same call does the backward pass. Row i draws the number of element i.
  package func dropoutRows(_ m: Matrix, probability: Float, key: DropoutKey) {
    guard let (threshold, scale) = dropoutDraw(probability) else { return }
    unsafe dragoman_dropout_rows(
      engine, m.view, threshold, scale, key.seed, key.update, key.place)
  }

  /// The words below which an element is dropped, and the factor of the others; `nil` if nothing is dropped.
  private func dropoutDraw(_ probability: Float) -> (threshold: UInt32, scale: Float)? {
    precondition((0..<1).contains(probability), "dropout of \(probability); it must be in 0..<1")
    guard probability > 0 else { return nil }
    return (
      UInt32((Double(probability) * 0x1p32).rounded(.down)),
      Float(1 / (1 - Double(probability)))
    )
  }

  /// `m = e^m`; what would be subnormal becomes 0.
  package func exp(_ m: Matrix) { unsafe dragoman_exp(engine, m.view) }

  /// `m = ln m`, −∞ of 0.
  package func log(_ m: Matrix) { unsafe dragoman_log(engine, m.view) }

  /// `gradient *= y (1 − y)`, where `y` is what ``sigmoid(_:)`` left.
  package func sigmoidBackward(_ gradient: Matrix, output y: Matrix) {
    requireEqualShapes(gradient, y, "sigmoidBackward")
    unsafe dragoman_sigmoid_backward(engine, gradient.view, y.view)
  }

  /// `m = 1/(1 + e^−m)`.
  package func sigmoid(_ m: Matrix) { unsafe dragoman_sigmoid(engine, m.view) }
}

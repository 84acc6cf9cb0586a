public import DragomanTensor

/// Zeroes each element with a probability p and scales the others by 1 / (1 − p), while training.
///
/// The mask is a function of (seed, update, place, row, column) and is drawn again on the way back
/// instead of being stored. Srivastava et al. 2014, section 4; the scaling is the "inverted" form, so
/// that inference has nothing to do.
public struct Dropout: Sendable {
  /// The chance that an element becomes 0, in `0..<1`.
  public let probability: Float
  /// Tells the masks of one model's dropouts apart.
  let place: UInt32

  /// A dropout whose `place` no other dropout of the model has.
  public init(probability: Float, place: UInt32) {
    precondition((0..<1).contains(probability), "a dropout of \(probability) is not in 0..<1")
    self.probability = probability
    self.place = place
  }

  /// Whether the pass changes anything.
  func isActive(in pass: Pass) -> Bool { probability > 0 && pass.noise != nil }

  /// Applies the mask in place: to activations on the way forward, to their gradient on the way back.
  ///
  /// Row i of the matrix is row `firstRow + i` of the whole, so that a block draws the mask of its rows.
  public func apply(to matrix: Matrix, firstRow: Int = 0, _ pass: Pass) {
    guard probability > 0, let noise = pass.noise else { return }
    pass.kernels.dropout(matrix, probability: probability, key: key(noise), firstRow: firstRow)
  }

  /// Applies a mask of one element per row, so that a row is dropped as a whole.
  func apply(toRowsOf matrix: Matrix, _ pass: Pass) {
    guard probability > 0, let noise = pass.noise else { return }
    pass.kernels.dropoutRows(matrix, probability: probability, key: key(noise))
  }

  private func key(_ noise: Noise) -> DropoutKey {
    DropoutKey(seed: noise.seed, update: noise.update, place: place)
  }
}

package import DragomanTensor

/// Zeroes each element with a probability and scales the others by 1 / (1 − probability), while training.
///
///     y = ξ ⊙ x        ∂x = ξ ⊙ ∂y        ξ is 0 or 1 / (1 − probability)
///
/// The mask is a function of (seed, update, path, row, column) and is drawn again in the backward pass instead of being
/// stored. The path is that of the parameter the dropout stands beside, so that a new layer moves no other mask.
/// Srivastava et al. 2014, section 4; the scaling is the "inverted" form, so
/// that inference has nothing to do.
///
/// Every row draws a mask of its own (Zaremba et al. 2014), unless the dropout is variational: then a sentence
/// draws one mask, with its number in the batch for the row, and all its steps share it (Gal and Ghahramani 2016,
/// section 4, with one mask for all gates: their "tied" form).
package struct Dropout: Sendable {
  /// The chance that an element becomes 0, in `0..<1`.
  package let probability: Float
  /// Tells the masks of one model's dropouts apart: 31 bits of a hash of the path.
  let place: UInt32
  /// Whether the steps of a sentence share a mask.
  let isVariational: Bool

  /// A dropout whose `path`, such as `encoder.1.input`, no other dropout of the model has.
  ///
  /// Paths become numbers below 2³¹, so that two of a model's hundred dropouts share their masks with a chance of one
  /// in four hundred thousand, which would do no harm that anybody could measure; ``Random`` takes the numbers above.
  package init(probability: Double, path: String, isVariational: Bool = false) {
    precondition((0..<1).contains(probability), "a dropout of \(probability) is not in 0..<1")
    self.probability = Float(probability)
    let hash = Random.hash(path)
    place = UInt32(truncatingIfNeeded: hash ^ hash >> 32) & 0x7FFF_FFFF
    self.isVariational = isVariational
  }

  /// Whether the pass changes anything.
  package func isActive(in pass: Pass) -> Bool { probability > 0 && pass.noise != nil }

  /// Applies the mask in place: to activations in the forward pass, to their gradient in the backward pass.
  ///
  /// Row i of the matrix is row `firstRow + i` of the whole, so that a block draws the mask of its rows, and it
  /// belongs to the sentence `sentences[i]`, for which only a variational dropout asks.
  package func apply(
    to matrix: Matrix, firstRow: Int = 0, sentences: @autoclosure () -> ArraySlice<Int32>,
    _ pass: Pass
  ) {
    guard probability > 0, let noise = pass.noise else { return }
    if isVariational {
      pass.kernels.dropout(matrix, probability: probability, key: key(noise), rows: sentences())
    } else {
      pass.kernels.dropout(matrix, probability: probability, key: key(noise), firstRow: firstRow)
    }
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

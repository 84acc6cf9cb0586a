package import DragomanLayers
package import DragomanTensor

/// What an encoder makes of the sources of a batch: a ragged list of vectors for each, which is all that attention asks
/// for.
package struct EncodedSource {
  /// hᵢ, `[N, D]`.
  package let states: RaggedMatrix
  /// For each layer, for each direction the state after the last step, `[B, H]`; only recurrent encoders have them.
  package let finals: [[CellState]]?
}

/// ∂L/∂ of an ``EncodedSource``.
package struct EncodedGradient {
  /// Of hᵢ, `[N, D]`.
  package let states: Matrix
  /// Of the final states, where they were used.
  package let finals: [[CellState?]]?
}

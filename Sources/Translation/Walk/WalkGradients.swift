/// How the loss changes with the numbers of a way that all models have; ``Walk/encoder`` and ``Walk/decoder`` hold the
/// gradients of their own.
package struct WalkGradients: Sendable {
  /// That of the logits, `[T, V]`: p − onehot(y_t).
  package let logits: [[Float]]
  /// What the decoder sends to each hᵢ, `[S, D]`.
  package let states: [[Float]]
  /// ∂x, `[S, E]`, or of patches in their places, `[S, D]`; none of convolutions.
  package let embeddings: [[Float]]
  /// The norm of each parameter and of its gradient, in the order of the layout.
  package let parameters: [(name: String, shape: [Int], norm: Double, gradient: Double)]

  /// The norm of the gradients of all parameters.
  package var norm: Double {
    parameters.reduce(0) { $0 + $1.gradient * $1.gradient }.squareRoot()
  }
}

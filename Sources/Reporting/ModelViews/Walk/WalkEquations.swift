/// The equations that all walks have, in the spelling of ``Equation`` and with the letters of docs/gradients.md.
enum WalkEquations {
  /// The word vectors of the source.
  static let embedding = "x_i = X[y_i]"
  /// A row of features as it is read.
  static let row = "f = (r − μ) / σ"
  /// The vector of such a row.
  static let linear = "x_i = W f_i + b"
  /// A row that no layer reads.
  static let state = "h_i = f_i"
  /// The distribution.
  static let softmax = "p_t = softmax(ℓ_t)"
  /// The loss.
  static let loss = "L = −Σ_t log p_t(y_t)"
  /// The gradient of the logits.
  static let logitGradient = "∂ℓ_t = p_t − onehot(y_t)"
  /// How much a word matters.
  static let embeddingNorm = "‖∂x_i‖ = √(Σ_j (∂x_{ij})^2)"
}

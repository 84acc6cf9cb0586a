public import DragomanTensor

/// The projection to the vocabulary, its softmax and the loss, over blocks of tokens.
///
///     ŷ = softmax(W f + b)        L = −log ŷ[target]        ∂(W f + b) = (ŷ − onehot(target)) · scale
///
/// The `[N, V]` matrix of all logits never exists: a block of rows goes through product, softmax, loss and
/// both gradients before the next one begins. The gradient of W is one chain of sums over all tokens,
/// wherever the blocks end.
public struct OutputLayer: Sendable {
  /// W `[V, F]` and b `[V]`.
  public let linear: Linear

  /// Tokens per block.
  ///
  /// Each block reads and writes ∂W once and packs W once for the way back, so it must not be small; its
  /// logits should stay in the outer cache: 256 × 8,000 floats are 8 MB.
  static let blockRows = 256

  /// A projection of `features` numbers to `vocabulary` logits.
  public init(name: String, features: Int, vocabulary: Int, layout: inout ParameterLayout) {
    linear = Linear(name: name, from: features, to: vocabulary, layout: &layout)
  }

  /// V.
  public var vocabulary: Int { linear.outputs }

  /// The loss of each of N tokens, in nats, given their features, `[N, F]`.
  public func losses(_ features: Matrix, targets: [Int32], _ pass: Pass) -> [Float] {
    var losses = [Float](repeating: 0, count: features.rows)
    let block = pass.workspace.matrix(
      rows: min(Self.blockRows, features.rows), columns: vocabulary)
    let weight = linear.packed(pass)
    for rows in blocks(of: features.rows) {
      let logits = block.rows(0..<rows.count)
      linear.forward(features.rows(rows), weight, into: logits, pass)
      pass.kernels.crossEntropy(
        logits, targets: targets[rows], losses: &losses, at: rows.lowerBound, gradientScale: nil)
    }
    return losses
  }

  /// Forward and backward in one: returns the loss of the N tokens, writes the gradient of their features
  /// times `scale` to `featureGradient`, `[N, F]`, and adds to the gradients of W and b.
  public func train(
    _ features: Matrix, targets: [Int32], scale: Float, featureGradient: Matrix, _ pass: Pass,
    gradients: Parameters
  ) -> Loss {
    var losses = [Float](repeating: 0, count: features.rows)
    let block = pass.workspace.matrix(
      rows: min(Self.blockRows, features.rows), columns: vocabulary)
    let weight = linear.packed(pass)
    for rows in blocks(of: features.rows) {
      let logits = block.rows(0..<rows.count)
      linear.forward(features.rows(rows), weight, into: logits, pass)
      pass.kernels.crossEntropy(
        logits, targets: targets[rows], losses: &losses, at: rows.lowerBound, gradientScale: scale)
      linear.backward(
        logits, input: features.rows(rows), inputGradient: featureGradient.rows(rows), pass,
        gradients: gradients)
    }
    return Loss(sum: losses.reduce(0) { $0 + Double($1) }, count: features.rows)
  }

  private func blocks(of rows: Int) -> [Range<Int>] {
    stride(from: 0, to: rows, by: Self.blockRows).map { $0..<min($0 + Self.blockRows, rows) }
  }
}

package import DragomanLayers
package import DragomanTensor

/// What stands between a decoder and the vocabulary: a hidden layer, if there is one, dropout, and the projection.
///
///     f ⟶ (t = tanh(U [f ; x] + d)) ⟶ dropout ⟶ softmax(W · + b)
///
/// with f the decoder's features of a token and x the word vector of the token before it.
package struct Readout: Sendable {
  /// The hidden layer.
  let deepOutput: DeepOutput?
  /// In what the projection reads.
  let dropout: Dropout
  /// The projection.
  package let output: OutputLayer

  /// Adds `deepOutput.…` and `output.…` to the layout; the projection's weight is `embedding` if it is tied to that.
  ///
  /// - Parameters:
  ///   - model: says what is dropped and tied.
  ///   - features: the numbers of f.
  ///   - deep: the numbers of t; `nil` for no hidden layer.
  ///   - readsWord: whether the hidden layer reads x as well.
  ///   - vocabulary: V.
  ///   - embedding: the table of word vectors.
  ///   - layout: added to.
  init(
    _ model: ModelConfiguration, features: Int, deep: Int?, readsWord: Bool, vocabulary: Int,
    embedding: Embedding, layout: inout ParameterLayout
  ) {
    dropout = model.dropout.mask(model.dropout.output, "output")
    deepOutput = deep.map { size in
      DeepOutput(
        name: "deepOutput", features: features, embedding: readsWord ? model.embedding : nil,
        size: size, layout: &layout)
    }
    output =
      model.tied.joinsOutput
      ? OutputLayer(name: "output", tiedTo: embedding, layout: &layout)
      : OutputLayer(
        name: "output", features: deepOutput?.size ?? features, vocabulary: vocabulary,
        layout: &layout)
  }

  /// Features of N target tokens, all in one order.
  struct Features {
    /// f, `[N, F]`.
    let features: Matrix
    /// x, `[N, E]`.
    let embedded: Matrix
    /// The tokens that are to be written.
    let targets: [Int32]
    /// The sentence of each row.
    let sentences: [Int32]
  }

  /// What the projection reads, before dropout: `[N, F]`.
  package func read(
    _ features: Matrix, embedded: Matrix, _ pass: Pass
  ) -> (output: Matrix, deep: DeepOutput.Trace?) {
    let deep = pass.timed(.output) {
      deepOutput?.forward(features, embedded: embedded, pass)
    }
    return (deep?.output ?? features, deep)
  }

  /// −log p of each token, in nats.
  func losses(_ input: Features, _ pass: Pass) -> [Float] {
    output.losses(
      read(input.features, embedded: input.embedded, pass).output, targets: input.targets, pass)
  }

  /// The smoothed loss of all tokens, and ∂f, `[N, F]`, and, where it is read, ∂x, `[N, E]`; adds to the gradients
  /// `scale` times those of its sum.
  ///
  /// In the forward pass: t = tanh(U [f ; x] + d), or t = f; t′ = ξ ⊙ t; ℓ = W t′ + b. So the projection gives ∂t′, ∂t
  /// = ξ ⊙ ∂t′, and the hidden layer makes ∂f and ∂x of it.
  func train(
    _ input: Features, scale: Float, labelSmoothing: Float, _ pass: Pass, gradients: Parameters
  ) -> (loss: Loss, features: Matrix, embedded: Matrix?) {
    let workspace = pass.workspace
    let (top, deep) = read(input.features, embedded: input.embedded, pass)
    var dropped = top
    if dropout.isActive(in: pass) {
      // The backward pass needs the states, or tanh, as they were.
      dropped = workspace.matrix(rows: top.rows, columns: top.columns)
      pass.kernels.copy(top, to: dropped)
      dropout.apply(to: dropped, sentences: input.sentences[...], pass)
    }
    let gradient = workspace.matrix(rows: top.rows, columns: top.columns)
    let loss = output.train(
      dropped, targets: input.targets, scale: scale, labelSmoothing: labelSmoothing,
      featureGradient: gradient, pass, gradients: gradients)
    dropout.apply(to: gradient, sentences: input.sentences[...], pass)
    guard let deepOutput, let deep else { return (loss, gradient, nil) }
    let below = pass.timed(.outputBackward) {
      deepOutput.backward(
        gradient, deep, features: input.features.columns, pass, gradients: gradients)
    }
    return (loss, below.features, below.embedded)
  }

  /// Multiply-adds for one token.
  var multiplications: Int {
    output.vocabulary * output.linear.inputs + (deepOutput.map { $0.inputs * $0.size } ?? 0)
  }
}

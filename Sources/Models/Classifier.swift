package import DragomanLayers
package import DragomanTensor

/// An encoder, a pooling and a projection to classes, and the layout of their parameters, without weights.
///
///     h = encoder(source)        u = pool(h)        p = softmax(W dropout(u) + b)
package struct Classifier: Sendable {
  /// What it was made of.
  package let configuration: ClassifierConfiguration
  /// The names, shapes and places of all parameters.
  package let layout: ParameterLayout
  /// Reads.
  package let encoder: Encoder
  /// Makes one vector of many.
  package let pooling: RowPooling
  /// Gives each class a score: `head.weight`, `head.bias`.
  package let head: OutputLayer
  private let dropout: Dropout
  /// What it reads.
  package let input: SourceShape

  /// The classifier of a valid configuration.
  package init(_ configuration: ClassifierConfiguration, input: SourceShape, classes: Int) {
    var layout = ParameterLayout()
    encoder = Encoder(
      configuration.reader, reading: input, hasClass: configuration.pooling == .cls,
      layout: &layout)
    pooling = RowPooling(
      configuration.pooling, name: "pooling", size: encoder.width, layout: &layout)
    head = OutputLayer(
      name: "head", features: encoder.width, vocabulary: classes, layout: &layout)
    dropout = Dropout(probability: configuration.dropout.pooled, path: "head")
    (self.configuration, self.layout, self.input) = (configuration, layout, input)
  }

  /// How many classes there are.
  package var classes: Int { head.vocabulary }

  /// A batch's way through encoder and pooling.
  package struct Trace {
    /// What the encoder made: a list of vectors for each example.
    package let rows: RaggedMatrix
    /// The encoder's way.
    package let encoder: EncoderTrace
    /// The way of its vectors into one.
    package let pooling: RowPooling.Trace
    /// u, `[B, D]`.
    package let pooled: Matrix
  }

  /// Goes forward through a batch, up to what the projection reads.
  package func forward(
    _ source: Source, freezingEncoder: Bool = false, _ pass: Pass
  ) -> Trace {
    let (encoded, read) = pass.timed(.encoder) {
      encoder.forward(source, freezingEncoder ? pass.quiet : pass)
    }
    let (pooled, trace) = pass.timed(.attention) { pooling.forward(encoded.states, pass) }
    return Trace(rows: encoded.states, encoder: read, pooling: trace, pooled: pooled)
  }

  /// The scores of all classes, `[B, classes]`, of what a pass has gone through.
  package func logits(_ trace: Trace, _ pass: Pass) -> Matrix {
    head.linear.forward(trace.pooled, pass)
  }

  /// −log p of each example's class, in nats.
  package func losses(_ source: Source, classes: [Int32], _ pass: Pass) -> [Float] {
    head.losses(forward(source, pass).pooled, targets: classes, pass)
  }

  /// The loss of a batch, its labels smoothed, each class with its weight if there are any; adds the gradients of
  /// `scale` times its sum.
  ///
  /// A frozen encoder works as it does once training is over, and has no gradient.
  ///
  /// In the forward pass: u = pool(h); u′ = ξ ⊙ u; ℓ = W u′ + b. So the projection gives ∂u′, ∂u = ξ ⊙ ∂u′, and pooling
  /// makes ∂h of it.
  @discardableResult
  package func train(
    _ source: Source, classes: [Int32], scale: Float, labelSmoothing: Float = 0,
    classWeights: [Float]? = nil, freezingEncoder: Bool = false, _ pass: Pass,
    gradients: Parameters
  ) -> Loss {
    let trace = forward(source, freezingEncoder: freezingEncoder, pass)
    let rows = (0..<Int32(trace.pooled.rows)).map(\.self)
    // No way back needs the vectors as they were before.
    dropout.apply(to: trace.pooled, sentences: rows[...], pass)
    let gradient = pass.workspace.matrix(
      rows: trace.pooled.rows, columns: trace.pooled.columns)
    let loss = head.train(
      trace.pooled, targets: classes, scale: scale, labelSmoothing: labelSmoothing,
      classWeights: classWeights, featureGradient: gradient, pass, gradients: gradients)
    dropout.apply(to: gradient, sentences: rows[...], pass)
    pass.recorder?.add(.featureGradient, gradient)
    let states = pass.timed(.attentionBackward) {
      trace.pooling.backward(gradient, pass, gradients: gradients)
    }
    guard !freezingEncoder else { return loss }
    pass.timed(.encoderBackward) {
      trace.encoder.backward(
        EncodedGradient(states: states, finals: nil), pass, gradients: gradients)
    }
    return loss
  }

  /// The layers for one image, with what comes out; none of a classifier of texts or features.
  package var sizes: [LayerSize] {
    let layers = encoder.sizes
    guard !layers.isEmpty else { return [] }
    return layers + [
      LayerSize(
        name: "head", kind: "\(pooling.kind.rawValue) of the rows, projection", output: [classes],
        multiplications: Double(head.linear.inputs * classes))
    ]
  }

  /// Lines, and rows of each, of the grid that the vectors of an image are the places of; `nil` of texts and features.
  package var gridSize: (height: Int, width: Int)? { encoder.gridSize }
}

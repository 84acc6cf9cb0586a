package import DragomanLayers
package import DragomanTensor
package import DragomanText

/// An encoder, a decoder, and the layout of their parameters: the architecture of a configuration, without weights.
package struct SequenceModel: Sendable {
  /// What it was made of.
  package let configuration: ModelConfiguration
  /// The names, shapes and places of all parameters.
  package let layout: ParameterLayout
  /// The places of the decoder's own parameters: those behind the encoder's and behind vectors that languages share.
  package let decoderPlaces: Range<Int>
  /// Reads sources.
  package let encoder: Encoder
  /// Writes targets.
  package let decoder: Decoder
  /// What sources are made of.
  package let reading: SourceShape
  /// Entries of the target vocabulary.
  package let targetVocabulary: Int

  /// The model of a valid configuration; a location scorer needs `attention.positions`, and languages whose word
  /// vectors are tied need one vocabulary.
  package init(
    _ configuration: ModelConfiguration, sourceVocabulary: Int, targetVocabulary: Int
  ) {
    self.init(
      configuration, reading: .tokens(vocabulary: sourceVocabulary),
      targetVocabulary: targetVocabulary)
  }

  /// The model of a valid configuration for sources of a shape; an encoder of the kind `features` has its `size`
  /// stated.
  package init(
    _ configuration: ModelConfiguration, reading: SourceShape, targetVocabulary: Int
  ) {
    precondition(
      !configuration.tied.joinsLanguages || reading == .tokens(vocabulary: targetVocabulary),
      "tied vectors of sources of \(reading) and \(targetVocabulary) target words")
    var layout = ParameterLayout()
    let shared =
      configuration.tied.joinsLanguages
      ? Embedding(
        name: "embedding", vocabulary: targetVocabulary, size: configuration.embedding,
        layout: &layout) : nil
    let encoder = Encoder(configuration, reading: reading, shared: shared, layout: &layout)
    precondition(
      encoder.width == configuration.encoder.width,
      "vectors of \(encoder.width) for a decoder that reads \(configuration.encoder.width)")
    let start = layout.count
    let decoder = Decoder(
      configuration, vocabulary: targetVocabulary, shared: shared,
      layout: &layout)
    decoderPlaces = start..<layout.count
    self.configuration = configuration
    self.reading = reading
    self.targetVocabulary = targetVocabulary
    (self.encoder, self.decoder, self.layout) = (encoder, decoder, layout)
  }

  /// Entries of the source vocabulary; 0 if sources are not tokens.
  package var sourceVocabulary: Int {
    switch reading {
    case .tokens(let vocabulary): vocabulary
    case .features, .images: 0
    }
  }

  /// The longest source the model can look at whole; `nil` is any length.
  package var reach: Int? { decoder.reach }

  /// Floating-point operations of the products in one training step on a batch: two per multiply-add, and every
  /// product of the forward pass twice more in the backward pass.
  ///
  /// Pointwise functions, softmax and the optimizer are not counted, as is usual; tokens are real ones.
  package func trainingOperations(_ batch: Batch) -> Double {
    6 * (encoder.multiplications(batch.source) + decoder.multiplications(batch))
  }
}

// MARK: - Teacher forcing

extension SequenceModel {
  /// A batch's way through encoder and decoder, with the true previous token at every step.
  package struct Trace {
    /// What the encoder made of the sources.
    package let encoded: EncodedSource
    /// The encoder's way.
    package let encoder: EncoderTrace
    /// The decoder's way.
    package let decoder: DecoderTrace
  }

  /// Goes forward through a batch, whose sources may be others than its tokens.
  package func forward(
    _ batch: Batch, reading source: Source? = nil, freezingEncoder: Bool = false, _ pass: Pass
  ) -> Trace {
    let (encoded, read) = pass.timed(.encoder) {
      encoder.forward(source ?? batch.source, freezingEncoder ? pass.quiet : pass)
    }
    let written = pass.timed(.decoder) { decoder.forward(batch, encoded, pass) }
    return Trace(encoded: encoded, encoder: read, decoder: written)
  }

  /// The loss −log p(token) of every target token in nats, sentence by sentence.
  package func losses(_ batch: Batch, reading source: Source? = nil, _ pass: Pass) -> [Float] {
    forward(batch, reading: source, pass).decoder.losses(batch, pass)
  }

  /// The loss of a batch, its labels smoothed; adds the gradients of `scale` times its sum.
  ///
  /// With `scale` = 1 / tokens they are those of the mean. Those at ``decoderPlaces`` are complete when
  /// ``Pass/afterDecoder`` is called. A frozen encoder works as it does once training is over, without dropout and by
  /// running statistics, and has no gradient. No memory is allocated once the workspace has grown to the largest batch.
  @discardableResult
  package func train(
    _ batch: Batch, reading source: Source? = nil, scale: Float, labelSmoothing: Float = 0,
    freezingEncoder: Bool = false, _ pass: Pass, gradients: Parameters
  ) -> Loss {
    let trace = forward(batch, reading: source, freezingEncoder: freezingEncoder, pass)
    let (loss, gradient) = pass.timed(.decoderBackward) {
      trace.decoder.train(
        batch, scale: scale, labelSmoothing: labelSmoothing, pass, gradients: gradients)
    }
    pass.afterDecoder?()
    guard !freezingEncoder else { return loss }
    pass.timed(.encoderBackward) {
      trace.encoder.backward(gradient, pass, gradients: gradients)
    }
    return loss
  }

  /// What the layers did with a batch, with the true previous token at every step.
  ///
  /// The matrices live until the pass's workspace is reset.
  package func activations(_ batch: Batch, _ pass: Pass) -> ModelActivations {
    let trace = forward(batch, pass)
    return ModelActivations(
      layers: trace.encoder.activations + trace.decoder.activations,
      heads: trace.encoder.heads + trace.decoder.heads)
  }
}

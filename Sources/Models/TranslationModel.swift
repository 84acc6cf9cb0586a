package import DragomanLayers
package import DragomanTensor
package import DragomanText

/// An encoder, a decoder with attention, and the layout of their parameters: the architecture of a
/// configuration, without weights.
package struct TranslationModel: Sendable {
  /// What it was made of.
  package let configuration: ModelConfiguration
  /// The names, shapes and places of all parameters.
  package let layout: ParameterLayout
  /// Reads sources.
  package let encoder: Encoder
  let start: DecoderStart
  /// Writes targets.
  package let decoder: Decoder
  /// Entries of the source vocabulary.
  package let sourceVocabulary: Int
  /// Entries of the target vocabulary.
  package let targetVocabulary: Int

  /// The model of a valid configuration; a location scorer needs `attention.positions`, and languages whose word
  /// vectors are tied need one vocabulary.
  package init(
    _ configuration: ModelConfiguration, sourceVocabulary: Int, targetVocabulary: Int
  ) {
    precondition(
      !configuration.tied.joinsLanguages || sourceVocabulary == targetVocabulary,
      "tied vectors of \(sourceVocabulary) source and \(targetVocabulary) target words")
    var layout = ParameterLayout()
    let shared =
      configuration.tied.joinsLanguages
      ? Embedding(
        name: "embedding", vocabulary: sourceVocabulary, size: configuration.embedding,
        layout: &layout) : nil
    // Every dropout has a place of its own in the space of random masks.
    var places: UInt32 = 0
    func dropout(_ probability: Double) -> Dropout {
      places += 1
      return Dropout(
        probability: Float(probability), place: places,
        isVariational: configuration.dropout.variational)
    }
    let encoder = Encoder(
      configuration, vocabulary: sourceVocabulary, shared: shared, layout: &layout,
      dropout: dropout)
    self.configuration = configuration
    self.sourceVocabulary = sourceVocabulary
    self.targetVocabulary = targetVocabulary
    self.encoder = encoder
    start = DecoderStart(configuration, encoder: encoder, layout: &layout)
    decoder = Decoder(
      configuration, vocabulary: targetVocabulary, shared: shared, layout: &layout,
      dropout: dropout)
    self.layout = layout
  }

  /// The longest source the model can look at whole; `nil` is any length.
  package var reach: Int? { decoder.attention.scorer.reach }
}

// MARK: - Teacher forcing

extension TranslationModel {
  /// A batch's way through encoder and decoder, with the true previous token at every step.
  package struct Trace {
    package let encoded: Encoder.Trace
    package let start: DecoderStart.Trace
    package let decoded: Decoder.Trace
  }

  package func forward(_ batch: Batch, begin: Int32, _ pass: Pass) -> Trace {
    let encoded = pass.timed(.encoder) {
      encoder.forward(ids: batch.sourceIDs, offsets: batch.sourceOffsets, pass)
    }
    let started = pass.timed(.decoder) { start.forward(encoder, encoded, pass) }
    let decoded = pass.timed(.decoder) {
      decoder.forward(
        ids: batch.inputs(begin: begin), offsets: batch.targetOffsets, initial: started.results,
        encoded.states, pass)
    }
    return Trace(encoded: encoded, start: started, decoded: decoded)
  }

  /// The loss −log p(token) of every target token in nats, sentence by sentence.
  package func losses(_ batch: Batch, begin: Int32, _ pass: Pass) -> [Float] {
    let trace = forward(batch, begin: begin, pass)
    let losses = decoder.losses(trace.decoded, targets: batch.targetIDs, pass)
    guard let rows = trace.decoded.rows else { return losses }
    var result = losses
    for (loss, row) in zip(losses, rows) { result[Int(row)] = loss }
    return result
  }

  /// The loss of a batch, its labels smoothed; adds the gradients of `scale` times its sum.
  ///
  /// With `scale` = 1 / tokens they are those of the mean. No memory is allocated once the workspace has
  /// grown to the largest batch.
  @discardableResult
  package func train(
    _ batch: Batch, begin: Int32, scale: Float, labelSmoothing: Float = 0, _ pass: Pass,
    gradients: Parameters
  ) -> Loss {
    let trace = forward(batch, begin: begin, pass)
    let (loss, gradient) = pass.timed(.decoderBackward) {
      decoder.backward(
        trace.decoded, targets: batch.targetIDs, scale: scale, labelSmoothing: labelSmoothing, pass,
        gradients: gradients)
    }
    let finals = pass.timed(.decoderBackward) {
      start.backward(
        gradient.initial, encoderStates: gradient.states, encoder, trace.start, pass,
        gradients: gradients)
    }
    pass.timed(.encoderBackward) {
      encoder.backward(
        stateGradient: gradient.states, finals: finals, trace.encoded, pass, gradients: gradients)
    }
    return loss
  }
}

extension Batch {
  /// The decoder's inputs: each target moved by one, `begin` first.
  func inputs(begin: Int32) -> [Int32] {
    var result = targetIDs
    for sentence in 0..<(targetOffsets.count - 1) {
      let (start, end) = (Int(targetOffsets[sentence]), Int(targetOffsets[sentence + 1]))
      for position in (start..<end).reversed() {
        result[position] = position == start ? begin : targetIDs[position - 1]
      }
    }
    return result
  }
}

// MARK: - Construction

extension DropoutConfiguration {
  /// The dropout of one layer's state, made by `dropout` if there is one: without, no place is taken.
  fileprivate func inStates(_ dropout: (Double) -> Dropout) -> Dropout? {
    states > 0 ? dropout(states) : nil
  }

  /// The dropout of the encoded source, likewise.
  fileprivate func inEncoded(_ dropout: (Double) -> Dropout) -> Dropout? {
    encoded > 0 ? dropout(encoded) : nil
  }
}

extension Encoder {
  fileprivate init(
    _ configuration: ModelConfiguration, vocabulary: Int, shared: Embedding?,
    layout: inout ParameterLayout, dropout: (Double) -> Dropout
  ) {
    let encoder = configuration.encoder
    let table =
      shared
      ?? Embedding(
        name: "encoder.embedding", vocabulary: vocabulary, size: configuration.embedding,
        layout: &layout)
    embedding = table.dropping(
      Dropout(probability: Float(configuration.dropout.sourceWords), place: .sourceWords))
    embeddingDropout = dropout(configuration.dropout.embedding)
    var layers: [SequenceLayer] = []
    for index in 0..<encoder.layers {
      layers.append(
        SequenceLayer(
          name: "encoder.\(index)", cell: encoder.cell,
          inputs: layers.last?.width ?? configuration.embedding, hidden: encoder.hidden,
          bidirectional: encoder.bidirectional,
          stateDropout: { configuration.dropout.inStates(dropout) },
          isNormalized: encoder.layerNormalization, layout: &layout))
    }
    self.layers = layers
    layerDropouts = layers.dropFirst().map { _ in dropout(configuration.dropout.layers) }
    encodedDropout = configuration.dropout.inEncoded(dropout)
    residual = encoder.residual
  }
}

extension Decoder {
  fileprivate init(
    _ configuration: ModelConfiguration, vocabulary: Int, shared: Embedding?,
    layout: inout ParameterLayout, dropout: (Double) -> Dropout
  ) {
    let decoder = configuration.decoder
    let width = configuration.encoderWidth
    let table =
      shared
      ?? Embedding(
        name: "decoder.embedding", vocabulary: vocabulary, size: configuration.embedding,
        layout: &layout)
    embedding = table.dropping(
      Dropout(probability: Float(configuration.dropout.targetWords), place: .targetWords))
    embeddingDropout = dropout(configuration.dropout.embedding)
    feeding = decoder.feeding
    let fed =
      switch decoder.feeding {
      case .none: 0
      case .context: width
      case .attentional: decoder.hidden
      }
    var layers: [RecurrentLayer] = []
    for index in 0..<decoder.layers {
      let inputs =
        index == 0 ? configuration.embedding + fed : decoder.hidden
      layers.append(
        RecurrentLayer(
          name: "decoder.\(index)", cell: decoder.cell, inputs: inputs, hidden: decoder.hidden,
          stateDropout: configuration.dropout.inStates(dropout),
          isNormalized: decoder.layerNormalization, layout: &layout))
    }
    self.layers = layers
    layerDropouts = layers.dropFirst().map { _ in dropout(configuration.dropout.layers) }
    residual = decoder.residual && layers.count > 1
    let attention = configuration.attention
    let scorer = attention.score.scorer(
      name: "attention", decoder: decoder.hidden, encoder: width, size: attention.size,
      positions: attention.positions ?? 0, layout: &layout)
    self.attention = Attention(
      scorer: scorer,
      coverage: attention.coverage
        ? Coverage(name: "attention", of: scorer, layout: &layout) : nil)
    attentional =
      decoder.feeding == .attentional
      ? AttentionalState(
        name: "attentional", features: decoder.hidden + width, size: decoder.hidden,
        layout: &layout) : nil
    outputDropout = dropout(configuration.dropout.output)
    deepOutput = configuration.deepOutputSize.map { size in
      DeepOutput(
        name: "deepOutput", features: configuration.readoutSize,
        embedding: decoder.output.embedding ? configuration.embedding : nil, size: size,
        layout: &layout)
    }
    output =
      configuration.tied.joinsOutput
      ? OutputLayer(name: "output", tiedTo: embedding, layout: &layout)
      : OutputLayer(
        name: "output", features: configuration.projectedSize, vocabulary: vocabulary,
        layout: &layout)
  }
}

extension UInt32 {
  /// Places of word dropout: far behind those that are counted, and before those of ``Random``.
  fileprivate static let (sourceWords, targetWords) = (UInt32(0xFFFF_FF00), UInt32(0xFFFF_FF01))
}

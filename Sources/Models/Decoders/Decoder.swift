package import DragomanLayers
package import DragomanTensor
package import DragomanText

/// What writes the targets: one case for each family.
package enum Decoder: Sendable {
  /// Recurrent layers with attention.
  case recurrent(RecurrentDecoder)
  /// Layers of self-attention and attention to the source.
  case transformer(TransformerDecoder)

  /// The decoder of a configuration; `shared` is its table of word vectors if both languages have one.
  init(
    _ model: ModelConfiguration, vocabulary: Int, shared: Embedding?,
    layout: inout ParameterLayout
  ) {
    switch model.decoder {
    case .recurrent(let decoder):
      self = .recurrent(
        RecurrentDecoder(
          decoder, in: model, vocabulary: vocabulary, shared: shared, layout: &layout))
    case .transformer(let decoder):
      self = .transformer(
        TransformerDecoder(
          decoder, in: model, vocabulary: vocabulary, shared: shared, layout: &layout))
    }
  }

  /// The longest source the decoder can look at whole; `nil` is any length.
  package var reach: Int? {
    switch self {
    case .recurrent(let decoder): decoder.attention.scorer.reach
    case .transformer: nil
    }
  }

  /// What stands between the decoder and the vocabulary.
  package var readout: Readout {
    switch self {
    case .recurrent(let decoder): decoder.readout
    case .transformer(let decoder): decoder.readout
    }
  }

  /// Goes through the targets of a batch, with the true token before it at every step.
  package func forward(
    _ batch: Batch, _ encoded: EncodedSource, _ pass: Pass
  ) -> DecoderTrace {
    switch self {
    case .recurrent(let decoder):
      .recurrent(decoder, decoder.forward(batch, encoded, pass))
    case .transformer(let decoder):
      .transformer(decoder, decoder.forward(batch, encoded, pass))
    }
  }

  /// Packs weights, which must not change as long as the result is in use.
  package func packed(
    _ weights: Parameters, _ kernels: Kernels, withScreen: Bool
  ) -> PackedDecoder {
    switch self {
    case .recurrent(let decoder):
      .recurrent(PackedRecurrentDecoder(decoder, weights, kernels, withScreen: withScreen))
    case .transformer(let decoder):
      .transformer(PackedTransformerDecoder(decoder, weights, kernels, withScreen: withScreen))
    }
  }

  /// Multiply-adds of the products in the forward pass through the targets of a batch.
  package func multiplications(_ batch: Batch) -> Double {
    switch self {
    case .recurrent(let decoder): decoder.multiplications(batch)
    case .transformer(let decoder): decoder.multiplications(batch)
    }
  }
}

/// A decoder's way through a batch.
package enum DecoderTrace {
  /// Through recurrent layers.
  case recurrent(RecurrentDecoder, RecurrentDecoder.Trace)
  /// Through layers of self-attention.
  case transformer(TransformerDecoder, TransformerDecoder.Trace)

  /// −log p of each target token in nats, sentence by sentence.
  package func losses(_ batch: Batch, _ pass: Pass) -> [Float] {
    switch self {
    case .recurrent(let decoder, let trace): decoder.losses(trace, batch, pass)
    case .transformer(let decoder, let trace): decoder.losses(trace, batch, pass)
    }
  }

  /// The smoothed loss of all target tokens, and the gradient that goes on to the encoder; adds to the gradients of all
  /// of the decoder's parameters `scale` times those of the loss's sum.
  package func train(
    _ batch: Batch, scale: Float, labelSmoothing: Float, _ pass: Pass, gradients: Parameters
  ) -> (loss: Loss, gradient: EncodedGradient) {
    switch self {
    case .recurrent(let decoder, let trace):
      decoder.train(
        trace, batch, scale: scale, labelSmoothing: labelSmoothing, pass, gradients: gradients)
    case .transformer(let decoder, let trace):
      decoder.train(
        trace, batch, scale: scale, labelSmoothing: labelSmoothing, pass, gradients: gradients)
    }
  }

  /// What the layers did, for people to see.
  package var activations: [LayerActivations] {
    switch self {
    case .recurrent(let decoder, let trace): decoder.activations(trace)
    case .transformer(_, let trace): trace.stack.activations("decoder")
    }
  }

  /// Where heads looked, for people to see.
  package var heads: [HeadActivations] {
    switch self {
    case .recurrent: []
    case .transformer(_, let trace): trace.stack.heads("decoder")
    }
  }
}

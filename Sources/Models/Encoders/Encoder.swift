package import DragomanLayers
package import DragomanTensor

/// What reads the sources: one case for each family.
package enum Encoder: Sendable {
  /// Recurrent layers.
  case recurrent(RecurrentEncoder)
  /// Layers of self-attention.
  case transformer(TransformerEncoder)

  /// The encoder of a configuration; `shared` is its table of word vectors if both languages have one.
  init(
    _ model: ModelConfiguration, vocabulary: Int, shared: Embedding?, layout: inout ParameterLayout
  ) {
    switch model.encoder {
    case .recurrent(let encoder):
      self = .recurrent(
        RecurrentEncoder(
          encoder, in: model, vocabulary: vocabulary, shared: shared, layout: &layout))
    case .transformer(let encoder):
      self = .transformer(
        TransformerEncoder(
          encoder, in: model, vocabulary: vocabulary, shared: shared, layout: &layout))
    }
  }

  /// D, the numbers in each vector that comes out.
  package var width: Int {
    switch self {
    case .recurrent(let encoder): encoder.width
    case .transformer(let encoder): encoder.width
    }
  }

  /// Encodes the sources of a batch; the trace is for the way back.
  package func forward(
    _ source: Source, _ pass: Pass
  ) -> (encoded: EncodedSource, trace: EncoderTrace) {
    switch self {
    case .recurrent(let encoder):
      let (encoded, trace) = encoder.forward(source, pass)
      return (encoded, .recurrent(encoder, trace))
    case .transformer(let encoder):
      let (encoded, trace) = encoder.forward(source, pass)
      return (encoded, .transformer(encoder, trace))
    }
  }

  /// Multiply-adds of the products on the way forward through sources.
  package func multiplications(_ source: Source) -> Double {
    switch self {
    case .recurrent(let encoder): encoder.multiplications(source)
    case .transformer(let encoder): encoder.multiplications(source)
    }
  }
}

/// An encoder's way through a batch.
package enum EncoderTrace {
  /// Through recurrent layers.
  case recurrent(RecurrentEncoder, RecurrentEncoder.Trace)
  /// Through layers of self-attention.
  case transformer(TransformerEncoder, TransformerEncoder.Trace)

  /// Adds to the gradients of all of the encoder's parameters, given that of what it made.
  package func backward(_ gradient: EncodedGradient, _ pass: Pass, gradients: Parameters) {
    switch self {
    case .recurrent(let encoder, let trace):
      encoder.backward(gradient, trace, pass, gradients: gradients)
    case .transformer(let encoder, let trace):
      encoder.backward(gradient, trace, pass, gradients: gradients)
    }
  }

  /// What the layers did, for people to see.
  package var activations: [LayerActivations] {
    switch self {
    case .recurrent(let encoder, let trace): encoder.activations(trace)
    case .transformer(_, let trace): trace.stack.activations("encoder")
    }
  }

  /// Where heads looked, for people to see.
  package var heads: [HeadActivations] {
    switch self {
    case .recurrent: []
    case .transformer(_, let trace): trace.stack.heads("encoder")
    }
  }
}

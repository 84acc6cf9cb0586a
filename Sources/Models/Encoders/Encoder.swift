package import DragomanLayers
package import DragomanTensor

/// What reads the sources: one case for each family.
package enum Encoder: Sendable {
  /// Recurrent layers.
  case recurrent(RecurrentEncoder)
  /// Layers of self-attention.
  case transformer(TransformerEncoder)
  /// Rows of features, as they are.
  case features(FeaturesEncoder)

  /// The encoder of a configuration; `shared` is its table of word vectors if both languages have one.
  init(
    _ model: ModelConfiguration, reading shape: SourceShape, shared: Embedding? = nil,
    layout: inout ParameterLayout
  ) {
    switch model.encoder {
    case .recurrent(let encoder):
      self = .recurrent(
        RecurrentEncoder(
          encoder, in: model, reading: shape, shared: shared, layout: &layout))
    case .transformer(let encoder):
      self = .transformer(
        TransformerEncoder(
          encoder, in: model, reading: shape, shared: shared, layout: &layout))
    case .features:
      guard case .features(let size) = shape else {
        preconditionFailure("an encoder of features for \(shape)")
      }
      self = .features(FeaturesEncoder(size: size, in: model))
    }
  }

  /// D, the numbers in each vector that comes out.
  package var width: Int {
    switch self {
    case .recurrent(let encoder): encoder.width
    case .transformer(let encoder): encoder.width
    case .features(let encoder): encoder.width
    }
  }

  /// Encodes the sources of a batch; the trace is for the backward pass.
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
    case .features(let encoder): return (encoder.forward(source, pass), .features)
    }
  }

  /// Multiply-adds of the products in the forward pass through sources.
  package func multiplications(_ source: Source) -> Double {
    switch self {
    case .recurrent(let encoder): encoder.multiplications(source)
    case .transformer(let encoder): encoder.multiplications(source)
    case .features: 0
    }
  }
}

/// An encoder's way through a batch.
package enum EncoderTrace {
  /// Through recurrent layers.
  case recurrent(RecurrentEncoder, RecurrentEncoder.Trace)
  /// Through layers of self-attention.
  case transformer(TransformerEncoder, TransformerEncoder.Trace)
  /// Past no layer.
  case features

  /// Adds to the gradients of all of the encoder's parameters, given that of what it made.
  package func backward(_ gradient: EncodedGradient, _ pass: Pass, gradients: Parameters) {
    switch self {
    case .recurrent(let encoder, let trace):
      encoder.backward(gradient, trace, pass, gradients: gradients)
    case .transformer(let encoder, let trace):
      encoder.backward(gradient, trace, pass, gradients: gradients)
    // Nothing stands between the features and what reads them.
    case .features: break
    }
  }

  /// What the layers did, for people to see.
  package var activations: [LayerActivations] {
    switch self {
    case .recurrent(let encoder, let trace): encoder.activations(trace)
    case .transformer(_, let trace): trace.stack.activations("encoder")
    case .features: []
    }
  }

  /// Where heads looked, for people to see.
  package var heads: [HeadActivations] {
    switch self {
    case .recurrent, .features: []
    case .transformer(_, let trace): trace.stack.heads("encoder")
    }
  }
}

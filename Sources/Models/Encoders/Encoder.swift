package import DragomanLayers
package import DragomanTensor

/// What reads the sources: one case for each family.
package enum Encoder: Sendable {
  /// Recurrent layers.
  case recurrent(RecurrentEncoder)
  /// Layers of self-attention.
  case transformer(TransformerEncoder)
  /// Patches of images and layers of self-attention.
  case vision(VisionEncoder)
  /// Convolutions of images.
  case convolutional(ConvolutionalEncoder)
  /// Rows of features, as they are.
  case features(FeaturesEncoder)

  /// The encoder of a configuration, for sources that it reads.
  ///
  /// - Parameters:
  ///   - model: its choices.
  ///   - shape: what the sources are made of.
  ///   - shared: its table of word vectors if both languages have one.
  ///   - hasClass: whether a row for an image as a whole comes before those of its patches.
  ///   - layout: added to.
  init(
    _ model: ModelConfiguration, reading shape: SourceShape, shared: Embedding? = nil,
    hasClass: Bool = false, layout: inout ParameterLayout
  ) {
    precondition(
      model.encoder.kind.readsImages == shape.isImages,
      "an encoder of the kind \(model.encoder.kind) for \(shape)")
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
    case .vision(let encoder):
      self = .vision(
        VisionEncoder(
          encoder, in: model, image: Self.image(shape), hasClass: hasClass, layout: &layout))
    case .convolutional(let encoder):
      self = .convolutional(
        ConvolutionalEncoder(encoder, in: model, image: Self.image(shape), layout: &layout))
    }
  }

  private static func image(_ shape: SourceShape) -> ImageShape {
    guard case .images(let image) = shape else {
      preconditionFailure("an encoder of images for \(shape)")
    }
    return image
  }

  /// D, the numbers in each vector that comes out.
  package var width: Int {
    switch self {
    case .recurrent(let encoder): encoder.width
    case .transformer(let encoder): encoder.width
    case .vision(let encoder): encoder.width
    case .convolutional(let encoder): encoder.width
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
    case .vision(let encoder):
      let (rows, trace) = encoder.forward(source.pixels(pass), pass)
      return (EncodedSource(states: rows, finals: nil), .vision(encoder, trace))
    case .convolutional(let encoder):
      let (rows, trace) = encoder.forward(source.pixels(pass), pass)
      return (EncodedSource(states: rows, finals: nil), .convolutional(encoder, trace))
    case .features(let encoder): return (encoder.forward(source, pass), .features)
    }
  }

  /// Multiply-adds of the products in the forward pass through sources.
  package func multiplications(_ source: Source) -> Double {
    switch self {
    case .recurrent(let encoder): encoder.multiplications(source)
    case .transformer(let encoder): encoder.multiplications(source)
    case .vision, .convolutional:
      Double(source.count) * sizes.reduce(0) { $0 + $1.multiplications }
    case .features: 0
    }
  }
}

// MARK: - Images

extension Encoder {
  /// Lines and columns of the vectors that come out of an image, but for a row of the class; `nil` of other sources.
  package var gridSize: (height: Int, width: Int)? {
    switch self {
    case .recurrent, .transformer, .features: nil
    case .vision(let encoder): encoder.gridSize
    case .convolutional(let encoder): encoder.gridSize
    }
  }

  /// The layers for one image, as a table; none of other encoders.
  package var sizes: [LayerSize] {
    switch self {
    case .recurrent, .transformer, .features: []
    case .vision(let encoder): encoder.sizes
    case .convolutional(let encoder): encoder.sizes
    }
  }
}

/// An encoder's way through a batch.
package enum EncoderTrace {
  /// Through recurrent layers.
  case recurrent(RecurrentEncoder, RecurrentEncoder.Trace)
  /// Through layers of self-attention.
  case transformer(TransformerEncoder, TransformerEncoder.Trace)
  /// Through patches and layers of self-attention.
  case vision(VisionEncoder, VisionEncoder.Trace)
  /// Through convolutions.
  case convolutional(ConvolutionalEncoder, ConvolutionalEncoder.Trace)
  /// Past no layer.
  case features

  /// Adds to the gradients of all of the encoder's parameters, given that of what it made.
  package func backward(_ gradient: EncodedGradient, _ pass: Pass, gradients: Parameters) {
    pass.recorder?.add(.encodedGradient, gradient.states)
    switch self {
    case .recurrent(let encoder, let trace):
      encoder.backward(gradient, trace, pass, gradients: gradients)
    case .transformer(let encoder, let trace):
      encoder.backward(gradient, trace, pass, gradients: gradients)
    case .vision(let encoder, let trace):
      encoder.backward(gradient.states, trace, pass, gradients: gradients)
    case .convolutional(let encoder, let trace):
      encoder.backward(gradient.states, trace, pass, gradients: gradients)
    // Nothing stands between the features and what reads them.
    case .features: break
    }
  }

  /// What the layers did, for people to see.
  package var activations: [LayerActivations] {
    switch self {
    case .recurrent(let encoder, let trace): encoder.activations(trace)
    case .transformer(_, let trace): trace.stack.activations("encoder")
    case .vision(_, let trace): trace.stack.activations("encoder")
    case .convolutional, .features: []
    }
  }

  /// Where heads looked, for people to see.
  package var heads: [HeadActivations] {
    switch self {
    case .recurrent, .convolutional, .features: []
    case .transformer(_, let trace): trace.stack.heads("encoder")
    case .vision(_, let trace): trace.stack.heads("encoder")
    }
  }
}

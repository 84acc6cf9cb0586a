import DragomanLayers
import DragomanTensor

/// The encoder of a classifier: that of a model that writes, or one for images.
package enum ClassifierReader: Sendable {
  /// Reads texts or features.
  case sequence(Encoder)
  /// Reads images.
  case image(ImageEncoder, ImageShape)

  /// The encoder of a configuration, for input that it reads.
  init(
    _ configuration: ClassifierConfiguration, _ input: ClassifierInput,
    layout: inout ParameterLayout
  ) {
    switch (configuration.encoder, input) {
    case (.recurrent, .texts(let vocabulary)), (.transformer, .texts(let vocabulary)):
      self = .sequence(
        Encoder(configuration.reader, reading: .tokens(vocabulary: vocabulary), layout: &layout))
    case (.recurrent, .features(let size)), (.transformer, .features(let size)),
      (.features, .features(let size)):
      self = .sequence(
        Encoder(configuration.reader, reading: .features(size: size), layout: &layout))
    case (.vision(let encoder), .images(let image)):
      let vision = VisionEncoder(
        encoder, image: image, hasClass: configuration.pooling == .cls,
        dropout: (configuration.dropout.embedding, configuration.dropout.layers), layout: &layout)
      self = .image(.vision(vision), image)
    case (.convolutional(let encoder), .images(let image)):
      self = .image(
        .convolutional(ConvolutionalEncoder(encoder, image: image, layout: &layout)), image)
    case (.recurrent, .images), (.transformer, .images), (.features, .images), (.vision, _),
      (.convolutional, _), (.features, .texts):
      preconditionFailure("an encoder of the kind \(configuration.encoder.kind) for \(input)")
    }
  }

  /// D, the numbers in each vector that comes out.
  var width: Int {
    switch self {
    case .sequence(let encoder): encoder.width
    case .image(let encoder, _): encoder.width
    }
  }

  /// Reads a batch; what comes out is a list of vectors for each example.
  func forward(
    _ source: ClassifierSource, _ pass: Pass
  ) -> (rows: RaggedMatrix, trace: ClassifierTrace) {
    switch (self, source) {
    case (.sequence(let encoder), .texts), (.sequence(let encoder), .features):
      guard let source = source.sequence else { break }
      let (encoded, trace) = encoder.forward(source, pass)
      return (encoded.states, .sequence(trace))
    case (.image(let encoder, let shape), .images(let numbers, let found)):
      precondition(shape == found, "images of \(found) for a model of \(shape)")
      let grid = GridShape(
        images: source.count, height: shape.height, width: shape.width)
      let pixels = pass.workspace.matrix(rows: grid.rows, columns: shape.channels)
      pixels.write(numbers, at: 0)
      let (rows, trace) = encoder.forward(Grid(pixels, grid), pass)
      return (rows, .image(trace))
    case (.sequence, .images), (.image, _): break
    }
    preconditionFailure("a source that the encoder does not read")
  }
}

/// The way of a batch through a classifier's encoder.
package enum ClassifierTrace {
  /// Of texts or features.
  case sequence(EncoderTrace)
  /// Of images.
  case image(ImageEncoderTrace)

  /// Adds to the gradients of all of the encoder's parameters, given that of the vectors, which is used up.
  func backward(_ gradient: Matrix, _ pass: Pass, gradients: Parameters) {
    switch self {
    case .sequence(let trace):
      trace.backward(
        EncodedGradient(states: gradient, finals: nil), pass, gradients: gradients)
    case .image(let trace): trace.backward(gradient, pass, gradients: gradients)
    }
  }
}

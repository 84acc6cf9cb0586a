package import DragomanLayers
package import DragomanTensor

/// What reads images: one case for each family.
package enum ImageEncoder: Sendable {
  /// Patches and layers of self-attention.
  case vision(VisionEncoder)
  /// Convolutions.
  case convolutional(ConvolutionalEncoder)

  /// D, the numbers in each vector that comes out.
  package var width: Int {
    switch self {
    case .vision(let encoder): encoder.width
    case .convolutional(let encoder): encoder.width
    }
  }

  /// Reads images; what comes out is a list of vectors for each.
  package func forward(
    _ images: Grid, _ pass: Pass
  ) -> (rows: RaggedMatrix, trace: ImageEncoderTrace) {
    switch self {
    case .vision(let encoder):
      let (rows, trace) = encoder.forward(images, pass)
      return (rows, .vision(encoder, trace))
    case .convolutional(let encoder):
      let (rows, trace) = encoder.forward(images, pass)
      return (rows, .convolutional(encoder, trace))
    }
  }

  /// Lines and columns of the vectors that come out of an image, but for a row of the class.
  var gridSize: (height: Int, width: Int) {
    switch self {
    case .vision(let encoder): encoder.gridSize
    case .convolutional(let encoder): encoder.gridSize
    }
  }

  /// The layers for one image, as a table.
  package var sizes: [LayerSize] {
    switch self {
    case .vision(let encoder): encoder.sizes
    case .convolutional(let encoder): encoder.sizes
    }
  }
}

/// The way of a batch of images through an encoder.
package enum ImageEncoderTrace {
  /// Through layers of self-attention.
  case vision(VisionEncoder, VisionEncoder.Trace)
  /// Through convolutions.
  case convolutional(ConvolutionalEncoder, ConvolutionalEncoder.Trace)

  /// Adds to the gradients of all parameters, given that of the vectors, which is used up.
  package func backward(_ gradient: Matrix, _ pass: Pass, gradients: Parameters) {
    pass.recorder?.add(.encodedGradient, gradient)
    switch self {
    case .vision(let encoder, let trace):
      encoder.backward(gradient, trace, pass, gradients: gradients)
    case .convolutional(let encoder, let trace):
      encoder.backward(gradient, trace, pass, gradients: gradients)
    }
  }
}

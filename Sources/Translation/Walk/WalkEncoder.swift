import DragomanLayers
import DragomanModels

/// An encoder's part of a walk: one case for each family.
package enum WalkEncoder: Sendable {
  /// Through recurrent layers.
  case recurrent(RecurrentEncoderWalk)
  /// Through layers of self-attention.
  case transformer(TransformerEncoderWalk)
  /// Through patches and layers of self-attention, to these hᵢ.
  case vision(VisionEncoderWalk, states: [[Float]])
  /// Through convolutions, to these hᵢ.
  case convolutional(ConvolutionalEncoderWalk, states: [[Float]])

  /// What an encoder did with the only sentence of a batch, of which it made these states; `pass` is that of the way
  /// forward, and `back` has what came back, if that was asked for.
  init(
    _ trace: EncoderTrace, of configuration: EncoderConfiguration, _ image: WalkImage? = nil,
    states: RaggedMatrix, _ pass: Pass, back: Recorder?
  ) {
    let states = states.matrix.vectors
    switch (trace, configuration, image) {
    case (.recurrent(let encoder, let layers), _, _):
      self = .recurrent(RecurrentEncoderWalk(encoder, layers, states: states, back: back))
    case (.transformer(let encoder, let layers), _, _):
      self = .transformer(TransformerEncoderWalk(encoder, layers, states: states, pass))
    case (.vision(_, let trace), .vision(let own), .some(let image)):
      self = .vision(VisionEncoderWalk(own, trace, image, RecordedLayers(pass)), states: states)
    case (.convolutional, .convolutional(let own), .some(let image)):
      self = .convolutional(
        ConvolutionalEncoderWalk(own, image, RecordedLayers(pass)), states: states)
    // A walk begins with a line of text or with an image.
    case (.features, _, _), (.vision, _, _), (.convolutional, _, _):
      preconditionFailure("a walk through something else than a text or an image")
    }
  }

  /// x, `[S, E]`; of patches their pixels, and none of convolutions.
  package var embeddings: [[Float]] {
    switch self {
    case .recurrent(let walk): walk.embeddings
    case .transformer(let walk): walk.input.words
    case .vision(let walk, _): walk.input.words
    case .convolutional: []
    }
  }

  /// hᵢ, `[S, D]`.
  var states: [[Float]] {
    switch self {
    case .recurrent(let walk): walk.states
    case .transformer(let walk): walk.states
    case .vision(_, let states), .convolutional(_, let states): states
    }
  }
}

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
  /// Past no layer: rows of features are themselves the hᵢ.
  case features(states: [[Float]])

  /// What an encoder did with the only example of a batch, of which it made these states; `pass` is that of the way
  /// forward, and `back` has what came back, if that was asked for.
  init(
    _ trace: EncoderTrace, of configuration: EncoderConfiguration, _ example: WalkExample,
    states: RaggedMatrix, _ pass: Pass, back: Recorder?
  ) {
    let states = states.matrix.vectors
    switch (trace, configuration, example) {
    case (.recurrent(let encoder, let layers), _, _):
      self = .recurrent(RecurrentEncoderWalk(encoder, layers, states: states, back: back))
    case (.transformer(let encoder, let layers), _, _):
      self = .transformer(TransformerEncoderWalk(encoder, layers, states: states, pass))
    case (.vision(_, let trace), .vision(let own), .image(let image)):
      self = .vision(VisionEncoderWalk(own, trace, image, RecordedLayers(pass)), states: states)
    case (.convolutional, .convolutional(let own), .image(let image)):
      self = .convolutional(
        ConvolutionalEncoderWalk(own, image, RecordedLayers(pass)), states: states)
    case (.features, _, _): self = .features(states: states)
    case (.vision, _, _), (.convolutional, _, _):
      preconditionFailure("an image that went through another encoder than its model has")
    }
  }

  /// x, `[S, E]`; of patches their pixels, and none of convolutions and of features that no layer reads.
  package var embeddings: [[Float]] {
    switch self {
    case .recurrent(let walk): walk.embeddings
    case .transformer(let walk): walk.input.words
    case .vision(let walk, _): walk.input.words
    case .convolutional, .features: []
    }
  }

  /// hᵢ, `[S, D]`.
  var states: [[Float]] {
    switch self {
    case .recurrent(let walk): walk.states
    case .transformer(let walk): walk.states
    case .vision(_, let states), .convolutional(_, let states), .features(let states): states
    }
  }
}

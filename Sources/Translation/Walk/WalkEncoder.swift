import DragomanLayers
import DragomanModels

/// An encoder's part of a walk: one case for each family.
package enum WalkEncoder: Sendable {
  /// Through recurrent layers.
  case recurrent(RecurrentEncoderWalk)
  /// Through layers of self-attention.
  case transformer(TransformerEncoderWalk)

  /// What an encoder did with the only sentence of a batch, of which it made these states; `pass` is that of the way
  /// forward, and `back` has what came back, if that was asked for.
  init(_ trace: EncoderTrace, states: RaggedMatrix, _ pass: Pass, back: Recorder?) {
    let states = states.matrix.vectors
    switch trace {
    case .recurrent(let encoder, let layers):
      self = .recurrent(RecurrentEncoderWalk(encoder, layers, states: states, back: back))
    case .transformer(let encoder, let layers):
      self = .transformer(TransformerEncoderWalk(encoder, layers, states: states, pass))
    // A walk begins with a line of text.
    case .features, .vision, .convolutional: preconditionFailure("a walk through no text")
    }
  }

  /// x, `[S, E]`.
  package var embeddings: [[Float]] {
    switch self {
    case .recurrent(let walk): walk.embeddings
    case .transformer(let walk): walk.input.words
    }
  }

  /// hᵢ, `[S, D]`.
  var states: [[Float]] {
    switch self {
    case .recurrent(let walk): walk.states
    case .transformer(let walk): walk.states
    }
  }
}

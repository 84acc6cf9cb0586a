import DragomanLayers
import DragomanModels

/// An encoder's part of a walk: one case for each family.
package enum WalkEncoder: Sendable {
  /// Through recurrent layers.
  case recurrent(RecurrentEncoderWalk)

  /// What an encoder did with the only sentence of a batch; `back` has what came back, if that was asked for.
  init(_ trace: SequenceModel.Trace, back: Recorder?) {
    switch trace.encoder {
    case .recurrent(let encoder, let layers):
      self = .recurrent(RecurrentEncoderWalk(encoder, layers, trace.encoded, back: back))
    }
  }

  /// x, `[S, E]`.
  var embeddings: [[Float]] {
    switch self {
    case .recurrent(let walk): walk.embeddings
    }
  }

  /// hᵢ, `[S, D]`.
  var states: [[Float]] {
    switch self {
    case .recurrent(let walk): walk.states
    }
  }
}

import DragomanLayers
import DragomanModels

/// An encoder's part of a walk: one case for each family.
package enum WalkEncoder: Sendable {
  /// Through recurrent layers.
  case recurrent(RecurrentEncoderWalk)

  /// What an encoder did with the only sentence of a batch; `back` has what came back, if that was asked for.
  ///
  /// Throws a ``WalkError`` for other families.
  init(_ trace: SequenceModel.Trace, back: Recorder?) throws(WalkError) {
    switch trace.encoder {
    case .recurrent(let encoder, let layers):
      self = .recurrent(RecurrentEncoderWalk(encoder, layers, trace.encoded, back: back))
    case .transformer: throw .otherFamily(side: "encoder", kind: "transformer")
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

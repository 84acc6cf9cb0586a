import DragomanLayers
import DragomanModels
import DragomanTensor

/// A decoder's part of a walk: one case for each family.
package enum WalkDecoder: Sendable {
  /// Through recurrent layers with attention.
  case recurrent(RecurrentDecoderWalk)
  /// Through layers of self-attention.
  case transformer(TransformerDecoderWalk)

  /// What every decoder leaves for each token.
  struct Steps {
    /// α, `[T, S]`.
    let weights: [[Float]]
    /// `[T, V]`.
    let logits: [[Float]]
  }

  /// What a decoder did with the only pair of a batch; `pass` is that of the forward pass, and `back` has what came
  /// back, if that was asked for.
  static func walk(
    _ trace: DecoderTrace, _ pass: Pass, back: Recorder?
  ) -> (decoder: WalkDecoder, steps: Steps) {
    switch trace {
    case .recurrent(let decoder, let trace):
      let (walk, steps) = RecurrentDecoderWalk.walk(decoder, trace, pass, back: back)
      return (.recurrent(walk), steps)
    case .transformer(let decoder, let trace):
      let (walk, steps) = TransformerDecoderWalk.walk(decoder, trace, pass, back: back)
      return (.transformer(walk), steps)
    }
  }
}

package import DragomanLayers
package import DragomanTensor

/// A decoder's weights packed once for decoding.
package enum PackedDecoder: Sendable {
  /// Of recurrent layers.
  case recurrent(PackedRecurrentDecoder)
  /// Of layers of self-attention.
  case transformer(PackedTransformerDecoder)

  /// What stands between the decoder and the vocabulary.
  package var readout: PackedReadout {
    switch self {
    case .recurrent(let decoder): decoder.readout
    case .transformer(let decoder): decoder.readout
    }
  }

  /// The state before the first step: a row for each source.
  package func start(_ encoded: EncodedSource, _ pass: Pass) -> DecoderState {
    switch self {
    case .recurrent(let decoder): .recurrent(decoder, decoder.start(encoded, pass))
    case .transformer(let decoder): .transformer(decoder, decoder.start(encoded, pass))
    }
  }
}

/// Where the decoding of some hypotheses stands, a row for each; opaque to those who search.
package enum DecoderState {
  /// With recurrent layers.
  case recurrent(PackedRecurrentDecoder, PackedRecurrentDecoder.State)
  /// With layers of self-attention.
  case transformer(PackedTransformerDecoder, PackedTransformerDecoder.State)

  /// What a step leads to.
  package struct Step {
    /// What the projection to the vocabulary reads, `[n, F]`.
    package let features: Matrix
    /// α, `[n, S]`: how much each source position was looked at; 0 after a source's end.
    package let attention: Matrix
    /// The state after the step.
    package let state: DecoderState
  }

  /// Goes one step after `tokens`, one for each row.
  package func step(_ tokens: [Int32], _ pass: Pass) -> Step {
    switch self {
    case .recurrent(let decoder, let state):
      let (features, attention, next) = decoder.step(tokens, state, pass)
      return Step(features: features, attention: attention, state: .recurrent(decoder, next))
    case .transformer(let decoder, let state):
      let (features, attention, next) = decoder.step(tokens, state, pass)
      return Step(features: features, attention: attention, state: .transformer(decoder, next))
    }
  }

  /// The states at `rows`, in new memory.
  package func gathered(_ rows: [Int32], _ workspace: Workspace) -> DecoderState {
    switch self {
    case .recurrent(let decoder, let state): .recurrent(decoder, state.gathered(rows, workspace))
    case .transformer(let decoder, let state):
      .transformer(decoder, state.gathered(rows, workspace))
    }
  }
}

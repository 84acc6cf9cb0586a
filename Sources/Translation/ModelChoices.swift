/// A recurrent cell.
public enum CellKind: String, CaseIterable, Sendable {
  /// Gated recurrent unit: reset gate, update gate, candidate.
  case gru
  /// Long short-term memory: input, forget and output gate, candidate, and a cell of its own.
  case lstm
}

/// How well a decoder state s fits an encoder state h.
public enum AttentionScore: String, CaseIterable, Sendable {
  /// v · tanh(W₁ s + W₂ h).
  case additive
  /// s · h; needs states of one size.
  case dot
  /// sᵀ W h.
  case general
  /// (W s)ᵢ for position i, whatever stands there.
  case location
}

/// Where the decoder's first state comes from.
public enum InitialState: String, CaseIterable, Sendable {
  /// The backward direction of the encoder's top layer, after it has read the first token, for every layer.
  case backward
  /// The final state of the encoder's top layer, for every layer.
  case top
  /// The final state of the encoder's layer of the same number.
  case layerwise
  /// Zeros.
  case zero
}

/// Where the decoder's first state comes from.
package enum InitialState: String, CaseIterable, Sendable {
  /// The backward direction of the encoder's top layer, after it has read the first token, for every layer.
  case backward
  /// The final state of the encoder's top layer, for every layer.
  case top
  /// The final state of the encoder's layer of the same number.
  case layerwise
  /// The mean of the encoder's top states over the sentence, for every layer.
  case mean
  /// Zeros.
  case zero
}

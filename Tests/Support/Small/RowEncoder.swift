import DragomanLayers
package import DragomanModels

/// Encoders of rows: none, recurrent layers, and a Transformer's with and without a map to its width.
package enum RowEncoder: CaseIterable, Sendable {
  /// None: the rows as they are.
  case none
  /// Two recurrent layers.
  case recurrent
  /// A Transformer as wide as the vectors of the rows.
  case transformer
  /// A Transformer of another width.
  case mapped

  /// Its choices; `embedding` is what its model has.
  package func configuration(embedding: Int) -> EncoderConfiguration? {
    switch self {
    case .none: return nil
    case .recurrent:
      var own = RecurrentEncoderConfiguration()
      (own.hidden, own.layers) = (5, 2)
      return .recurrent(own)
    case .transformer, .mapped:
      var own = TransformerEncoderConfiguration()
      (own.width, own.layers, own.heads, own.inner) = (12, 2, 3, 14)
      (own.positions, own.maximumPositions) = (.learnt, 9)
      if self == .transformer { (own.width, own.heads) = (embedding, 1) }
      return .transformer(own)
    }
  }
}

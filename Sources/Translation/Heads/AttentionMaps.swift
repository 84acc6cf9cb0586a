import DragomanLayers
import DragomanModels

/// Where every head of a model looked while it read a line and wrote its translation, layer by layer.
///
/// S source tokens and T written ones, ends included. A part of the model that has no heads has no layers here.
package struct AttentionMaps: Sendable, Equatable {
  /// The encoder's: each token of the source at all of them, `[S, S]` a head.
  package var encoder: [AttentionLayer] = []
  /// The decoder's: each written token at those that were read before it was written, the beginning first, `[T, T]` a
  /// head.
  package var decoder: [AttentionLayer] = []
  /// The decoder's: each written token at those of the source, `[T, S]` a head.
  package var source: [AttentionLayer] = []

  /// Whether the model has no heads at all.
  package var isEmpty: Bool { encoder.isEmpty && decoder.isEmpty && source.isEmpty }

  /// Numbers of all maps.
  package var count: Int { (encoder + decoder + source).reduce(0) { $0 + $1.count } }

  /// No maps.
  package init() {}

  /// What the layers left of the only pair of a batch, with S source and T target tokens.
  init(_ trace: SequenceModel.Trace, source sourceCount: Int, target targetCount: Int) {
    switch trace.encoder {
    case .recurrent, .convolutional, .features: break
    case .transformer(_, let trace):
      encoder = trace.stack.attention.map { AttentionLayer($0, positions: sourceCount) }
    case .vision(_, let trace):
      encoder = trace.stack.attention.map { AttentionLayer($0, positions: sourceCount) }
    }
    switch trace.decoder {
    case .recurrent: break
    case .transformer(_, let trace):
      decoder = trace.stack.attention.map { AttentionLayer($0, positions: targetCount) }
      source = trace.stack.cross.map { AttentionLayer($0, positions: sourceCount) }
    }
  }
}

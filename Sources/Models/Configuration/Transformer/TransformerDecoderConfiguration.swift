package import DragomanFormats
package import DragomanLayers
package import DragomanTensor

/// A Transformer's decoder: the `model.decoder` object of the kind `transformer`.
package struct TransformerDecoderConfiguration: Sendable, Equatable {
  /// D, the width of the layers.
  package var width = 256
  /// How many layers.
  package var layers = 4
  /// h, the heads of each attention.
  package var heads = 4
  /// F, the width of the feed-forward network's hidden layer.
  package var inner = 1024
  /// Where layers normalise.
  package var normalization = NormalizationPlace.before
  /// φ of the feed-forward network.
  package var activation = Activation.relu
  /// How scores become weights.
  package var normalizer = AttentionHeads.Normalizer.softmax
  /// How many positions to each side self-attention sees; `nil` is all.
  package var window: Int?
  /// The chance that a weight of attention is dropped; `nil` is that between layers.
  package var attentionDropout: Double?
  /// The chance that a number of the hidden layer is dropped; `nil` is that between layers.
  package var innerDropout: Double?

  /// The default decoder.
  package init() {}
}

extension TransformerDecoderConfiguration: Configuration, TransformerLayersConfiguration {
  /// What the object is for.
  package static let about =
    "Layers of self-attention, attention to the source and feed-forward networks write the target, one token a step."
  /// The keys of the object.
  package static let fields: [ConfigurationField<TransformerDecoderConfiguration>] = stackFields

  /// A width that heads do not divide, or without pairs for sine and cosine.
  package var conflicts: [ConfigurationConflict] { stackConflicts("decoder") }

  /// The decoder in words.
  var words: String { "Transformer decoder, \(sizesInWords)" }
}

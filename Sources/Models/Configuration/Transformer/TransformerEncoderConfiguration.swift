package import DragomanFormats
package import DragomanLayers
package import DragomanTensor

/// A Transformer's encoder: the `model.encoder` object of the kind `transformer`.
package struct TransformerEncoderConfiguration: Sendable, Equatable {
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

  /// The default encoder.
  package init() {}
}

extension TransformerEncoderConfiguration: Configuration, TransformerLayersConfiguration {
  /// What the object is for.
  package static let about =
    "Layers of self-attention read the source."
  /// The keys of the object.
  package static let fields: [ConfigurationField<TransformerEncoderConfiguration>] = stackFields

  /// A width that heads do not divide, or without pairs for sine and cosine.
  package var conflicts: [ConfigurationConflict] { stackConflicts("encoder") }

  /// The encoder in words.
  var words: String { "Transformer encoder, \(sizesInWords)" }
}

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

  /// What the layers are like, in this model.
  func shape(in model: ModelConfiguration) -> TransformerShape {
    TransformerShape(
      width: width, layers: layers, heads: heads, inner: inner, normalization: normalization,
      activation: activation, normalizer: normalizer, window: window,
      attentionDropout: attentionDropout ?? model.dropout.layers,
      innerDropout: innerDropout ?? model.dropout.layers, layerDropout: model.dropout.layers,
      isVariational: model.dropout.variational)
  }
}

extension TransformerEncoderConfiguration: Configuration {
  /// What the object is for.
  package static let about = "Layers of self-attention read the source."
  /// The keys of the object.
  package static let fields: [ConfigurationField<TransformerEncoderConfiguration>] = [
    .init(
      \.width, "width", .integer(atLeast: 2, atMost: 65_536),
      help:
        "Width of the layers, an even number that the heads divide; a linear layer stands before them "
        + "if word vectors have another size."),
    .init(\.layers, "layers", .integer(atLeast: 1, atMost: 64), help: "Number of layers."),
    .init(
      \.heads, "heads", .integer(atLeast: 1, atMost: 1024),
      help: "Heads of each attention; each sees width / heads numbers."),
    .init(
      \.inner, "inner", .integer(atLeast: 1, atMost: 262_144),
      help: "Width of the hidden layer of the feed-forward networks."),
    .init(
      \.normalization, "normalization", .choice,
      help: "Where layers normalise. `before`: x + f(LN(x)), and once on top of the stack; "
        + "`after`: LN(x + f(x)), as Vaswani et al. 2017, which needs a warm-up."),
    .init(
      \.activation, "activation", .choice,
      help: "What bends the hidden layer: `relu`, `gelu` (x Φ(x)) or `silu` (x σ(x))."),
    .init(
      \.normalizer, "normalizer", .choice,
      help:
        "How scores become weights: `softmax`, or `relu`, max(e, 0) divided by the "
        + "number of positions seen."),
    .init(
      \.window, "window",
      .optional(.integer(atLeast: 0), null: "all", from: 8),
      help: "How many positions to each side self-attention sees."),
    .init(
      \.attentionDropout, "attentionDropout",
      .optional(.number(in: 0..<1), null: "as `model.dropout.layers`", from: 0.1),
      help: "Chance that a weight of attention is zeroed during training."),
    .init(
      \.innerDropout, "innerDropout",
      .optional(.number(in: 0..<1), null: "as `model.dropout.layers`", from: 0.1),
      help: "Chance that a number of the hidden layer is zeroed during training."),
  ]

  /// A width that heads do not divide, or without pairs for sine and cosine.
  package var conflicts: [ConfigurationConflict] {
    transformerConflicts("encoder", width: width, heads: heads)
  }
}

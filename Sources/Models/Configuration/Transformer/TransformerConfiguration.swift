package import DragomanFormats
package import DragomanLayers
package import DragomanTensor

/// A Transformer's encoder or decoder: the `model.encoder` or `model.decoder` object of the kind `transformer`.
package struct TransformerConfiguration<Side: TransformerSide>: Sendable, Equatable {
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
  /// What tells where tokens stand.
  package var positions = PositionKind.sinusoid
  /// How many positions have a vector, if they are learnt.
  package var maximumPositions = 512
  /// How tokens learn of others of their sentence; only a decoder has a choice.
  package var selfAttention = SelfAttentionKind.attention
  /// How scores become weights.
  package var normalizer = AttentionHeads.Normalizer.softmax
  /// How many positions to each side self-attention sees; `nil` is all.
  package var window: Int?
  /// The chance that a weight of attention is dropped; `nil` is that between layers.
  package var attentionDropout: Double?
  /// The chance that a number of the hidden layer is dropped; `nil` is that between layers.
  package var innerDropout: Double?

  /// The default layers.
  package init() {}
}

/// The object `model.encoder` of the kind `transformer`.
package typealias TransformerEncoderConfiguration = TransformerConfiguration<EncoderSide>
/// The object `model.decoder` of the kind `transformer`.
package typealias TransformerDecoderConfiguration = TransformerConfiguration<DecoderSide>

extension TransformerConfiguration: Configuration {
  /// What the object is for.
  package static var about: String { Side.about }
  /// The keys of the object.
  package static var fields: [ConfigurationField<Self>] { Side.fields }

  /// A width that heads do not divide, or without pairs for sine and cosine.
  package var conflicts: [ConfigurationConflict] {
    [undividedWidth, oddWidth].compactMap { $0 }
  }

  private var undividedWidth: ConfigurationConflict? {
    guard !width.isMultiple(of: heads) else { return nil }
    let lower = width / heads * heads
    return ConfigurationConflict(
      ["width", "heads"], because: "each head sees as many numbers, width / heads",
      remedies: (lower > 0 ? ["set model.\(Side.name).width to \(lower)"] : [])
        + ["set model.\(Side.name).width to \(lower + heads)"])
  }

  private var oddWidth: ConfigurationConflict? {
    guard !width.isMultiple(of: 2), positions == .sinusoid else { return nil }
    return ConfigurationConflict(
      ["width", "positions"], because: "a position is told by pairs of a sine and a cosine",
      remedies: [
        "set model.\(Side.name).width to an even number",
        "set model.\(Side.name).positions to \"learnt\"",
      ])
  }
}

extension TransformerConfiguration {
  /// What the layers are like, in this model.
  func shape(in model: ModelConfiguration) -> TransformerShape {
    TransformerShape(
      width: width, layers: layers, heads: heads, inner: inner, normalization: normalization,
      activation: activation, normalizer: normalizer, window: window,
      selfAttention: selfAttention,
      attentionDropout: attentionDropout ?? model.dropout.layers,
      innerDropout: innerDropout ?? model.dropout.layers, layerDropout: model.dropout.layers,
      isVariational: model.dropout.variational)
  }

  /// The layers in words: `Transformer encoder, 4 layers of width 256, 4 heads, inner 1024`.
  var words: String {
    let own =
      switch selfAttention {
      case .attention: ""
      case .ssru: " with SSRU"
      }
    return
      "Transformer \(Side.name)\(own), \(Words.count(layers, "layer")) of width \(width), "
      + "\(Words.count(heads, "head")), inner \(inner)"
  }
}

package import DragomanTensor

/// What the layers of a Transformer are like.
package struct TransformerShape: Sendable {
  /// D.
  package var width: Int
  /// How many layers.
  package var layers: Int
  /// h.
  package var heads: Int
  /// F, the width of the feed-forward network's hidden layer.
  package var inner: Int
  /// Where layers normalise.
  package var normalization: NormalizationPlace
  /// φ of the feed-forward network.
  package var activation: Activation
  /// How scores become weights.
  package var normalizer: AttentionHeads.Normalizer
  /// How many positions to each side self-attention sees; `nil` is all.
  package var window: Int?
  /// The chance that a weight of attention is dropped.
  package var attentionDropout: Double
  /// The chance that a number of the feed-forward network's hidden layer is dropped.
  package var innerDropout: Double
  /// The chance that a number that a sublayer gives is dropped.
  package var layerDropout: Double
  /// Whether the steps of a sentence share their masks.
  package var isVariational: Bool

  /// A shape.
  package init(
    width: Int, layers: Int, heads: Int, inner: Int, normalization: NormalizationPlace,
    activation: Activation, normalizer: AttentionHeads.Normalizer, window: Int?,
    attentionDropout: Double, innerDropout: Double, layerDropout: Double, isVariational: Bool
  ) {
    (self.width, self.layers, self.heads, self.inner) = (width, layers, heads, inner)
    (self.normalization, self.activation) = (normalization, activation)
    (self.normalizer, self.window) = (normalizer, window)
    (self.attentionDropout, self.innerDropout) = (attentionDropout, innerDropout)
    (self.layerDropout, self.isVariational) = (layerDropout, isVariational)
  }

  /// The heads of self-attention.
  func selfHeads(isCausal: Bool) -> AttentionHeads {
    AttentionHeads(count: heads, isCausal: isCausal, window: window, normalizer: normalizer)
  }

  /// The heads of attention to an encoder.
  var crossHeads: AttentionHeads { AttentionHeads(count: heads, normalizer: normalizer) }

  func mask(_ probability: Double, _ path: String) -> Dropout {
    Dropout(probability: probability, path: path, isVariational: isVariational)
  }

  /// Add and norm number `index` of the layer `name`.
  func sublayer(_ name: String, _ index: Int, layout: inout ParameterLayout) -> Sublayer {
    Sublayer(
      name: "\(name).norm.\(index)", size: width, normalization,
      dropout: mask(layerDropout, "\(name).norm.\(index)"), layout: &layout)
  }

  /// The self-attention of the layer `name`.
  func selfAttention(
    _ name: String, isCausal: Bool, layout: inout ParameterLayout
  ) -> SelfAttention {
    SelfAttention(
      name: "\(name).attention", size: width, heads: selfHeads(isCausal: isCausal),
      dropout: mask(attentionDropout, "\(name).attention"), layout: &layout)
  }

  /// The feed-forward network of the layer `name`.
  func feedForward(_ name: String, layout: inout ParameterLayout) -> FeedForward {
    FeedForward(
      name: "\(name).feedForward", size: width, inner: inner, activation,
      dropout: mask(innerDropout, "\(name).feedForward"), layout: &layout)
  }

  /// The norm on top of the stack `name`, where layers normalise before.
  func top(_ name: String, layout: inout ParameterLayout) -> LayerNorm? {
    switch normalization {
    case .before: LayerNorm(name: "\(name).norm", size: width, layout: &layout)
    case .after: nil
    }
  }
}

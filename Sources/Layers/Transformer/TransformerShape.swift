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
  /// How a decoder's tokens learn of those before them.
  package var selfAttention: SelfAttentionKind
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
    selfAttention: SelfAttentionKind, attentionDropout: Double, innerDropout: Double,
    layerDropout: Double, isVariational: Bool
  ) {
    (self.width, self.layers, self.heads, self.inner) = (width, layers, heads, inner)
    (self.normalization, self.activation) = (normalization, activation)
    (self.normalizer, self.window) = (normalizer, window)
    self.selfAttention = selfAttention
    (self.attentionDropout, self.innerDropout) = (attentionDropout, innerDropout)
    (self.layerDropout, self.isVariational) = (layerDropout, isVariational)
  }

  /// The sublayers of the layer `name`: of a decoder that looks at states of `memory` numbers, or of an encoder.
  func sublayers(_ name: String, memory: Int?, layout: inout ParameterLayout) -> [Sublayer] {
    var result: [Sublayer] = []
    func add(_ function: SublayerFunction) {
      let path = "\(name).norm.\(result.count)"
      result.append(
        Sublayer(
          function, name: path, size: width, normalization, dropout: mask(layerDropout, path),
          layout: &layout))
    }
    add(own(name, isCausal: memory != nil, layout: &layout))
    if let memory { add(cross(name, memory: memory, layout: &layout)) }
    add(
      .feedForward(
        FeedForward(
          name: "\(name).feedForward", size: width, inner: inner, activation,
          dropout: mask(innerDropout, "\(name).feedForward"), layout: &layout)))
    return result
  }

  /// How tokens learn of others of their sentence.
  private func own(
    _ name: String, isCausal: Bool, layout: inout ParameterLayout
  ) -> SublayerFunction {
    switch selfAttention {
    case .attention:
      .attention(
        SelfAttention(
          name: "\(name).attention", size: width,
          heads: AttentionHeads(
            count: heads, isCausal: isCausal, window: window, normalizer: normalizer),
          dropout: mask(attentionDropout, "\(name).attention"), layout: &layout))
    case .ssru: .recurrence(SelfRecurrence(name: "\(name).ssru", size: width, layout: &layout))
    }
  }

  /// How tokens look at a source.
  private func cross(
    _ name: String, memory: Int, layout: inout ParameterLayout
  ) -> SublayerFunction {
    .cross(
      CrossAttention(
        name: "\(name).cross", size: width, memory: memory,
        heads: AttentionHeads(count: heads, normalizer: normalizer),
        dropout: mask(attentionDropout, "\(name).cross"), layout: &layout))
  }

  private func mask(_ probability: Double, _ path: String) -> Dropout {
    Dropout(probability: probability, path: path, isVariational: isVariational)
  }

  /// The norm on top of the stack `name`, where layers normalise before.
  func top(_ name: String, layout: inout ParameterLayout) -> LayerNorm? {
    switch normalization {
    case .before: LayerNorm(name: "\(name).norm", size: width, layout: &layout)
    case .after: nil
    }
  }
}

import DragomanFormats
import DragomanLayers
import DragomanTensor

/// What the objects of a Transformer's encoder and decoder have in common: a stack of layers.
///
/// A key that both sides have stands here, in ``stackFields`` and in ``shape(in:)``.
protocol TransformerLayersConfiguration: Configuration {
  /// D, the width of the layers.
  var width: Int { get set }
  /// How many layers.
  var layers: Int { get set }
  /// h, the heads of each attention.
  var heads: Int { get set }
  /// F, the width of the feed-forward network's hidden layer.
  var inner: Int { get set }
  /// Where layers normalise.
  var normalization: NormalizationPlace { get set }
  /// φ of the feed-forward network.
  var activation: Activation { get set }
  /// How scores become weights.
  var normalizer: AttentionHeads.Normalizer { get set }
  /// How many positions to each side self-attention sees; `nil` is all.
  var window: Int? { get set }
  /// The chance that a weight of attention is dropped; `nil` is that between layers.
  var attentionDropout: Double? { get set }
  /// The chance that a number of the hidden layer is dropped; `nil` is that between layers.
  var innerDropout: Double? { get set }
}

extension TransformerLayersConfiguration {
  /// The keys of the stack.
  static var stackFields: [ConfigurationField<Self>] {
    [
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
  }

  /// A width that heads do not divide, or without pairs for sine and cosine.
  func stackConflicts(_ side: String) -> [ConfigurationConflict] {
    var conflicts: [ConfigurationConflict] = []
    if !width.isMultiple(of: heads) {
      let lower = width / heads * heads
      conflicts.append(
        ConfigurationConflict(
          ["width", "heads"], because: "each head sees as many numbers, width / heads",
          remedies: (lower > 0 ? ["set model.\(side).width to \(lower)"] : [])
            + ["set model.\(side).width to \(lower + heads)"]))
    }
    if !width.isMultiple(of: 2) {
      conflicts.append(
        ConfigurationConflict(
          ["width"], because: "a position is told by pairs of a sine and a cosine",
          remedies: ["set model.\(side).width to an even number"]))
    }
    return conflicts
  }

  /// What the layers are like, in this model.
  func shape(in model: ModelConfiguration) -> TransformerShape {
    TransformerShape(
      width: width, layers: layers, heads: heads, inner: inner, normalization: normalization,
      activation: activation, normalizer: normalizer, window: window,
      attentionDropout: attentionDropout ?? model.dropout.layers,
      innerDropout: innerDropout ?? model.dropout.layers, layerDropout: model.dropout.layers,
      isVariational: model.dropout.variational)
  }

  /// The layers in words: `4 layers of width 256, 4 heads, inner 1024`.
  var sizesInWords: String {
    "\(layers) layer\(layers == 1 ? "" : "s") of width \(width), \(heads) head\(heads == 1 ? "" : "s"), inner \(inner)"
  }
}

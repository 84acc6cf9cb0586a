import DragomanFormats
import DragomanLayers

extension TransformerConfiguration {
  /// The keys that both sides have; `condition` is what a window of self-attention needs.
  static func sharedFields(
    window condition: ConfigurationCondition<Self>? = nil
  ) -> [ConfigurationField<Self>] {
    [
      .init(
        \.width, "width", .integer(atLeast: 2, atMost: 65_536),
        help:
          "Width of the layers, which the heads divide; a linear layer stands before them if word vectors have "
          + "another size."),
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
        \.positions, "positions", .choice,
        help:
          "What tells where tokens stand. `sinusoid`: sines and cosines, of an even width, without end; "
          + "`learnt`: a vector for each position that is learnt."),
      .init(
        \.maximumPositions, "maximumPositions", .integer(atLeast: 1, atMost: 1_048_576),
        when: .when(\.positions, "positions", is: .learnt),
        help: "How many positions have a vector; tokens after them share the last one."),
      .init(
        \.normalizer, "normalizer", .choice,
        help:
          "How scores become weights: `softmax`, or `relu`, max(e, 0) divided by the number of positions seen."
      ),
      .init(
        \.window, "window", .optional(.integer(atLeast: 0), null: "all", from: 8),
        when: condition, help: "How many positions to each side self-attention sees."),
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
}

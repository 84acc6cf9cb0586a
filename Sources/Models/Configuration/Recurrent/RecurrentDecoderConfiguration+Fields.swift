package import DragomanFormats
import DragomanLayers

extension RecurrentDecoderConfiguration: Configuration, RecurrentLayersConfiguration {
  /// What the object is for.
  package static let about = "Recurrent layers with attention write the target, one token a step."
  /// The keys of the object.
  package static let fields: [ConfigurationField<RecurrentDecoderConfiguration>] =
    [
      .init(
        \.cell, "cell", .choice, defaultWords: "as `encoder.cell`", help: "The recurrent cell."),
      .init(
        \.hidden, "hidden", .integer(atLeast: 1, atMost: 65_536),
        help: "Size of the state of one layer."),
      .init(
        \.layers, "layers", .integer(atLeast: 1, atMost: 64),
        help: "Number of layers; each reads the one below, and attention asks with the topmost."),
    ] + stackFields + [
      .init(
        \.initialState, "initialState", .choice,
        defaultWords: "`\"backward\"`, or `\"top\"` if the encoder is not bidirectional",
        help: "Where the first state comes from. "
          + "`backward`: the backward direction of the encoder's top layer, for every layer; "
          + "`top`: the final state of the encoder's top layer, both directions, for every layer; "
          + "`layerwise`: the final state of the encoder's layer of the same number; "
          + "`mean`: the mean of the encoder's top states over the sentence, for every layer; "
          + "`zero`: zeros."),
      .init(
        \.bridge, "bridge", .boolean,
        when: .when(\.initialState, "initialState", is: .backward, .top, .layerwise, .mean),
        help: "Whether a layer tanh(W s + b) makes the first state from the encoder's; "
          + "without it the state is copied, and sizes must match."),
      .init(
        \.feeding, "feeding", formerly: "contextFeeding", .feeding,
        help: "What the decoder also reads of the step before. "
          + "`context`, or true: the context vector c; "
          + "`attentional`: the attentional state tanh(W [s; c] + b), which the output then reads as well, "
          + "in place of [s; c]; "
          + "`none`, or false: nothing."),
      .init(\.output, "output", .object, help: "What the projection to the vocabulary reads."),
    ]

  /// A residual connection that has nothing to connect.
  package var conflicts: [ConfigurationConflict] {
    stackConflicts("decoder")
  }
}

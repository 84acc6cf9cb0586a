package import DragomanFormats
package import DragomanLayers

/// A recurrent encoder: the `model.encoder` object of the kind `recurrent`.
package struct RecurrentEncoderConfiguration: Sendable, Equatable {
  /// The recurrent cell.
  package var cell = CellKind.gru
  /// Size of the state of one direction of one layer.
  package var hidden = 128
  /// Number of layers; each reads the one below.
  package var layers = 1
  /// Whether each layer reads the source in both directions and joins the two states.
  package var bidirectional = true
  /// Whether each layer but the lowest adds its input to its output.
  package var residual = false
  /// Whether the products of a cell are normalised in each gate.
  package var layerNormalization = false

  /// The default encoder.
  package init() {}
}

extension RecurrentEncoderConfiguration: Configuration, RecurrentLayersConfiguration {
  /// What the object is for.
  package static let about = "Recurrent layers read the source."
  /// The keys of the object.
  package static let fields: [ConfigurationField<RecurrentEncoderConfiguration>] =
    [
      .init(\.cell, "cell", .choice, help: "The recurrent cell."),
      .init(
        \.hidden, "hidden", .integer(atLeast: 1, atMost: 65_536),
        help: "Size of the state of one direction of one layer."),
      .init(
        \.layers, "layers", .integer(atLeast: 1, atMost: 64),
        help: "Number of layers; each reads the one below."),
      .init(
        \.bidirectional, "bidirectional", .boolean,
        help: "Whether each layer reads in both directions and joins the two states, "
          + "which makes the encoded source twice as wide."),
    ] + stackFields

  /// A residual connection that has nothing to connect.
  package var conflicts: [ConfigurationConflict] {
    stackConflicts("encoder")
  }

  /// Numbers in one vector of the encoded source (D): twice ``hidden`` when bidirectional.
  var width: Int { hidden * (bidirectional ? 2 : 1) }
}

import DragomanFormats
import DragomanLayers

/// What the objects of recurrent encoders and decoders have in common: a stack of layers.
///
/// A key that both sides have stands here, in ``stackFields`` and in ``shape(inputs:isBidirectional:dropout:)``.
protocol RecurrentLayersConfiguration: Configuration {
  /// The recurrent cell.
  var cell: CellKind { get }
  /// Size of the state of one direction of one layer.
  var hidden: Int { get }
  /// Number of layers; each reads the one below.
  var layers: Int { get }
  /// Whether each layer but the lowest adds its input to its output.
  var residual: Bool { get set }
  /// Whether the products of a cell are normalised in each gate.
  var layerNormalization: Bool { get set }
}

extension RecurrentLayersConfiguration {
  /// The keys of the stack that mean the same on both sides.
  static var stackFields: [ConfigurationField<Self>] {
    [
      .init(
        \.residual, "residual", .boolean,
        help: "Whether each layer but the lowest adds what it reads to what it gives."),
      .init(
        \.layerNormalization, "layerNormalization", .boolean,
        help: "Whether both products of a cell are brought to mean 0 and variance 1 in each gate, "
          + "before a gain and the bias."),
    ]
  }

  /// A residual connection that has nothing to connect: it needs a layer below of the same width, and the word vectors
  /// have another.
  func stackConflicts(_ side: String) -> [ConfigurationConflict] {
    guard residual, layers == 1 else { return [] }
    return [
      ConfigurationConflict(
        ["residual", "layers"], because: "a single layer has none below it to add",
        remedies: ["set model.\(side).layers to 2", "set model.\(side).residual to false"])
    ]
  }

  /// The stack.
  ///
  /// - Parameters:
  ///   - inputs: numbers that the lowest layer reads per token.
  ///   - isBidirectional: whether layers read in both directions; `nil` where they have none to name.
  ///   - dropout: what is dropped in it.
  func shape(
    inputs: Int, isBidirectional: Bool?, dropout: DropoutConfiguration
  ) -> RecurrentStack.Shape {
    RecurrentStack.Shape(
      cell: cell, inputs: inputs, hidden: hidden, layers: layers,
      isBidirectional: isBidirectional, isResidual: residual, isNormalized: layerNormalization,
      layerDropout: dropout.layers, stateDropout: dropout.states,
      isVariational: dropout.variational)
  }
}

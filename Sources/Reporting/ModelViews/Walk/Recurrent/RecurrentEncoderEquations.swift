import DragomanModels

/// The equations of a recurrent encoder, in the spelling of ``Equation``.
struct RecurrentEncoderEquations {
  private let configuration: RecurrentEncoderConfiguration

  /// Those of an encoder.
  init(_ configuration: RecurrentEncoderConfiguration) { self.configuration = configuration }

  /// Those of its layers.
  var cell: RecurrentCellEquations {
    RecurrentCellEquations(
      cell: configuration.cell, isNormalized: configuration.layerNormalization)
  }

  /// What its top layer gives at a position.
  var output: String {
    let own = configuration.bidirectional ? "[→h_i ; ←h_i]" : "→h_i"
    return isSum ? "h_i = \(own) + x_i" : "h_i = \(own)"
  }

  /// Whether the top layer adds what it reads.
  var isSum: Bool { configuration.residual && configuration.layers > 1 }
}

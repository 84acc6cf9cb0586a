package import DragomanModels

/// What can be switched on in any model: each case goes through the checks of gradients and of decoding.
package enum ModelVariant: String, CaseIterable {
  case variational, residual, mean, layerNormalization, coverage

  /// Switches it on in a model of additive attention and any cells, directions and feeding.
  package func apply(to model: inout ModelConfiguration) {
    switch self {
    case .variational:
      model.dropout.variational = true
      model.dropout.states = 0.4
    case .residual:
      model.encoder.layers = 3
      model.decoder.layers = 3
      model.encoder.residual = true
      model.decoder.residual = true
    case .mean:
      model.decoder.initialState = .mean
    case .layerNormalization:
      model.encoder.layerNormalization = true
      model.decoder.layerNormalization = true
      // A gate's numbers have to vary by more than a difference moves them, which few numbers may not.
      model.embedding = 11
      model.dropout.embedding = 0.1
      model.encoder.hidden = 7
      model.decoder.hidden = 9
    case .coverage:
      model.attention.coverage = true
    }
  }
}

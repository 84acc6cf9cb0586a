package import DragomanModels

/// What can be switched on in any model: each case goes through the checks of gradients and of decoding.
package enum ModelVariant: String, CaseIterable {
  case variational, residual, mean, layerNormalization, coverage, gate, doublyStochastic

  /// Switches it on in a model of additive attention and any cells, directions and feeding.
  package func apply(to model: inout ModelConfiguration) {
    switch self {
    case .variational:
      model.dropout.variational = true
      model.dropout.states = 0.4
    case .residual:
      model.recurrentEncoder.layers = 3
      model.recurrentDecoder.layers = 3
      model.recurrentEncoder.residual = true
      model.recurrentDecoder.residual = true
    case .mean:
      model.recurrentDecoder.initialState = .mean
    case .layerNormalization:
      model.recurrentEncoder.layerNormalization = true
      model.recurrentDecoder.layerNormalization = true
      // A gate's numbers have to vary by more than a difference moves them, which few numbers may not.
      model.embedding = 11
      model.dropout.embedding = 0.1
      model.recurrentEncoder.hidden = 7
      model.recurrentDecoder.hidden = 9
    case .coverage:
      model.attention.coverage = true
    case .gate:
      model.attention.gate = true
    case .doublyStochastic:
      model.attention.gate = true
      model.attention.doublyStochastic = 0.7
    }
  }
}

import DragomanLayers
package import DragomanModels

/// What can read and what can write: each case goes through the checks of training and of decoding.
package enum ModelFamily: String, CaseIterable, Sendable {
  case gru, lstm, ssru, transformer
  case learntPositions = "Transformer with learnt positions"
  case transformerWithSSRU = "Transformer with SSRU"
  case transformerOverGRU = "Transformer over a GRU"
  case gruOverTransformer = "GRU over a Transformer"

  /// Makes encoder and decoder of this family, `width` numbers wide, an even number.
  package func apply(to model: inout ModelConfiguration, width: Int, layers: Int) {
    var encoder = RecurrentEncoderConfiguration()
    (encoder.hidden, encoder.layers) = (width / 2, layers)
    var decoder = RecurrentDecoderConfiguration()
    (decoder.hidden, decoder.layers) = (width, layers)
    var reading = TransformerEncoderConfiguration()
    (reading.width, reading.layers, reading.heads, reading.inner) = (width, layers, 2, 2 * width)
    var writing = TransformerDecoderConfiguration()
    (writing.width, writing.layers, writing.heads, writing.inner) = (width, layers, 2, 2 * width)
    switch self {
    case .gru: break
    case .lstm: (encoder.cell, decoder.cell) = (.lstm, .lstm)
    case .ssru: (encoder.cell, decoder.cell) = (.ssru, .ssru)
    case .transformer, .transformerOverGRU: break
    case .learntPositions:
      (reading.positions, writing.positions) = (.learnt, .learnt)
      (reading.maximumPositions, writing.maximumPositions) = (20, 20)
    case .transformerWithSSRU: writing.selfAttention = .ssru
    case .gruOverTransformer: decoder.initialState = .mean
    }
    // Keys that do not count keep their defaults.
    model.attention = AttentionConfiguration()
    switch self {
    case .gru, .lstm, .ssru:
      (model.encoder, model.decoder) = (.recurrent(encoder), .recurrent(decoder))
      model.attention.size = width
    case .transformer, .learntPositions, .transformerWithSSRU:
      (model.encoder, model.decoder) = (.transformer(reading), .transformer(writing))
    case .transformerOverGRU:
      (model.encoder, model.decoder) = (.recurrent(encoder), .transformer(writing))
    case .gruOverTransformer:
      (model.encoder, model.decoder) = (.transformer(reading), .recurrent(decoder))
      model.attention.size = width
    }
  }
}

import DragomanFormats
import DragomanLayers

extension RecurrentEncoderConfiguration {
  /// The encoder in words: `biGRU encoder, 128 units`.
  var words: String {
    "\(bidirectional ? "bi" : "")\(cell.words) encoder, "
      + sizeInWords(layers: layers, hidden: hidden)
  }
}

extension RecurrentDecoderConfiguration {
  /// Attention and decoder in words, with what the decoder starts from and writes by.
  func words(in model: ModelConfiguration) -> String {
    let score = model.scorerType.words(model.scorerSizes)
    let gate = model.attention.gate ? ", its context gated" : ""
    let bridged = bridge && initialState != .zero ? " over a bridge" : ""
    let deep = deepOutputSize(in: model).map { size in
      "; deep output of \(size)" + (output.embedding ? " over state, context and word" : "")
    }
    return "\(score)\(gate); \(cell.words) decoder, \(sizeInWords(layers: layers, hidden: hidden))"
      + "\(feeding.words), \(initialState.words)\(bridged)\(deep ?? "")"
  }
}

extension InputFeeding {
  /// To follow the words of a decoder.
  fileprivate var words: String {
    switch self {
    case .none: ""
    case .context: ", context feeding"
    case .attentional: ", attentional input feeding"
    }
  }
}

extension InitialState {
  /// To follow the words of a decoder.
  fileprivate var words: String {
    switch self {
    case .backward: "starts from the encoder's backward state"
    case .top: "starts from the encoder's top state"
    case .layerwise: "starts from the encoder's states, layer by layer"
    case .mean: "starts from the mean of the encoder's states"
    case .zero: "starts from zero"
    }
  }
}

private func sizeInWords(layers: Int, hidden: Int) -> String {
  (layers == 1 ? "" : "\(layers) layers of ") + Words.count(hidden, "unit")
}

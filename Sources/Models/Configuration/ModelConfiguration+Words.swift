extension ModelConfiguration {
  /// The architecture in one sentence: what reads, what looks, what writes, with their sizes.
  package var words: String {
    "embedding \(embedding); \(encoder.words); \(decoder.words(in: self))\(tied.words)"
  }
}

extension EncoderConfiguration {
  /// What reads: `biGRU encoder, 128 units`.
  var words: String {
    switch self {
    case .recurrent(let encoder): encoder.words
    case .transformer(let encoder): encoder.words
    case .vision(let encoder): encoder.words
    case .convolutional(let encoder): encoder.words
    case .features(let encoder): encoder.words
    }
  }
}

extension DecoderConfiguration {
  /// What looks and what writes.
  fileprivate func words(in model: ModelConfiguration) -> String {
    switch self {
    case .recurrent(let decoder): decoder.words(in: model)
    case .transformer(let decoder): decoder.words
    }
  }
}

extension TiedWeights {
  /// To follow the rest of a sentence.
  fileprivate var words: String {
    switch self {
    case .none: ""
    case .output: "; target embedding tied to the output"
    case .languages: "; one embedding for both languages"
    case .all: "; one embedding for both languages, tied to the output"
    }
  }
}

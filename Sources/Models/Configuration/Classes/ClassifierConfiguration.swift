package import DragomanFormats
package import DragomanLayers

/// The architecture of a classifier: the `classifier` object of a configuration.
///
/// An encoder reads, its vectors become one by pooling, and a projection gives each class a score. It stands beside
/// ``ModelConfiguration`` and not in it, so that each of the two has the keys that count for it and no others.
package struct ClassifierConfiguration: Sendable, Equatable {
  /// Size of the word vectors (E).
  package var embedding = 128
  /// What reads.
  package var encoder = EncoderConfiguration()
  /// How the encoder's vectors become one.
  package var pooling = RowPoolingKind.mean
  /// What is dropped during training.
  package var dropout = ClassifierDropout()

  /// The default classifier.
  package init() {}

  /// The encoder's side of a model that writes, which is what an encoder is made from.
  package var reader: ModelConfiguration {
    var model = ModelConfiguration()
    (model.embedding, model.encoder) = (embedding, encoder)
    model.dropout.embedding = dropout.embedding
    model.dropout.layers = dropout.layers
    model.dropout.encoded = dropout.encoded
    model.dropout.sourceWords = dropout.words
    return model
  }

  /// The architecture in one sentence.
  package var words: String {
    "embedding \(embedding); \(encoder.words); \(pooling.words)"
  }
}

extension ClassifierConfiguration: Configuration {
  /// What the `classifier` object is for.
  package static let about =
    "The architecture of a classifier: an encoder reads, its vectors become one, and each class gets a score."
  /// The keys of the `classifier` object.
  package static let fields: [ConfigurationField<ClassifierConfiguration>] = [
    .init(
      \.embedding, "embedding", .integer(atLeast: 1, atMost: 65_536),
      help: "Size of the word vectors."),
    .init(\.encoder, "encoder", .union, help: "What reads the text."),
    .init(
      \.pooling, "pooling", .choice,
      help:
        "How the encoder's vectors become one. `mean`: their mean; `attention`: a sum weighted by a learnt "
        + "query, whose weights say what counted; `cls`: the first of them."),
    .init(
      \.dropout, "dropout", .object, help: "Chance that an activation is zeroed during training."),
  ]
}

extension RowPoolingKind {
  /// For a sentence.
  fileprivate var words: String {
    switch self {
    case .mean: "mean of the vectors"
    case .attention: "vectors weighted by attention"
    case .cls: "the first vector"
    }
  }
}

/// Chances that an activation of a classifier is zeroed during training: `classifier.dropout` of a configuration.
package struct ClassifierDropout: Sendable, Equatable {
  /// In the word vectors.
  package var embedding = 0.2
  /// Between the layers of the encoder.
  package var layers = 0.2
  /// In the vectors that the encoder gives.
  package var encoded = 0.0
  /// In what the projection reads.
  package var pooled = 0.2
  /// Of whole words: their word vectors become 0.
  package var words = 0.0

  /// The default dropout.
  package init() {}
}

extension ClassifierDropout: Configuration {
  /// What the `classifier.dropout` object is for.
  package static let about = "Chances that an activation is zeroed during training."
  /// The keys of the `classifier.dropout` object.
  package static let fields: [ConfigurationField<ClassifierDropout>] = [
    .init(\.embedding, "embedding", .number(in: 0..<1), help: "In the word vectors."),
    .init(\.layers, "layers", .number(in: 0..<1), help: "Between the layers of the encoder."),
    .init(\.encoded, "encoded", .number(in: 0..<1), help: "In the vectors that pooling reads."),
    .init(\.pooled, "pooled", .number(in: 0..<1), help: "In what the projection reads."),
    .init(
      \.words, "words", .number(in: 0..<1),
      help: "Of words as a whole: the word vectors of random tokens become 0."),
  ]
}

package import DragomanFormats
package import DragomanLayers

/// The architecture of a classifier: the `classifier` object of a configuration.
///
/// An encoder reads, its vectors become one by pooling, and a projection gives each class a score. It stands beside
/// ``ModelConfiguration`` and not in it, so that each of the two has the keys that count for it and no others.
package struct ClassifierConfiguration: Sendable, Equatable {
  /// Size of the vectors that the layers read (E), of words or of rows of features.
  package var embedding = 128
  /// What reads.
  package var encoder = EncoderConfiguration()
  /// What layers read that could read either.
  package var input = SequenceInput.texts
  /// How the encoder's vectors become one.
  package var pooling = RowPoolingKind.mean
  /// What is dropped during training.
  package var dropout = ClassifierDropout()

  /// The default classifier.
  package init() {}

  /// Whether examples are rows of features.
  package var readsFeatures: Bool {
    switch encoder.kind {
    case .recurrent, .transformer: input == .features
    case .vision, .convolutional: false
    case .features: true
    }
  }

  /// Whether examples are texts.
  package var readsTexts: Bool { !readsFeatures && !encoder.kind.readsImages }

  /// The encoder's side of a model that writes, which is what the encoder is made from.
  package var reader: ModelConfiguration {
    var model = ModelConfiguration()
    model.embedding = embedding
    model.encoder = encoder
    model.dropout.embedding = dropout.embedding
    model.dropout.layers = dropout.layers
    model.dropout.encoded = dropout.encoded
    model.dropout.sourceWords = dropout.words
    return model
  }

  /// The architecture in one sentence.
  package var words: String {
    words(before: encoder.kind)
      + "\(encoder.words); \(pooling.words)"
  }

  /// What stands before the layers.
  private func words(before kind: EncoderConfiguration.Kind) -> String {
    switch kind {
    case .recurrent, .transformer:
      "\(input == .features ? "features mapped to" : "embedding") \(embedding); "
    case .vision, .convolutional, .features: ""
    }
  }
}

/// What a recurrent or a Transformer's encoder of a classifier reads.
package enum SequenceInput: String, CaseIterable, Sendable {
  /// Texts, as the vectors of their tokens.
  case texts
  /// Rows of numbers that others computed, each mapped to a vector.
  case features
}

extension ClassifierConfiguration: Configuration {
  /// What the `classifier` object is for.
  package static let about =
    "The architecture of a classifier: an encoder reads, its vectors become one, and each class gets a score."
  /// The keys of the `classifier` object.
  package static let fields: [ConfigurationField<ClassifierConfiguration>] = [
    .init(
      \.embedding, "embedding", .integer(atLeast: 1, atMost: 65_536),
      when: .when(\.encoder.kind, "encoder.kind", is: .recurrent, .transformer),
      help: "Size of the word vectors, or of the vectors that rows of features are mapped to."),
    .init(
      \.encoder, "encoder", .union, help: "What reads the text, the image or the features.",
      then: { classifier in
        switch classifier.encoder.kind {
        case .recurrent, .transformer: break
        // Images have less to drop: what is near says the same.
        case .vision: classifier.dropout = ClassifierDropout(0.1)
        case .convolutional: classifier.dropout = ClassifierDropout(0)
        // Nothing stands before the pooling.
        case .features: (classifier.dropout.embedding, classifier.dropout.layers) = (0, 0)
        }
      }),
    .init(
      \.input, "input", .choice,
      when: .when(\.encoder.kind, "encoder.kind", is: .recurrent, .transformer),
      help:
        "What the layers read: `texts`, or `features`, rows of numbers as `data.features` has them, by a linear map "
        + "in the place of word vectors."),
    .init(
      \.pooling, "pooling", .choice,
      help:
        "How the encoder's vectors become one. `mean`: their mean; `attention`: a sum weighted by a learnt "
        + "query, whose weights say what counted; `cls`: the first of them."),
    .init(
      \.dropout, "dropout", .object, help: "Chance that an activation is zeroed during training."),
  ]
}

extension ClassifierConfiguration {
  /// Words that features do not have, dropout where there is nothing to drop, and a first row that stands for nothing.
  package var conflicts: [ConfigurationConflict] {
    var conflicts: [ConfigurationConflict] = []
    var idle: [(key: String, value: Double)] = []
    switch encoder.kind {
    case .recurrent, .transformer: break
    case .vision: idle = [("words", dropout.words)]
    case .convolutional:
      idle = [
        ("words", dropout.words), ("embedding", dropout.embedding),
        ("layers", dropout.layers),
      ]
    case .features:
      idle = [
        ("words", dropout.words), ("embedding", dropout.embedding), ("layers", dropout.layers),
      ]
    }
    if encoder.kind != .features, readsFeatures, dropout.words > 0 {
      conflicts.append(
        ConfigurationConflict(
          ["dropout.words", "input"], because: "features are not words",
          remedies: ["set classifier.dropout.words to 0"]))
    }
    for (key, value) in idle where value > 0 {
      conflicts.append(
        ConfigurationConflict(
          ["dropout.\(key)", "encoder.kind"], because: "such an encoder has no place for it",
          remedies: ["set classifier.dropout.\(key) to 0"]))
    }
    if encoder.kind == .convolutional, pooling == .cls {
      conflicts.append(
        ConfigurationConflict(
          ["pooling", "encoder.kind"], because: "the first place of a grid is its corner",
          remedies: ["set classifier.pooling to \"mean\" or \"attention\""]))
    }
    return conflicts
  }
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

  /// The same chance in what is read, in the layers and in what the projection reads.
  package init(_ everywhere: Double) {
    (embedding, layers, pooled) = (everywhere, everywhere, everywhere)
  }
}

extension ClassifierDropout: Configuration {
  /// What the `classifier.dropout` object is for.
  package static let about = "Chances that an activation is zeroed during training."
  /// The keys of the `classifier.dropout` object.
  package static let fields: [ConfigurationField<ClassifierDropout>] = [
    .init(
      \.embedding, "embedding", .number(in: 0..<1),
      help: "In the vectors of words or of features that layers read, or in the rows of patches."),
    .init(\.layers, "layers", .number(in: 0..<1), help: "Between the layers of the encoder."),
    .init(\.encoded, "encoded", .number(in: 0..<1), help: "In the vectors that pooling reads."),
    .init(\.pooled, "pooled", .number(in: 0..<1), help: "In what the projection reads."),
    .init(
      \.words, "words", .number(in: 0..<1),
      help: "Of words as a whole: the word vectors of random tokens become 0."),
  ]
}

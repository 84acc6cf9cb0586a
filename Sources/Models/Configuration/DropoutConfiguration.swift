package import DragomanFormats

/// Chances that an activation is zeroed during training: `model.dropout` of a configuration.
package struct DropoutConfiguration: Sendable, Equatable {
  /// In the word vectors of both languages.
  package var embedding = 0.2
  /// Between the layers of encoder and decoder.
  package var layers = 0.2
  /// In the encoded source.
  package var encoded = 0.0
  /// In what the output layer reads.
  package var output = 0.2
  /// Whether all steps of a sentence share one mask, instead of one each.
  package var variational = false
  /// In the recurrent states, where they enter their product; only if ``variational``.
  package var states = 0.0
  /// Of whole source words: their word vectors become 0.
  package var sourceWords = 0.0
  /// Of whole target words.
  package var targetWords = 0.0

  /// The default dropout.
  package init() {}

  /// The same chance in word vectors, between layers and in the output, and none elsewhere.
  package init(_ everywhere: Double) {
    embedding = everywhere
    layers = everywhere
    output = everywhere
  }
}

extension DropoutConfiguration: Configuration {
  /// What the `model.dropout` object is for.
  package static let about =
    "Chances that an activation is zeroed during training. "
    + "A number stands for `embedding`, `layers` and `output`."
  /// The keys of the `model.dropout` object.
  package static let fields: [ConfigurationField<DropoutConfiguration>] = [
    .init(
      \.embedding, "embedding", .number(in: 0..<1), help: "In the word vectors of both languages."),
    .init(
      \.layers, "layers", .number(in: 0..<1), help: "Between the layers of encoder and decoder."),
    .init(
      \.encoded, "encoded", .number(in: 0..<1),
      help: "In the encoded source, which attention looks at."),
    .init(\.output, "output", .number(in: 0..<1), help: "In what the output layer reads."),
    .init(
      \.variational, "variational", .boolean,
      help: "Whether all steps of a sentence share one mask (Gal and Ghahramani 2016); "
        + "otherwise each step draws its own (Zaremba et al. 2014)."),
    .init(
      \.states, "states", .number(in: 0..<1), when: .when(\.variational, "variational", is: true),
      help: "In the recurrent states of encoder and decoder, where they enter their product."),
    .init(
      \.sourceWords, "sourceWords", .number(in: 0..<1),
      help: "Of source words as a whole: the word vectors of random tokens become 0."),
    .init(
      \.targetWords, "targetWords", .number(in: 0..<1),
      help: "Of the target words that the decoder reads, as a whole."),
  ]
}

extension ConfigurationType where Value == DropoutConfiguration {
  /// A number for all activations or an object with one for each.
  static var dropout: Self {
    let number = ConfigurationType<Double>.number(in: 0..<1)
    let object = Self.object
    let shape = Deferred { ConfigurationShape.either([number.shape, object.shape]) }
    return Self(shape.value, write: object.write) { json, reader, value in
      if json.double != nil {
        var everywhere = 0.0
        number.read(json, &reader, &everywhere)
        value = DropoutConfiguration(everywhere)
      } else if json.members != nil {
        object.read(json, &reader, &value)
      } else {
        reader.report(json, isNot: shape.value.words)
      }
    }
  }
}

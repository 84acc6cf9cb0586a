package import DragomanFormats

/// The architecture of a model: the `model` object of a configuration.
///
/// Encoder, scorer and decoder combine freely. Sizes: E = ``embedding``, D = `encoder.width`,
/// H = `decoder.width`, A = `attention.size`.
package struct ModelConfiguration: Sendable, Equatable {
  /// Size of the word vectors of both languages (E).
  package var embedding = 128
  /// What reads the source.
  package var encoder = EncoderConfiguration()
  /// What writes the target.
  package var decoder = DecoderConfiguration()
  /// How the decoder looks at the source.
  package var attention = AttentionConfiguration()
  /// Which tables of word vectors and weights are one.
  package var tied = TiedWeights.none
  /// What is dropped during training.
  package var dropout = DropoutConfiguration()

  /// The default model.
  package init() {}
}

extension ModelConfiguration: Configuration {
  /// What the `model` object is for.
  package static let about = "The architecture: encoder, attention and decoder combine freely."
  /// The keys of the `model` object.
  package static let fields: [ConfigurationField<ModelConfiguration>] = [
    .init(
      \.embedding, "embedding", .integer(atLeast: 1, atMost: 65_536),
      help: "Size of the word vectors of both languages."),
    .init(
      \.encoder, "encoder", .union, help: "What reads the source.",
      then: { model in
        switch model.encoder {
        case .recurrent(let encoder):
          model.decoder.recurrent?.cell = encoder.cell
          model.decoder.recurrent?.initialState = encoder.bidirectional ? .backward : .top
        case .transformer, .vision, .convolutional, .features:
          model.decoder.recurrent?.initialState = .mean
        }
      }),
    .init(\.decoder, "decoder", .union, help: "What writes the target."),
    .init(
      \.attention, "attention", .object,
      when: .when(\.decoder.kind, "decoder.kind", is: .recurrent),
      help: "How the decoder looks at the source."),
    .init(
      \.tied, "tied", .choice,
      help: "Which weights are one. `output`: the target's word vectors and the weight of the "
        + "projection to the vocabulary, which has to read as many numbers as a word vector has; "
        + "`languages`: the word vectors of source and target, with `tokenizer.shared`; `all`: all three."
    ),
    .init(
      \.dropout, "dropout", .dropout, defaultWords: "0.2 for `embedding`, `layers` and `output`",
      help:
        "Chance that an activation is zeroed during training: one for all, or one for each place, and for whole "
        + "words."),
  ]
}

package import DragomanFormats
import DragomanLayers

extension ModelConfiguration: Configuration {
  /// What the `model` object is for.
  package static let about = "The architecture: encoder, attention and decoder combine freely."
  /// The keys of the `model` object.
  package static let fields: [ConfigurationField<ModelConfiguration>] = [
    .init(
      \.embedding, "embedding", .integer(atLeast: 1, atMost: 65_536),
      help: "Size of the word vectors of both languages."),
    .init(
      \.encoder, "encoder", .object, help: "What reads the source.",
      then: { model in
        model.decoder.cell = model.encoder.cell
        model.decoder.initialState = model.encoder.bidirectional ? .backward : .top
      }),
    .init(\.decoder, "decoder", .object, help: "What writes the target."),
    .init(\.attention, "attention", .object, help: "How the decoder looks at the source."),
    .init(
      \.tied, "tied", .choice,
      help: "Which weights are one. `output`: the target's word vectors and the weight of the "
        + "projection to the vocabulary, which has to read as many numbers as a word vector has; "
        + "`languages`: the word vectors of source and target, with `tokenizer.shared`; "
        + "`all`: all three."),
    .init(
      \.dropout, "dropout", .dropout, defaultWords: "0.2 for `embedding`, `layers` and `output`",
      help:
        "Chance that an activation is zeroed during training: one for all, or one for each place, "
        + "and for whole words."),
  ]
}

extension EncoderConfiguration: Configuration {
  /// What the `model.encoder` object is for.
  package static let about = "The encoder reads the source."
  /// The keys of the `model.encoder` object.
  package static let fields: [ConfigurationField<EncoderConfiguration>] = [
    .init(\.cell, "cell", .choice, help: "The recurrent cell."),
    .init(
      \.hidden, "hidden", .integer(atLeast: 1, atMost: 65_536),
      help: "Size of the state of one direction of one layer."),
    .init(
      \.layers, "layers", .integer(atLeast: 1, atMost: 64),
      help: "Number of layers; each reads the one below."),
    .init(
      \.bidirectional, "bidirectional", .boolean,
      help: "Whether each layer reads in both directions and joins the two states, "
        + "which makes the encoded source twice as wide."),
    .init(
      \.residual, "residual", .boolean,
      help: "Whether each layer but the lowest adds what it reads to what it gives."),
    .init(
      \.layerNormalization, "layerNormalization", .boolean,
      help: "Whether both products of a cell are brought to mean 0 and variance 1 in each gate, "
        + "before a gain and the bias."),
  ]
}

extension DecoderConfiguration: Configuration {
  /// What the `model.decoder` object is for.
  package static let about = "The decoder writes the target, one token a step."
  /// The keys of the `model.decoder` object.
  package static let fields: [ConfigurationField<DecoderConfiguration>] = [
    .init(
      \.cell, "cell", .choice, defaultWords: "as `encoder.cell`", help: "The recurrent cell."),
    .init(
      \.hidden, "hidden", .integer(atLeast: 1, atMost: 65_536),
      help: "Size of the state of one layer."),
    .init(
      \.layers, "layers", .integer(atLeast: 1, atMost: 64),
      help: "Number of layers; each reads the one below, and attention asks with the topmost."),
    .init(
      \.residual, "residual", .boolean,
      help: "Whether each layer but the lowest adds what it reads to what it gives."),
    .init(
      \.layerNormalization, "layerNormalization", .boolean,
      help: "Whether both products of a cell are brought to mean 0 and variance 1 in each gate, "
        + "before a gain and the bias."),
    .init(
      \.initialState, "initialState", .choice,
      defaultWords: "`\"backward\"`, or `\"top\"` if the encoder is not bidirectional",
      help: "Where the first state comes from. "
        + "`backward`: the backward direction of the encoder's top layer, for every layer; "
        + "`top`: the final state of the encoder's top layer, both directions, for every layer; "
        + "`layerwise`: the final state of the encoder's layer of the same number; "
        + "`mean`: the mean of the encoder's top states over the sentence, for every layer; "
        + "`zero`: zeros."),
    .init(
      \.bridge, "bridge", .boolean,
      when: .when(\.initialState, "initialState", is: .backward, .top, .layerwise, .mean),
      help: "Whether a layer tanh(W s + b) makes the first state from the encoder's; "
        + "without it the state is copied, and sizes must match."),
    .init(
      \.feeding, "feeding", formerly: "contextFeeding", .feeding,
      help: "What the decoder also reads of the step before. "
        + "`context`, or true: the context vector c; "
        + "`attentional`: the attentional state tanh(W [s; c] + b), which the output then reads as well, "
        + "in place of [s; c]; "
        + "`none`, or false: nothing."),
    .init(\.output, "output", .object, help: "What the projection to the vocabulary reads."),
  ]
}

extension OutputConfiguration: Configuration {
  /// What the `model.decoder.output` object is for.
  package static let about = "What the projection to the vocabulary reads."
  /// The keys of the `model.decoder.output` object.
  package static let fields: [ConfigurationField<OutputConfiguration>] = [
    .init(
      \.kind, "kind", .choice,
      help: "`direct`: state and context, [s; c], or the attentional state; "
        + "`deep`: a hidden layer over that, tanh(W [s; c; e] + b), which can be smaller."),
    .init(
      \.hidden, "hidden",
      .optional(.integer(atLeast: 1, atMost: 65_536), null: "as `model.embedding`", from: 1),
      when: .when(\.kind, "kind", is: .deep), help: "Size of the hidden layer."),
    .init(
      \.embedding, "embedding", .boolean, when: .when(\.kind, "kind", is: .deep),
      help: "Whether the hidden layer also reads the word vector e of the previous token."),
  ]
}

extension AttentionConfiguration: Configuration {
  /// What the `model.attention` object is for.
  package static let about = "Attention weighs the encoded source anew at each step."
  /// The keys of the `model.attention` object.
  package static let fields: [ConfigurationField<AttentionConfiguration>] = [
    .init(
      \.score, "score", .choice,
      help: "How a decoder state s meets an encoder state h. "
        + "`additive`: v · tanh(W₁ s + W₂ h); `dot`: s · h, sizes must match; "
        + "`general`: sᵀ W h; `location`: (W s)ᵢ for position i, whatever stands there."),
    .init(
      \.size, "size", .integer(atLeast: 1, atMost: 65_536),
      when: .when(\.score, "score", is: .additive),
      help: "Size of the hidden layer of the scorer."),
    .init(
      \.coverage, "coverage", .boolean, when: .when(\.score, "score", is: .additive),
      help: "Whether the score of a position also reads how much the steps before attended to it: "
        + "v · tanh(W₁ s + W₂ h + w C), C the sum of its weights so far."),
    .init(
      \.positions, "positions",
      .optional(.integer(atLeast: 1, atMost: 65_536), null: "the longest training source", from: 1),
      when: .when(\.score, "score", is: .location),
      help: "Source positions that have weights, the end of the sentence included."),
  ]
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
    let shape = ConfigurationShape.either([number.shape, object.shape])
    return Self(shape, write: object.write) { json, reader, value in
      if json.double != nil {
        var everywhere = 0.0
        number.read(json, &reader, &everywhere)
        value = DropoutConfiguration(everywhere)
      } else if json.members != nil {
        object.read(json, &reader, &value)
      } else {
        reader.report(json, isNot: shape.words)
      }
    }
  }
}

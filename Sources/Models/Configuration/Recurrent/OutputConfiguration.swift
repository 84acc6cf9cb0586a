package import DragomanFormats

/// What the projection to the vocabulary reads: the `model.decoder.output` object of a configuration.
package struct OutputConfiguration: Sendable, Equatable {
  /// Whether a layer stands in between.
  package var kind = OutputKind.direct
  /// Size of that layer; `nil` means that of the word vectors.
  package var hidden: Int?
  /// Whether that layer also reads the word vector of the previous token.
  package var embedding = true

  /// The default output.
  package init() {}
}

/// What the projection to the vocabulary reads.
package enum OutputKind: String, CaseIterable, Sendable {
  /// State and context: W [s ; c] + b.
  case direct
  /// A hidden layer over them: W tanh(U [s ; c ; x] + d) + b.
  case deep
}

extension OutputConfiguration: Configuration {
  /// What the `model.decoder.output` object is for.
  package static let about = "What the projection to the vocabulary reads."
  /// The keys of the `model.decoder.output` object.
  package static let fields: [ConfigurationField<OutputConfiguration>] = [
    .init(
      \.kind, "kind", .choice,
      help: "`direct`: state and context, [s; c], or the attentional state; "
        + "`deep`: a hidden layer over that, tanh(U [s; c; x] + d), which can be smaller."),
    .init(
      \.hidden, "hidden",
      .optional(.integer(atLeast: 1, atMost: 65_536), null: "as `model.embedding`", from: 1),
      when: .when(\.kind, "kind", is: .deep), help: "Size of the hidden layer."),
    .init(
      \.embedding, "embedding", .boolean, when: .when(\.kind, "kind", is: .deep),
      help: "Whether the hidden layer also reads the word vector x of the previous token."),
  ]
}

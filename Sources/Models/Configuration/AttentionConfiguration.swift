package import DragomanFormats
package import DragomanLayers

/// Attention: the `model.attention` object of a configuration.
package struct AttentionConfiguration: Sendable, Equatable {
  /// The scorer.
  package var score = ScorerKind.additive
  /// Size of the hidden layer of the additive scorer (A); the others have none.
  package var size = 128
  /// Whether the additive scorer reads how much each position was attended to before.
  package var coverage = false
  /// Source positions, `</s>` included, that the location scorer has weights for.
  ///
  /// `nil` means as many as the longest training source needs. The other scorers have no limit.
  package var positions: Int?

  /// The default attention.
  package init() {}
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

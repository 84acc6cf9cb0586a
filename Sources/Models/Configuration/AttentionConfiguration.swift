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
  /// Whether a gate decides at each step how much of the context counts.
  package var gate = false
  /// λ: how much it costs that positions are not attended to once each, over all steps.
  package var doublyStochastic = 0.0

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
    .init(
      \.gate, "gate", .boolean,
      help:
        "Whether the context is multiplied by a number from 0 to 1 that the decoder state decides, σ(w · s + b): "
        + "some words need no look at the source (Xu et al. 2015)."),
    .init(
      \.doublyStochastic, "doublyStochastic", .number(in: 0..<1e6),
      help:
        "λ of a term that training adds to the loss, λ Σᵢ (1 − Σ_t α_tᵢ)²: each position should get as much of the "
        + "attention over all steps (Xu et al. 2015, with 1). It is told apart from the loss."),
  ]
}

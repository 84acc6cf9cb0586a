import DragomanSystem
package import DragomanModels

/// One sentence's or one image's way through a model: every number that leads from it to the words that are written.
///
/// The numbers are those of the model's own passes. A walk forces the tokens that it writes, those of greedy search or
/// of a reference, and takes what the passes of training leave behind; the gradients are those of training a
/// ``SequenceModel`` without dropout and smoothing, of the loss L = −Σ_t log p(y_t).
///
/// What all models have stands here; ``encoder`` and ``decoder`` hold what is a family's own.
///
/// Shapes: S source tokens and T target tokens, their ends included; E, H, D, A and V as in ``ModelConfiguration``.
package struct Walk: Sendable {
  /// Tokens of a side that a walk shows at most, the end included.
  package static let longest = 200

  /// The architecture.
  package let configuration: ModelConfiguration
  /// What it begins with.
  package let example: WalkExample
  /// What is forced, if it was given; otherwise greedy search chose the tokens.
  package let reference: WalkText?
  /// The translation as text.
  package let text: String
  /// Whether greedy search was cut off by ``longest``.
  package let isCutOff: Bool
  /// What the encoder did.
  package let encoder: WalkEncoder
  /// What the decoder did, beside what stands in the steps.
  package let decoder: WalkDecoder
  /// What came of it for each token.
  package let steps: [WalkStep]
  /// How the loss changes with the numbers of the way, if that was asked for.
  package let gradients: WalkGradients?

  /// What is read as a text; of an image or of rows its name, with a token for each place.
  package var source: WalkText { example.source }
  /// The image, if one is read.
  package var image: WalkImage? {
    if case .image(let image) = example { image } else { nil }
  }

  /// x, `[S, E]`.
  package var embeddings: [[Float]] { encoder.embeddings }
  /// hᵢ, `[S, D]`: what attention looks at.
  package var states: [[Float]] { encoder.states }
  /// −Σ log p, in nats.
  package var loss: Double { steps.reduce(0) { $0 + Double($1.loss) } }
}

/// A text on its way to numbers.
package struct WalkText: Sendable {
  /// As it was given.
  package let line: String
  /// What the tokenizer made of it before it cut.
  package let normalized: String
  /// The tokens, the end token last.
  package let tokens: [WalkToken]
}

/// A token and its number.
package struct WalkToken: Sendable, Equatable {
  /// As a person should see it.
  package let text: String
  /// Its number in the vocabulary.
  package let id: Int32
}

import DragomanSystem
package import DragomanModels
import DragomanTensor
package import DragomanLayers

/// One sentence's way through a model: every number that leads from its words to the words that are written.
///
/// The numbers are those of the model's own passes. A walk forces the tokens that it writes, those of greedy search or
/// of a reference, and takes what the passes of training leave behind; the gradients are those of ``SequenceModel/train(_:scale:labelSmoothing:_:gradients:)``
/// without dropout and smoothing, of the loss L = −Σ_t log p(y_t).
///
/// Shapes: S source tokens and T target tokens, their ends included; E, H, D, A and V as in ``ModelConfiguration``.
package struct Walk: Sendable {
  /// Tokens of a side that a walk shows at most, the end included.
  package static let longest = 200

  /// The architecture.
  package let configuration: ModelConfiguration
  /// What is read.
  package let source: WalkText
  /// What is forced, if it was given; otherwise greedy search chose the tokens.
  package let reference: WalkText?
  /// The translation as text.
  package let text: String
  /// Whether greedy search was cut off by ``longest``.
  package let isCutOff: Bool
  /// x, `[S, E]`.
  package let embeddings: [[Float]]
  /// The recurrences of the encoder: for each layer, for each direction.
  package let encoder: [[WalkRecurrence]]
  /// What comes out of each layer of the encoder, `[S, D]`; of the last one these are the states hᵢ.
  package let outputs: [[[Float]]]
  /// kᵢ, `[S, K]`, where they are a projection of the states.
  package let keys: [[Float]]?
  /// Source positions that the scorer can rate; `nil` is all.
  package let reach: Int?
  /// s₀ of each decoder layer.
  package let start: [WalkState]
  /// What the decoder did for each token.
  package let steps: [WalkStep]
  /// How the loss changes with the numbers of the way, if that was asked for.
  package let gradients: WalkGradients?

  /// hᵢ, `[S, D]`.
  package var states: [[Float]] { outputs[outputs.count - 1] }
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

/// The state of a recurrent layer.
package struct WalkState: Sendable, Equatable {
  /// h, `[H]`.
  package let hidden: [Float]
  /// c, `[H]`, of an LSTM.
  package let cell: [Float]?
}

/// A recurrent layer's way through a sentence.
package struct WalkRecurrence: Sendable {
  /// The layer, as its parameters are named: `encoder.0.forward`.
  package let name: String
  /// Its cell.
  package let cell: CellKind
  /// Whether it reads the sentence from its end.
  package let isBackward: Bool
  /// The state before the first step.
  package let initial: WalkState
  /// The steps in the order of reading.
  package let steps: [WalkCell]

  /// The step that reads a position.
  package func step(at position: Int) -> WalkCell {
    steps[isBackward ? steps.count - 1 - position : position]
  }
}

/// A step of a recurrent layer.
package struct WalkCell: Sendable {
  /// x, what the layer reads beside its state; without what is fed.
  package let input: [Float]
  /// The gates in the order of ``CellKind/gates``, `[H]` each.
  package let gates: [[Float]]
  /// The state after the step.
  package let state: WalkState
}

/// What the decoder does for one token.
package struct WalkStep: Sendable {
  /// y_{t−1}.
  package let input: WalkToken
  /// y_t, that is written or forced.
  package let output: WalkToken
  /// c_{t−1} or h̃_{t−1}, where one of them is fed.
  package let fed: [Float]?
  /// The recurrent layers from the bottom to the top; the input of the first one is the word vector of y_{t−1}.
  package let layers: [WalkCell]
  /// s_t, `[H]`: the top layer's output, by which attention asks.
  package let state: [Float]
  /// q_t, `[K]`, where it is a projection of the state.
  package let query: [Float]?
  /// C_t, `[S]`, with coverage.
  package let coverage: [Float]?
  /// e_t, `[S]`.
  package let scores: [Float]
  /// α_t, `[S]`.
  package let weights: [Float]
  /// c_t, `[D]`.
  package let context: [Float]
  /// h̃_t, `[H]`, with attentional feeding.
  package let attentional: [Float]?
  /// What the layer below the projection makes, if there is one.
  package let deep: [Float]?
  /// a_t, `[V]`.
  package let logits: [Float]
  /// −log p(y_t), in nats.
  package let loss: Float
  /// The ten most probable tokens, the first of equals first.
  package let best: [WalkToken]

  /// log Σ exp a_t.
  package var normalizer: Double { Double(loss) + Double(logits[Int(output.id)]) }
  /// p of a token.
  package func probability(of id: Int32) -> Double {
    exponential(Double(logits[Int(id)]) - normalizer)
  }
  /// p(y_t).
  package var probability: Double { exponential(-Double(loss)) }
  /// The place of y_t among all tokens by their logits, from 1.
  package var rank: Int { 1 + logits.count { $0 > logits[Int(output.id)] } }
}

/// How the loss changes with the numbers of a way.
package struct WalkGradients: Sendable {
  /// ∂a, `[T, V]`: p − onehot(y_t).
  package let logits: [[Float]]
  /// ∂c, `[T, D]`.
  package let contexts: [[Float]]
  /// ∂α, `[T, S]`.
  package let weights: [[Float]]
  /// ∂e, `[T, S]`.
  package let scores: [[Float]]
  /// ∂h of each decoder layer, `[T, H]`.
  package let decoder: [[[Float]]]
  /// What attention and a mean first state send to each hᵢ, `[S, D]`.
  package let states: [[Float]]
  /// ∂h of each layer and direction of the encoder by position, `[S, H]`.
  package let encoder: [[[[Float]]]]
  /// ∂x, `[S, E]`.
  package let embeddings: [[Float]]
  /// The norm of each parameter and of its gradient, in the order of the layout.
  package let parameters: [(name: String, shape: [Int], norm: Double, gradient: Double)]

  /// The norm of the gradients of all parameters.
  package var norm: Double {
    parameters.reduce(0) { $0 + $1.gradient * $1.gradient }.squareRoot()
  }
}

/// A sentence that cannot be walked through.
package enum WalkError: Error, Equatable, CustomStringConvertible {
  /// There is nothing to read.
  case noWords
  /// A side has too many tokens.
  case tooLong(side: String, tokens: Int)
  /// What the model computes are no numbers.
  case noNumbers
  /// A side of the model is of a family that cannot be walked through.
  case otherFamily(side: String)

  /// What was expected, and what to do.
  package var description: String {
    switch self {
    case .noWords: "the phrase has no words: expected a sentence to translate"
    case .tooLong(let side, let tokens):
      "the \(side) has \(tokens) tokens, its end included; expected at most \(Walk.longest): "
        + "explain a shorter sentence"
    case .otherFamily(let side):
      "the \(side) of this model is of the kind \"transformer\"; expected \"recurrent\", whose numbers 'explain' shows"
    case .noNumbers:
      "the model has no most probable token, since what it computes is infinite or no number: "
        + "look at its tensors by 'dragoman inspect --tensors'"
    }
  }
}

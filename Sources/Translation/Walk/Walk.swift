public import DragomanLayers

/// One sentence's way through a model: every number that leads from its words to the words that are written.
///
/// The numbers are those of the model's own passes. A walk forces the tokens that it writes, those of greedy search or
/// of a reference, and takes what the passes of training leave behind; the gradients are those of ``TranslationModel/train(_:begin:scale:labelSmoothing:_:gradients:)``
/// without dropout and smoothing, of the loss L = −Σ_t log p(y_t).
///
/// Shapes: S source tokens and T target tokens, their ends included; E, H, D, A and V as in ``ModelConfiguration``.
public struct Walk: Sendable {
  /// Tokens of a side that a walk shows at most, the end included.
  public static let longest = 200

  /// The architecture.
  public let configuration: ModelConfiguration
  /// What is read.
  public let source: WalkText
  /// What is forced, if it was given; otherwise greedy search chose the tokens.
  public let reference: WalkText?
  /// The translation as text.
  public let text: String
  /// Whether greedy search was cut off by ``longest``.
  public let isCutOff: Bool
  /// x, `[S, E]`.
  public let embeddings: [[Float]]
  /// The recurrences of the encoder: for each layer, for each direction.
  public let encoder: [[WalkRecurrence]]
  /// What comes out of each layer of the encoder, `[S, D]`; of the last one these are the states hᵢ.
  public let outputs: [[[Float]]]
  /// kᵢ, `[S, K]`, where they are a projection of the states.
  public let keys: [[Float]]?
  /// Source positions that the scorer can rate; `nil` is all.
  public let reach: Int?
  /// s₀ of each decoder layer.
  public let start: [WalkState]
  /// What the decoder did for each token.
  public let steps: [WalkStep]
  /// How the loss changes with the numbers of the way, if that was asked for.
  public let gradients: WalkGradients?

  /// hᵢ, `[S, D]`.
  public var states: [[Float]] { outputs[outputs.count - 1] }
  /// −Σ log p, in nats.
  public var loss: Double { steps.reduce(0) { $0 + Double($1.loss) } }
}

/// A text on its way to numbers.
public struct WalkText: Sendable {
  /// As it was given.
  public let line: String
  /// What the tokenizer made of it before it cut.
  public let normalized: String
  /// The tokens, the end token last.
  public let tokens: [WalkToken]
}

/// A token and its number.
public struct WalkToken: Sendable, Equatable {
  /// As a person should see it.
  public let text: String
  /// Its number in the vocabulary.
  public let id: Int32
}

/// The state of a recurrent layer.
public struct WalkState: Sendable, Equatable {
  /// h, `[H]`.
  public let hidden: [Float]
  /// c, `[H]`, of an LSTM.
  public let cell: [Float]?
}

/// A recurrent layer's way through a sentence.
public struct WalkRecurrence: Sendable {
  /// The layer, as its parameters are named: `encoder.0.forward`.
  public let name: String
  /// Its cell.
  public let cell: CellKind
  /// Whether it reads the sentence from its end.
  public let isBackward: Bool
  /// The state before the first step.
  public let initial: WalkState
  /// The steps in the order of reading.
  public let steps: [WalkCell]

  /// The step that reads a position.
  public func step(at position: Int) -> WalkCell {
    steps[isBackward ? steps.count - 1 - position : position]
  }
}

/// A step of a recurrent layer.
public struct WalkCell: Sendable {
  /// x, what the layer reads beside its state; without what is fed.
  public let input: [Float]
  /// The gates in the order of ``CellKind/gates``, `[H]` each.
  public let gates: [[Float]]
  /// The state after the step.
  public let state: WalkState
}

/// What the decoder does for one token.
public struct WalkStep: Sendable {
  /// y_{t−1}.
  public let input: WalkToken
  /// y_t, that is written or forced.
  public let output: WalkToken
  /// c_{t−1} or h̃_{t−1}, where one of them is fed.
  public let fed: [Float]?
  /// The recurrent layers from the bottom to the top; the input of the first one is the word vector of y_{t−1}.
  public let layers: [WalkCell]
  /// s_t, `[H]`: the top layer's output, by which attention asks.
  public let state: [Float]
  /// q_t, `[K]`, where it is a projection of the state.
  public let query: [Float]?
  /// C_t, `[S]`, with coverage.
  public let coverage: [Float]?
  /// e_t, `[S]`.
  public let scores: [Float]
  /// α_t, `[S]`.
  public let weights: [Float]
  /// c_t, `[D]`.
  public let context: [Float]
  /// h̃_t, `[H]`, with attentional feeding.
  public let attentional: [Float]?
  /// What the layer below the projection makes, if there is one.
  public let deep: [Float]?
  /// a_t, `[V]`.
  public let logits: [Float]
  /// −log p(y_t), in nats.
  public let loss: Float
  /// The ten most probable tokens, the first of equals first.
  public let best: [WalkToken]

  /// log Σ exp a_t.
  public var normalizer: Double { Double(loss) + Double(logits[Int(output.id)]) }
  /// p of a token.
  public func probability(of id: Int32) -> Double {
    exponential(Double(logits[Int(id)]) - normalizer)
  }
  /// p(y_t).
  public var probability: Double { exponential(-Double(loss)) }
  /// The place of y_t among all tokens by their logits, from 1.
  public var rank: Int { 1 + logits.count { $0 > logits[Int(output.id)] } }
}

/// How the loss changes with the numbers of a way.
public struct WalkGradients: Sendable {
  /// ∂a, `[T, V]`: p − onehot(y_t).
  public let logits: [[Float]]
  /// ∂c, `[T, D]`.
  public let contexts: [[Float]]
  /// ∂α, `[T, S]`.
  public let weights: [[Float]]
  /// ∂e, `[T, S]`.
  public let scores: [[Float]]
  /// ∂h of each decoder layer, `[T, H]`.
  public let decoder: [[[Float]]]
  /// What attention and a mean first state send to each hᵢ, `[S, D]`.
  public let states: [[Float]]
  /// ∂h of each layer and direction of the encoder by position, `[S, H]`.
  public let encoder: [[[[Float]]]]
  /// ∂x, `[S, E]`.
  public let embeddings: [[Float]]
  /// The norm of each parameter and of its gradient, in the order of the layout.
  public let parameters: [(name: String, shape: [Int], norm: Double, gradient: Double)]

  /// The norm of the gradients of all parameters.
  public var norm: Double {
    parameters.reduce(0) { $0 + $1.gradient * $1.gradient }.squareRoot()
  }
}

/// A sentence that cannot be walked through.
public enum WalkError: Error, Equatable, CustomStringConvertible {
  /// There is nothing to read.
  case noWords
  /// A side has too many tokens.
  case tooLong(side: String, tokens: Int)
  /// What the model computes are no numbers.
  case noNumbers

  /// What was expected, and what to do.
  public var description: String {
    switch self {
    case .noWords: "the phrase has no words: expected a sentence to translate"
    case .tooLong(let side, let tokens):
      "the \(side) has \(tokens) tokens, its end included; expected at most \(Walk.longest): "
        + "explain a shorter sentence"
    case .noNumbers:
      "the model has no most probable token, since what it computes is infinite or no number: "
        + "look at its tensors by 'dragoman inspect --tensors'"
    }
  }
}

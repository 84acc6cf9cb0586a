import DragomanLayers
import DragomanModels
import DragomanTensor

/// The equations of a Transformer's layers, in the spelling of ``Equation``.
///
/// A row of the residual stream is x all the way up: `x ← x + y` is what a part makes of it.
struct TransformerStackEquations {
  private let place: NormalizationPlace
  private let activation: Activation
  private let normalizer: AttentionHeads.Normalizer
  private let positionKind: PositionKind
  private let selfAttentionKind: SelfAttentionKind
  private let isMapped: Bool
  private let isDecoder: Bool

  /// Those of an encoder in its model.
  init(_ encoder: TransformerEncoderConfiguration, in model: ModelConfiguration) {
    self.init(encoder, in: model, isDecoder: false)
  }

  /// Those of a decoder in its model.
  init(_ decoder: TransformerDecoderConfiguration, in model: ModelConfiguration) {
    self.init(decoder, in: model, isDecoder: true)
  }

  /// Those of a vision transformer, whose rows are patches.
  init(_ encoder: VisionEncoderConfiguration) {
    (place, activation, normalizer) = (encoder.normalization, encoder.activation, .softmax)
    (positionKind, selfAttentionKind) = (.learnt, .attention)
    (isMapped, isDecoder) = (false, false)
  }

  private init(
    _ layers: TransformerConfiguration<some TransformerSide>, in model: ModelConfiguration,
    isDecoder: Bool
  ) {
    (place, activation, normalizer) = (layers.normalization, layers.activation, layers.normalizer)
    (positionKind, selfAttentionKind) = (layers.positions, layers.selfAttention)
    isMapped = layers.width != model.embedding
    self.isDecoder = isDecoder
  }

  // MARK: What the lowest layer reads

  /// The word vector.
  var word: String { isDecoder ? "X[y_{t−1}]" : "x_i" }
  /// The word vector on the scale of the layers.
  var scaled: String { isMapped ? "√D (W \(word) + b)" : "√D \(word)" }
  /// The same in a line that has little room.
  var scaledShort: String { isMapped ? "√D (…)" : scaled }
  /// The position.
  var position: String { isDecoder ? "ρ_t" : "ρ_i" }
  /// Their sum.
  var input: String { "x ← \(scaled) + \(position)" }
  /// How positions come about.
  var positions: [String] {
    let place = isDecoder ? "t" : "i"
    let angle = "((\(place) − 1) / 10000^{2j/D})"
    switch positionKind {
    case .learnt: return ["ρ_\(place) = P[min(\(place), n) − 1]"]
    case .sinusoid: break
    }
    return ["ρ_{\(place),2j} = sin\(angle)", "ρ_{\(place),2j+1} = cos\(angle)"]
  }

  // MARK: A part

  /// What is inside a norm.
  let norm = [
    "LN(x) = γ ⊙ norm(x) + b", "norm(x) = (x − mean(x)) / √(var(x) + 10^{−5})",
  ]
  /// What a part reads.
  var read: String {
    switch place {
    case .before: "LN(x)"
    case .after: "x"
    }
  }
  /// What a part leaves.
  var output: String {
    switch place {
    case .before: "x ← x + y"
    case .after: "x ← LN(x + y)"
    }
  }

  /// Queries, keys and values of self-attention.
  var projection: String { "[q ; k ; v] = W \(read) + b" }
  /// The query of attention to the source.
  var query: String { "q = W_q \(read) + b_q" }
  /// Keys and values of the source.
  let memory = "[k_i ; v_i] = W_kv h_i + b_kv"
  /// The scores of a head.
  let scores = "e = q k^⊤ / √d_k"
  /// The weights of a head.
  var weights: String {
    switch normalizer {
    case .softmax: "α = softmax(e)"
    case .relu: "α = max(e, 0) / n"
    }
  }
  /// What a head gives.
  let result = "r = α v"
  /// What attention gives.
  let attended = "y = W_O r + b_O"

  /// The hidden layer of the feed-forward network.
  var inner: String { "a = W_1 \(read) + b_1" }
  /// What bends it.
  var activated: String {
    switch activation {
    case .relu: "φ(a) = max(a, 0)"
    case .gelu: "φ(a) = a Φ(a)"
    case .silu: "φ(a) = a σ(a)"
    }
  }
  /// What the network gives.
  let written = "y = W_2 φ(a) + b_2"

  /// What an SSRU starts from.
  var recurrentInput: String { "a = W_ih \(read) + [0 ; b_ih]" }
  /// What an SSRU gives.
  let recurrentOutput = "y = h_t"

  /// What stands for self-attention as a whole.
  var selfAttention: [String] {
    switch selfAttentionKind {
    case .attention: return [projection, scores, weights, result, attended, output]
    case .ssru:
      let (memory, hidden) = CellKind.ssru.stateEquations
      return [recurrentInput] + CellKind.ssru.gates.map(\.equation)
        + [memory, hidden, recurrentOutput].compactMap { $0 } + [output]
    }
  }
  /// Attention to the source as a whole.
  var cross: [String] { [query, memory, scores, weights, result, attended, output] }
  /// The feed-forward network as a whole.
  var feedForward: [String] { [inner, activated, written, output] }

  /// What comes out of the top layer.
  var top: String { "\(isDecoder ? "s_t" : "h_i") = \(read)" }

  // MARK: The backward pass

  /// ∂α of a head.
  let weightGradient = "∂α = ∂r v^⊤"
  /// ∂e of a head.
  var scoreGradient: String {
    switch normalizer {
    case .softmax: "∂e = α ⊙ (∂α − Σ α ∂α)"
    case .relu: "∂e = [e > 0] ∂α / n"
    }
  }
  /// What all layers of a decoder send to the states they look at.
  let stateGradient = "∂h_i = Σ [∂k_i ; ∂v_i] W_kv   over all layers"
}

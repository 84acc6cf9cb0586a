import DragomanLayers
import DragomanModels

/// The equations of a convolutional stage, in the spelling of ``Equation`` and with the letters of docs/gradients.md.
struct ConvolutionalEquations {
  let stage: ConvolutionalStageConfiguration
  let isNormalized: Bool

  /// The convolution: o a place, r a channel, p a place of the window, c a channel that it sees.
  var convolution: String {
    "a[o, r] = Σ_{p,c} W[r, (p, c)] x[i, c]\(isNormalized ? "" : " + b_r")"
  }
  /// Batch normalisation, with running values.
  static let norm = "z = γ ⊙ (a − μ) / √(σ^2 + ε) + β"
  /// What bends.
  var activation: String { "y = \(Self.bent(stage.activation, isNormalized ? "z" : "a"))" }

  /// x̄.
  static let mean = "x̄ = mean(y)"
  /// The hidden layer.
  static let hidden = "W_1 x̄"
  /// What bends it.
  static let bentHidden = "max(W_1 x̄, 0)"
  /// What the shares are the sigmoid of.
  static let shareScores = "a = W_2 max(W_1 x̄, 0)"
  /// The share of each channel.
  static let shares = "g = σ(a)"
  /// What is left of the channels.
  static let weighed = "y ← y ⊙ g"

  /// What goes past.
  static let added = "y ← y + x"

  /// Queries, keys and values of the heads.
  static let projection = "[q ; k ; v] = W_qkv y"
  /// Scores of a head.
  static let scores = "e = q k^⊤ / √d_k"
  /// Weights of a head.
  static let weights = "α = softmax(e)"
  /// What a head gives.
  static let result = "r = α v"
  /// The term of positions.
  static func term(_ positions: ConvolutionalAttentionShape.Positions) -> String {
    switch positions {
    case .values: "pe = conv(v)"
    case .output: "pe = conv(r)"
    }
  }
  /// What goes into the last convolution.
  static let sum = "r + pe"
  /// What attention gives.
  static let attended = "W_o (r + pe)"
  /// Past the attention.
  static let past = "y ← y + W_o (r + pe)"
  /// The network's hidden layer.
  static let inner = "silu(W_1 y)"
  /// What the network gives.
  static let outer = "W_2 silu(W_1 y)"
  /// Past the network.
  static let block = "y ← y + W_2 silu(W_1 y)"
  /// The two halves of C2PSA.
  static let split = "[a ; b] = silu(W y)"
  /// Their end.
  static let merge = "y ← silu(W [a ; b])"

  /// Pooling.
  var pooled: String? {
    switch stage.pool {
    case .none: nil
    case .maximum: "y ← max(2 × 2)"
    case .average: "y ← mean(2 × 2)"
    }
  }

  /// All that the stage has.
  var all: [String] {
    var lines = [convolution]
    if isNormalized { lines.append(Self.norm) }
    if stage.activation != .none { lines.append(activation) }
    if stage.squeeze != nil { lines += [Self.mean, Self.shareScores, Self.shares, Self.weighed] }
    if stage.residual { lines.append(Self.added) }
    switch stage.attentionBlock {
    case .none: break
    case .values: lines += Self.attention(.values) + [Self.past, Self.block]
    case .output: lines += Self.attention(.output) + [Self.past, Self.block]
    case .c2psa:
      lines += [Self.split] + Self.attention(.values) + [Self.past, Self.block, Self.merge]
    }
    return lines + [pooled].compactMap(\.self)
  }

  private static func attention(
    _ positions: ConvolutionalAttentionShape.Positions
  ) -> [String] {
    [projection, scores, weights, result, term(positions)]
  }

  private static func bent(
    _ activation: ConvolutionalStageConfiguration.StageActivation, _ read: String
  ) -> String {
    switch activation {
    case .none: read
    case .relu: "max(\(read), 0)"
    case .gelu: "\(read) Φ(\(read))"
    case .silu: "\(read) σ(\(read))"
    }
  }

  /// The equation of the gradient of a parameter of stages, by its name; `nil` of a name that none has.
  static func gradient(of path: [String]) -> String? {
    switch path.suffix(2) {
    case ["convolution", "weight"]: "∂W[r, (p, c)] = Σ_o ∂a[o, r] x[i, c]"
    case ["convolution", "bias"]: "∂b_r = Σ_o ∂a[o, r]"
    case ["norm", "gain"]: "∂γ = Σ_o ∂z_o ⊙ (a_o − μ) / √(σ^2 + ε)"
    case ["norm", "bias"]: "∂β = Σ_o ∂z_o"
    case ["inner", "weight"]: "∂W_1 = (∂a W_2 ⊙ [W_1 x̄ > 0])^⊤ x̄"
    case ["outer", "weight"]: "∂W_2 = ∂a^⊤ max(W_1 x̄, 0)"
    default: nil
    }
  }

  /// The same of what stands below the layers of a vision transformer.
  static func vision(_ path: [String]) -> String? {
    switch path.suffix(2) {
    case ["patches", "weight"]: "∂W = Σ_i ∂x_i^⊤ patch_i"
    case ["patches", "bias"]: "∂b = Σ_i ∂x_i"
    case ["encoder", "class"]: "∂class = ∂x_1"
    default: nil
    }
  }
}

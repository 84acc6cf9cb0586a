import DragomanModels
import DragomanLayers
import DragomanTranslation

/// The equations of a walk, in the spelling of ``Equation`` and with the letters of docs/gradients.md.
struct WalkEquations {
  let configuration: ModelConfiguration
  let encoder: RecurrentEncoderConfiguration
  let decoder: RecurrentDecoderConfiguration

  init(_ configuration: ModelConfiguration) {
    self.configuration = configuration
    switch configuration.encoder {
    case .recurrent(let encoder): self.encoder = encoder
    case .transformer: preconditionFailure()
    }
    switch configuration.decoder {
    case .recurrent(let decoder): self.decoder = decoder
    case .transformer: preconditionFailure()
    }
  }

  // MARK: Recurrent layers

  /// The two products that a cell starts from, gate after gate; one that adds them needs no more than their sum.
  func products(_ cell: CellKind, isNormalized: Bool) -> [String] {
    let (a, u) =
      isNormalized
      ? ("γ_ih ⊙ norm(W_ih x_t) + b_ih", "γ_hh ⊙ norm(W_hh h_{t−1}) + b_hh")
      : ("W_ih x_t + b_ih", "W_hh h_{t−1} + b_hh")
    return (cell.addsProducts ? ["a = \(a) + \(u)"] : ["a = \(a)", "u = \(u)"])
      + (isNormalized ? ["norm(y) = (y − μ) / √(σ^2 + 10^{−5})   in each gate"] : [])
  }

  /// The gates of a cell, in the order of the weights, and its next state.
  static func step(of cell: CellKind) -> [String] {
    let (memory, hidden) = cell.stateEquations
    return cell.gates.map(\.equation) + [memory, hidden].compactMap { $0 }
  }

  // MARK: Encoder and first state

  /// What a layer of the encoder gives at a position.
  func output(layer: Int) -> String {
    let own = encoder.bidirectional ? "[→h_i ; ←h_i]" : "→h_i"
    return encoder.residual && layer > 0 ? "h_i = \(own) + x_i" : "h_i = \(own)"
  }

  /// How the first state of a decoder layer comes about.
  func start(_ letter: String) -> String {
    let source =
      switch decoder.initialState {
      case .zero: "0"
      case .backward: "←\(letter)_1"
      case .mean: "h̄"
      case .top, .layerwise:
        encoder.bidirectional ? "[→\(letter)_S ; ←\(letter)_1]" : "→\(letter)_S"
      }
    let name = letter == "h" ? "s_0" : "m_0"
    guard decoder.initialState != .zero else { return "\(name) = 0" }
    let isMean = decoder.initialState == .mean
    if letter == "m", isMean ? !decoder.bridge : encoder.cell.stateEquations.cell == nil {
      return "\(name) = 0"
    }
    return decoder.bridge ? "\(name) = tanh(W \(source) + b)" : "\(name) = \(source)"
  }

  // MARK: Decoder

  /// What the lowest layer of the decoder reads.
  var decoderInput: String {
    switch decoder.feeding {
    case .none: "x_t = E[y_{t−1}]"
    case .context: "x_t = [E[y_{t−1}] ; c_{t−1}]"
    case .attentional: "x_t = [E[y_{t−1}] ; h̃_{t−1}]"
    }
  }

  /// The scorer.
  var scorer: ScorerEquations { configuration.scorerType.equations }

  /// The softmax of the scores.
  static let weights = "α_{ti} = exp(e_{ti}) / Σ_j exp(e_{tj})"
  /// The context.
  static let context = "c_t = Σ_i α_{ti} h_i"
  /// Luong's attentional state.
  static let attentional = "h̃_t = tanh(W [s_t ; c_t] + b)"

  /// What goes to the output without a deep one.
  var readout: String { decoder.feeding == .attentional ? "h̃_t" : "[s_t ; c_t]" }

  /// The deep output.
  var deep: String {
    let features = decoder.feeding == .attentional ? "h̃_t" : "s_t ; c_t"
    return decoder.output.embedding
      ? "t_t = tanh(U [\(features) ; e_t] + d)   with   e_t = E[y_{t−1}]"
      : "t_t = tanh(U \(features.contains(";") ? "[\(features)]" : features) + d)"
  }

  /// The logits.
  var logits: String {
    let read = decoder.output.kind == .deep ? "t_t" : readout
    return configuration.tied.joinsOutput ? "a_t = E \(read) + b" : "a_t = W \(read) + b"
  }

  /// The distribution.
  static let softmax = "p_t = softmax(a_t)"
  /// The loss.
  static let loss = "L = −Σ_t log p_t(y_t)"

  // MARK: Gradients

  /// The gradient of a parameter, by its name.
  func gradient(of name: String) -> String {
    let last = name.split(separator: ".").last.map(String.init) ?? name
    if name.hasPrefix("attention."), let equation = scorer.gradients[last] { return equation }
    switch (name.split(separator: ".").first, last) {
    case (_, "embedding"):
      return configuration.tied.joinsOutput && name != "encoder.embedding"
        ? "∂E = Σ_t ∂a_t^⊤ f_t + Σ_i onehot(y_i)^⊤ ∂x_i" : "∂E = Σ_i onehot(y_i)^⊤ ∂x_i"
    case (_, "inputWeight"): return "∂W_ih = Σ_t ∂a_t^⊤ x_t"
    case (_, "recurrentWeight"): return "∂W_hh = Σ_t ∂u_t^⊤ h_{t−1}"
    case (_, "inputBias"): return "∂b_ih = Σ_t ∂a_t"
    case (_, "recurrentBias"): return "∂b_hh = Σ_t ∂u_t"
    case (_, "inputGain"): return "∂γ_ih = Σ_t ∂a_t ⊙ norm(W_ih x_t)"
    case (_, "recurrentGain"): return "∂γ_hh = Σ_t ∂u_t ⊙ norm(W_hh h_{t−1})"
    case ("bridge", "weight"): return "∂W = (∂s_0 ⊙ (1 − s_0^2))^⊤ h"
    case ("bridge", "bias"): return "∂b = ∂s_0 ⊙ (1 − s_0^2)"
    case ("attentional", "weight"): return "∂W = Σ_t ∂z_t^⊤ [s_t ; c_t]"
    case ("attentional", "bias"): return "∂b = Σ_t ∂z_t"
    case ("deepOutput", "weight"): return "∂U = Σ_t (∂t_t ⊙ (1 − t_t^2))^⊤ f_t"
    case ("deepOutput", "bias"): return "∂d = Σ_t ∂t_t ⊙ (1 − t_t^2)"
    case ("output", "weight"): return "∂W = Σ_t ∂a_t^⊤ f_t"
    case ("output", "bias"): return "∂b = Σ_t ∂a_t"
    default: return "∂θ"
    }
  }

  /// ∂e, from ∂α.
  static let scoreGradient = "∂e_{ti} = α_{ti} (∂α_{ti} − Σ_j α_{tj} ∂α_{tj})"

  /// ∂α, from ∂c.
  var weightGradient: String {
    configuration.attention.coverage ? "∂α_{ti} = ∂c_t · h_i + Γ_{ti}" : "∂α_{ti} = ∂c_t · h_i"
  }

  /// ∂c, from what reads it.
  var contextGradient: String {
    switch decoder.feeding {
    case .none: "∂c_t = what the output reads of it"
    case .context: "∂c_t = ∂(output’s input) + ∂a_{t+1} W_ih"
    case .attentional: "[∂s_t ; ∂c_t] = ∂z_t W   with   ∂z_t = ∂h̃_t ⊙ (1 − h̃_t^2)"
    }
  }
}

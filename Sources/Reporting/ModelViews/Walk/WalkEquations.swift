import DragomanModels
import DragomanLayers
import DragomanTranslation

/// The equations of a walk, in the spelling of ``Equation`` and with the letters of docs/gradients.md.
struct WalkEquations {
  let configuration: ModelConfiguration

  // MARK: Recurrent layers

  /// The two products that a cell starts from, gate after gate; an LSTM needs no more than their sum.
  func products(_ cell: CellKind, isNormalized: Bool) -> [String] {
    let (a, c) =
      isNormalized
      ? ("γ_ih ⊙ norm(W_ih x_t) + b_ih", "γ_hh ⊙ norm(W_hh h_{t−1}) + b_hh")
      : ("W_ih x_t + b_ih", "W_hh h_{t−1} + b_hh")
    return (cell == .gru ? ["a = \(a)", "c = \(c)"] : ["a = \(a) + \(c)"])
      + (isNormalized ? ["norm(y) = (y − μ) / √(σ^2 + 10^{−5})   in each gate"] : [])
  }

  /// The gates of a cell, in the order of the weights.
  static func gates(_ cell: CellKind) -> [String] {
    switch cell {
    case .gru: ["r = σ(a_0 + c_0)", "z = σ(a_1 + c_1)", "n = tanh(a_2 + r ⊙ c_2)"]
    case .lstm:
      [
        "i = σ(a_0)", "f = σ(a_1)", "g = tanh(a_2)", "o = σ(a_3)",
      ]
    }
  }

  /// The letters of the gates.
  static func letters(_ cell: CellKind) -> [String] {
    gates(cell).map { String($0.prefix(1)) }
  }

  /// The next h.
  static func hidden(_ cell: CellKind) -> String {
    switch cell {
    case .gru: "h_t = (1 − z) ⊙ n + z ⊙ h_{t−1}"
    case .lstm: "h_t = o ⊙ tanh(c_t)"
    }
  }

  /// The next c of an LSTM.
  static let cellState = "c_t = f ⊙ c_{t−1} + i ⊙ g"

  // MARK: Encoder and first state

  /// What a layer of the encoder gives at a position.
  func output(layer: Int) -> String {
    let own = configuration.encoder.bidirectional ? "[→h_i ; ←h_i]" : "→h_i"
    return configuration.encoder.residual && layer > 0 ? "h_i = \(own) + x_i" : "h_i = \(own)"
  }

  /// How the first state of a decoder layer comes about.
  func start(_ letter: String) -> String {
    let decoder = configuration.decoder
    let encoder = configuration.encoder
    let source =
      switch decoder.initialState {
      case .zero: "0"
      case .backward: "←\(letter)_1"
      case .mean: "h̄"
      case .top, .layerwise:
        encoder.bidirectional ? "[→\(letter)_S ; ←\(letter)_1]" : "→\(letter)_S"
      }
    let name = letter == "h" ? "s_0" : "c_0"
    guard decoder.initialState != .zero else { return "\(name) = 0" }
    let isMean = decoder.initialState == .mean
    if letter == "c", isMean ? !decoder.bridge : encoder.cell == .gru { return "\(name) = 0" }
    return decoder.bridge ? "\(name) = tanh(W \(source) + b)" : "\(name) = \(source)"
  }

  // MARK: Decoder

  /// What the lowest layer of the decoder reads.
  var decoderInput: String {
    switch configuration.decoder.feeding {
    case .none: "x_t = E[y_{t−1}]"
    case .context: "x_t = [E[y_{t−1}] ; c_{t−1}]"
    case .attentional: "x_t = [E[y_{t−1}] ; h̃_{t−1}]"
    }
  }

  /// The scorer.
  var score: [String] {
    switch configuration.attention.score {
    case .additive:
      configuration.attention.coverage
        ? [
          "e_{ti} = v · tanh(W_1 s_t + W_2 h_i + w C_{ti})",
          "C_{ti} = α_{1i} + … + α_{(t−1)i}",
        ] : ["e_{ti} = v · tanh(W_1 s_t + W_2 h_i)"]
    case .dot: ["e_{ti} = s_t · h_i"]
    case .general: ["e_{ti} = s_t^⊤ W h_i = s_t · k_i   with   k_i = W h_i"]
    case .location: ["e_{ti} = (W s_t)_i"]
    }
  }

  /// The keys, where they are a projection.
  var key: String {
    configuration.attention.score == .additive ? "k_i = W_2 h_i" : "k_i = W h_i"
  }

  /// The query, where it is a projection.
  var query: String {
    configuration.attention.score == .additive ? "q_t = W_1 s_t" : "q_t = W s_t"
  }

  /// The softmax of the scores.
  static let weights = "α_{ti} = exp(e_{ti}) / Σ_j exp(e_{tj})"
  /// The context.
  static let context = "c_t = Σ_i α_{ti} h_i"
  /// Luong's attentional state.
  static let attentional = "h̃_t = tanh(W [s_t ; c_t] + b)"

  /// What goes to the output without a deep one.
  var readout: String { configuration.decoder.feeding == .attentional ? "h̃_t" : "[s_t ; c_t]" }

  /// The deep output.
  var deep: String {
    let features = configuration.decoder.feeding == .attentional ? "h̃_t" : "s_t ; c_t"
    return configuration.decoder.output.embedding
      ? "t_t = tanh(U [\(features) ; e_t] + d)   with   e_t = E[y_{t−1}]"
      : "t_t = tanh(U \(features.contains(";") ? "[\(features)]" : features) + d)"
  }

  /// The logits.
  var logits: String {
    let read = configuration.decoder.output.kind == .deep ? "t_t" : readout
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
    switch (name.split(separator: ".").first, last) {
    case (_, "embedding"):
      return configuration.tied.joinsOutput && name != "encoder.embedding"
        ? "∂E = Σ_t ∂a_t^⊤ f_t + Σ_i onehot(y_i)^⊤ ∂x_i" : "∂E = Σ_i onehot(y_i)^⊤ ∂x_i"
    case (_, "inputWeight"): return "∂W_ih = Σ_t ∂a_t^⊤ x_t"
    case (_, "recurrentWeight"): return "∂W_hh = Σ_t ∂c_t^⊤ h_{t−1}"
    case (_, "inputBias"): return "∂b_ih = Σ_t ∂a_t"
    case (_, "recurrentBias"): return "∂b_hh = Σ_t ∂c_t"
    case (_, "inputGain"): return "∂γ_ih = Σ_t ∂a_t ⊙ norm(W_ih x_t)"
    case (_, "recurrentGain"): return "∂γ_hh = Σ_t ∂c_t ⊙ norm(W_hh h_{t−1})"
    case ("attention", "queryWeight"): return "∂W_1 = Σ_t ∂q_t^⊤ s_t"
    case ("attention", "keyWeight"): return "∂W_2 = Σ_i ∂k_i^⊤ h_i"
    case ("attention", "vector"): return "∂v = Σ_{ti} ∂e_{ti} u_{ti}"
    case ("attention", "coverageWeight"): return "∂w = Σ_{ti} C_{ti} d_{ti}"
    case ("attention", "weight"):
      return configuration.attention.score == .location
        ? "∂W = Σ_t ∂q_t^⊤ s_t" : "∂W = Σ_i ∂k_i^⊤ h_i"
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
    switch configuration.decoder.feeding {
    case .none: "∂c_t = what the output reads of it"
    case .context: "∂c_t = ∂(output’s input) + ∂a_{t+1} W_ih"
    case .attentional: "[∂s_t ; ∂c_t] = ∂z_t W   with   ∂z_t = ∂h̃_t ⊙ (1 − h̃_t^2)"
    }
  }
}

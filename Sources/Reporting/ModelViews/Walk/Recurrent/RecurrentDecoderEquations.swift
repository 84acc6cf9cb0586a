import DragomanLayers
import DragomanModels

/// The equations of a recurrent decoder, in the spelling of ``Equation``.
struct RecurrentDecoderEquations {
  private let configuration: RecurrentDecoderConfiguration
  private let model: ModelConfiguration

  /// Those of a decoder in its model.
  init(_ configuration: RecurrentDecoderConfiguration, in model: ModelConfiguration) {
    self.configuration = configuration
    self.model = model
  }

  /// Those of its layers.
  var cell: RecurrentCellEquations {
    RecurrentCellEquations(
      cell: configuration.cell, isNormalized: configuration.layerNormalization)
  }

  /// What the lowest layer reads.
  var input: String {
    guard let fed else { return "x_t = X[y_{t−1}]" }
    return "x_t = [X[y_{t−1}] ; \(fed.symbol)]"
  }

  /// What is fed, if anything is.
  var fed: (name: String, symbol: String)? {
    switch configuration.feeding {
    case .none: nil
    case .context: ("fed context", "c_{t−1}")
    case .attentional: ("fed attentional state", "h̃_{t−1}")
    }
  }

  /// Luong's attentional state, if there is one.
  var attentional: String? {
    switch configuration.feeding {
    case .none, .context: nil
    case .attentional: "h̃_t = tanh(W [s_t ; c_t] + b)"
    }
  }

  // MARK: Readout

  /// What goes to the readout, side by side.
  private var features: [String] {
    switch configuration.feeding {
    case .none, .context: ["s_t", "c_t"]
    case .attentional: ["h̃_t"]
    }
  }

  /// What the deep output reads.
  private var deepInput: String {
    Self.joined(features + (configuration.output.embedding ? ["X[y_{t−1}]"] : []))
  }

  /// The deep output, if there is one.
  var deep: String? {
    switch configuration.output.kind {
    case .direct: nil
    case .deep: "t_t = tanh(U \(deepInput) + d)"
    }
  }

  /// What the projection reads.
  var projected: String {
    switch configuration.output.kind {
    case .direct: Self.joined(features)
    case .deep: "t_t"
    }
  }

  /// The logits.
  var logits: String {
    model.tied.joinsOutput ? "ℓ_t = X \(projected) + b" : "ℓ_t = W \(projected) + b"
  }

  private static func joined(_ parts: [String]) -> String {
    parts.count > 1 ? "[\(parts.joined(separator: " ; "))]" : parts[0]
  }

  // MARK: Gradients

  /// ∂c, from what reads it.
  var contextGradient: String {
    switch configuration.feeding {
    case .none: "∂c_t = what the output reads of it"
    case .context: "∂c_t = ∂(output’s input) + ∂a_{t+1} W_ih"
    case .attentional: "[∂s_t ; ∂c_t] = ∂ζ_t W   with   ∂ζ_t = ∂h̃_t ⊙ (1 − h̃_t^2)"
    }
  }

  /// The gradient of a parameter of the decoder, by the parts of its name.
  func gradient(of path: [String]) -> String? {
    let start = RecurrentStartEquations(configuration, in: model)
    switch (path[0], path[path.count - 1]) {
    case ("decoder", let last): return cell.gradients[last]
    case ("bridge", let last): return start.gradient(of: last, isCell: path.contains("cell"))
    case ("attentional", "weight"): return "∂W = Σ_t ∂ζ_t^⊤ [s_t ; c_t]"
    case ("attentional", "bias"): return "∂b = Σ_t ∂ζ_t"
    case ("deepOutput", "weight"): return "∂U = Σ_t (∂t_t ⊙ (1 − t_t^2))^⊤ \(deepInput)"
    case ("deepOutput", "bias"): return "∂d = Σ_t ∂t_t ⊙ (1 − t_t^2)"
    case ("output", "weight"): return "∂W = Σ_t ∂ℓ_t^⊤ \(projected)"
    case ("output", "bias"): return "∂b = Σ_t ∂ℓ_t"
    default: return nil
    }
  }
}

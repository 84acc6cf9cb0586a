import DragomanLayers
import DragomanModels

/// The equations of the gradients of a model's parameters, in the spelling of ``Equation``.
struct ParameterEquations {
  private let model: ModelConfiguration
  private let attention: AttentionEquations

  /// Those of a model.
  init(_ model: ModelConfiguration) {
    self.model = model
    attention = AttentionEquations(model)
  }

  /// The equation of the gradient of a parameter, by its name; `nil` of a name that no model has.
  func gradient(of name: String) -> String? {
    let path = name.split(separator: ".").map(String.init)
    guard let part = path.first, let last = path.last else { return nil }
    if last == "embedding" {
      return table(isRead: part != "encoder")
    }
    switch part {
    case "attention": return attention.gradient(of: path)
    case "encoder": return encoder(path, last)
    default: return decoder(path)
    }
  }

  /// Of a table of word vectors, which the projection may read as well.
  private func table(isRead: Bool) -> String {
    let words = "Σ_i onehot(y_i)^⊤ ∂x_i"
    guard isRead, model.tied.joinsOutput else { return "∂X = \(words)" }
    return "∂X = Σ_t ∂ℓ_t^⊤ \(projected) + \(words)"
  }

  /// What the projection reads.
  private var projected: String {
    switch model.decoder {
    case .recurrent(let decoder): RecurrentDecoderEquations(decoder, in: model).projected
    case .transformer: "s_t"
    }
  }

  private func encoder(_ path: [String], _ last: String) -> String? {
    if path.dropFirst().first == "features" {
      return last == "weight" ? "∂W = Σ_i ∂x_i^⊤ f_i" : "∂b = Σ_i ∂x_i"
    }
    return switch model.encoder {
    case .recurrent(let encoder): RecurrentEncoderEquations(encoder).cell.gradients[last]
    case .transformer: TransformerEquations.gradient(of: path)
    case .vision:
      ConvolutionalEquations.vision(path) ?? TransformerEquations.gradient(of: path)
    case .convolutional: ConvolutionalEquations.gradient(of: path)
    case .features: nil
    }
  }

  private func decoder(_ path: [String]) -> String? {
    switch model.decoder {
    case .recurrent(let decoder): RecurrentDecoderEquations(decoder, in: model).gradient(of: path)
    case .transformer: transformer(path)
    }
  }

  /// Of a Transformer's decoder, or of the projection after it.
  private func transformer(_ path: [String]) -> String? {
    switch path {
    case ["output", "weight"]: "∂W = Σ_t ∂ℓ_t^⊤ s_t"
    case ["output", "bias"]: "∂b = Σ_t ∂ℓ_t"
    default: TransformerEquations.gradient(of: path)
    }
  }
}

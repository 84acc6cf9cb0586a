import DragomanLayers
import DragomanModels

/// The equations of a classifier after its encoder, in the spelling of ``Equation`` and with the letters of
/// docs/gradients.md.
struct ClassificationEquations {
  private let model: ClassifierConfiguration

  /// Those of a classifier.
  init(_ model: ClassifierConfiguration) { self.model = model }

  /// How the vectors become one.
  var pooling: [String] {
    switch model.pooling {
    case .cls: ["u = h_1"]
    case .mean: ["u = (1/S) Σ_i h_i"]
    case .attention: [Self.scores, Self.weights, "u = Σ_i α_i h_i"]
    }
  }
  /// The last of these.
  var pooled: String { pooling[pooling.count - 1] }
  /// How well a vector fits the query.
  static let scores = "e_i = q · h_i"
  /// How much it counts.
  static let weights = "α_i = exp(e_i) / Σ_j exp(e_j)"

  /// A number for each class.
  static let logits = "ℓ = W u + b"
  /// The distribution.
  static let softmax = "p = softmax(ℓ)"
  /// The loss.
  static let loss = "L = −log p(y)"

  /// ∂ℓ.
  static let logitGradient = "∂ℓ = p − onehot(y)"
  /// ∂u.
  static let pooledGradient = "∂u = ∂ℓ W"
  /// ∂α of pooling by attention.
  static let weightGradient = "∂α_i = ∂u · h_i"
  /// ∂e of pooling by attention.
  static let scoreGradient = "∂e_i = α_i (∂α_i − Σ_j α_j ∂α_j)"
  /// ∂h.
  var stateGradient: String {
    switch model.pooling {
    case .cls: "∂h_1 = ∂u"
    case .mean: "∂h_i = ∂u / S"
    case .attention: "∂h_i = α_i ∂u + ∂e_i q"
    }
  }
  /// How much a part of an image matters.
  static let stateNorm = "‖∂h_i‖ = √(Σ_j (∂h_{ij})^2)"

  /// The equation of the gradient of a parameter, by its name; `nil` of a name that no classifier has.
  func gradient(of name: String) -> String? {
    let path = name.split(separator: ".").map(String.init)
    switch path {
    case ["head", "weight"]: return "∂W = ∂ℓ^⊤ u"
    case ["head", "bias"]: return "∂b = ∂ℓ"
    case ["pooling", "query"]: return "∂q = Σ_i ∂e_i h_i"
    default: break
    }
    return ParameterEquations(model.reader).gradient(of: name)
  }
}

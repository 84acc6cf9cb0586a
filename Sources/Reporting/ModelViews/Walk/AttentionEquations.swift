import DragomanLayers
import DragomanModels

/// The equations of attention, in the spelling of ``Equation``.
struct AttentionEquations {
  /// The scorer's own.
  let scorer: ScorerEquations
  /// Whether the scorer reads earlier weights.
  private let isCovered: Bool
  private let isGated: Bool

  /// Those of a model's attention.
  init(_ model: ModelConfiguration) {
    scorer = model.scorerType.equations
    isCovered = model.attention.coverage
    isGated = model.attention.gate
  }

  /// The softmax of the scores.
  let weights = "α_{ti} = exp(e_{ti}) / Σ_j exp(e_{tj})"
  /// The context.
  var context: String { isGated ? "c_t = β_t Σ_i α_{ti} h_i" : "c_t = Σ_i α_{ti} h_i" }
  /// The gate on the context, if there is one.
  var gate: String? { isGated ? "β_t = σ(w · s_t + b)" : nil }

  /// ∂α, from ∂c.
  var weightGradient: String {
    "∂α_{ti} = \(isGated ? "β_t " : "")∂c_t · h_i\(isCovered ? " + Γ_{ti}" : "")"
  }
  /// ∂e, from ∂α.
  let scoreGradient = "∂e_{ti} = α_{ti} (∂α_{ti} − Σ_j α_{tj} ∂α_{tj})"
  /// What arrives at the states that were looked at.
  var stateGradient: String {
    "∂h_i = Σ_t α_{ti} \(isGated ? "β_t " : "")∂c_t"
      + (scorer.stateGradient.map { " + \($0)" } ?? "")
  }

  /// The gradient of a parameter of attention, by the parts of its name.
  func gradient(of path: [String]) -> String? {
    let last = path[path.count - 1]
    guard path.contains("gate") else { return scorer.gradients[last] }
    let own = "∂a_t = β_t (1 − β_t) Σ_i α_{ti} (∂c_t · h_i)"
    return last == "weight" ? "∂w = Σ_t ∂a_t s_t   with   \(own)" : "∂b = Σ_t ∂a_t   with   \(own)"
  }
}

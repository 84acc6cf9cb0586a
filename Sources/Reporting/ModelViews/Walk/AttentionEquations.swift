import DragomanLayers
import DragomanModels

/// The equations of attention, in the spelling of ``Equation``.
struct AttentionEquations {
  /// The scorer's own.
  let scorer: ScorerEquations
  /// Whether the scorer reads earlier weights.
  private let isCovered: Bool

  /// Those of a model's attention.
  init(_ model: ModelConfiguration) {
    scorer = model.scorerType.equations
    isCovered = model.attention.coverage
  }

  /// The softmax of the scores.
  let weights = "α_{ti} = exp(e_{ti}) / Σ_j exp(e_{tj})"
  /// The context.
  let context = "c_t = Σ_i α_{ti} h_i"

  /// ∂α, from ∂c.
  var weightGradient: String {
    isCovered ? "∂α_{ti} = ∂c_t · h_i + Γ_{ti}" : "∂α_{ti} = ∂c_t · h_i"
  }
  /// ∂e, from ∂α.
  let scoreGradient = "∂e_{ti} = α_{ti} (∂α_{ti} − Σ_j α_{tj} ∂α_{tj})"
  /// What arrives at the states that were looked at.
  var stateGradient: String {
    "∂h_i = Σ_t α_{ti} ∂c_t" + (scorer.stateGradient.map { " + \($0)" } ?? "")
  }
}

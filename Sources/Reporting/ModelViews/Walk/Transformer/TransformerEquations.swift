import DragomanLayers

/// The equations of the gradients of a Transformer's parameters, in the spelling of ``Equation``.
enum TransformerEquations {
  /// The equation of the gradient of a parameter, by its name after `encoder` or `decoder`; `nil` of a name that none
  /// has.
  static func gradient(of path: [String]) -> String? {
    let names = path.suffix(2)
    guard let part = names.first, let last = names.last else { return nil }
    switch (part, last) {
    case (_, "positions"): return "∂P = Σ_t onehot(t)^⊤ ∂x_t"
    case ("ssru", _):
      return RecurrentCellEquations(cell: .ssru, isNormalized: false).gradients[last]
    case ("input", "weight"): return "∂W = Σ_t ∂x_t^⊤ X[y_t]"
    case ("input", "bias"): return "∂b = Σ_t ∂x_t"
    case ("queryKeyValue", "weight"): return "∂W = Σ_t [∂q_t ; ∂k_t ; ∂v_t]^⊤ x_t"
    case ("queryKeyValue", "bias"): return "∂b = Σ_t [∂q_t ; ∂k_t ; ∂v_t]"
    case ("query", "weight"): return "∂W = Σ_t ∂q_t^⊤ x_t"
    case ("query", "bias"): return "∂b = Σ_t ∂q_t"
    case ("keyValue", "weight"): return "∂W = Σ_i [∂k_i ; ∂v_i]^⊤ h_i"
    case ("keyValue", "bias"): return "∂b = Σ_i [∂k_i ; ∂v_i]"
    case ("output", "weight"): return "∂W = Σ_t ∂y_t^⊤ r_t"
    case ("inner", "weight"): return "∂W_1 = Σ_t ∂a_t^⊤ x_t"
    case ("inner", "bias"): return "∂b_1 = Σ_t ∂a_t"
    case ("outer", "weight"): return "∂W_2 = Σ_t ∂y_t^⊤ φ(a_t)"
    case (_, "gain"): return "∂γ = Σ_t ∂y_t ⊙ norm(x_t)"
    case (_, "bias"): return "∂b = Σ_t ∂y_t"
    default: return nil
    }
  }
}

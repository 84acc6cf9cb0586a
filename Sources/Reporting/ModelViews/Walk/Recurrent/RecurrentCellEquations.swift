import DragomanLayers

/// The equations of a recurrent layer, in the spelling of ``Equation``.
struct RecurrentCellEquations {
  /// What they are of.
  let cell: CellKind
  /// Whether its products are normalised.
  let isNormalized: Bool

  /// The step from one state to the next.
  var step: [String] {
    let (memory, hidden) = cell.stateEquations
    return products + cell.gates.map(\.equation) + [memory, hidden].compactMap { $0 }
  }

  /// The two products that a cell starts from, gate after gate; one that adds them needs no more than their sum.
  private var products: [String] {
    let (a, u) =
      isNormalized
      ? ("γ_ih ⊙ norm(W_ih x_t) + b_ih", "γ_hh ⊙ norm(W_hh h_{t−1}) + b_hh")
      : ("W_ih x_t + b_ih", "W_hh h_{t−1} + b_hh")
    return (cell.addsProducts ? ["a = \(a) + \(u)"] : ["a = \(a)", "u = \(u)"])
      + (isNormalized ? ["norm(x) = (x − mean(x)) / √(var(x) + 10^{−5})   in each gate"] : [])
  }

  /// The gradients of the parameters, by the last part of their names.
  var gradients: [String: String] {
    let (a, u) = ("∂a_t", cell.addsProducts ? "∂a_t" : "∂u_t")
    let products = isNormalized ? ("∂(W_ih x_t)", "∂(W_hh h_{t−1})") : (a, u)
    return [
      "inputWeight": "∂W_ih = Σ_t \(products.0)^⊤ x_t",
      "recurrentWeight": "∂W_hh = Σ_t \(products.1)^⊤ h_{t−1}",
      "inputBias": "∂b_ih = Σ_t \(a)", "recurrentBias": "∂b_hh = Σ_t \(u)",
      "inputGain": "∂γ_ih = Σ_t \(a) ⊙ norm(W_ih x_t)",
      "recurrentGain": "∂γ_hh = Σ_t \(u) ⊙ norm(W_hh h_{t−1})",
    ]
  }
}

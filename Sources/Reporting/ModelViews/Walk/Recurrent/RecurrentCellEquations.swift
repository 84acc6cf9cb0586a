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
    let normalization = "norm(x) = (x − mean(x)) / √(var(x) + 10^{−5})   in each gate"
    guard cell.hasRecurrentProduct else {
      return isNormalized
        ? ["a = γ_ih ⊙ norm(W_ih x_t) + \(bias)", normalization] : ["a = W_ih x_t + \(bias)"]
    }
    let (a, u) =
      isNormalized
      ? ("γ_ih ⊙ norm(W_ih x_t) + b_ih", "γ_hh ⊙ norm(W_hh h_{t−1}) + b_hh")
      : ("W_ih x_t + b_ih", "W_hh h_{t−1} + b_hh")
    return (cell.addsProducts ? ["a = \(a) + \(u)"] : ["a = \(a)", "u = \(u)"])
      + (isNormalized ? [normalization] : [])
  }

  /// b_ih, which not all gates of all cells have.
  private var bias: String {
    let blocks = cell.gates.indices.map { cell.biasedGates.contains($0) ? "b_ih" : "0" }
    return cell.biasedGates == cell.gates.indices ? "b_ih" : "[\(blocks.joined(separator: " ; "))]"
  }

  /// The gradients of the parameters, by the last part of their names.
  var gradients: [String: String] {
    let (a, u) = ("∂a_t", cell.addsProducts ? "∂a_t" : "∂u_t")
    let products = isNormalized ? ("∂(W_ih x_t)", "∂(W_hh h_{t−1})") : (a, u)
    guard cell.hasRecurrentProduct else {
      return [
        "inputWeight": "∂W_ih = Σ_t \(isNormalized ? "∂(W_ih x_t)" : "∂a_t")^⊤ x_t",
        "inputGain": "∂γ_ih = Σ_t ∂a_t ⊙ norm(W_ih x_t)",
        "inputBias": "∂b_ih = Σ_t \(cell.biasedGates.map { "∂a_{t\($0)}" }.joined(separator: " "))",
      ]
    }
    return [
      "inputWeight": "∂W_ih = Σ_t \(products.0)^⊤ x_t",
      "recurrentWeight": "∂W_hh = Σ_t \(products.1)^⊤ h_{t−1}",
      "inputBias": "∂b_ih = Σ_t \(a)", "recurrentBias": "∂b_hh = Σ_t \(u)",
      "inputGain": "∂γ_ih = Σ_t \(a) ⊙ norm(W_ih x_t)",
      "recurrentGain": "∂γ_hh = Σ_t \(u) ⊙ norm(W_hh h_{t−1})",
    ]
  }
}

package import DragomanTensor

/// The simpler simple recurrent unit, without its matrix product: it has one, that of x.
///
///     x̃ = a₀    f = σ(a₁)    m′ = f ⊙ m + (1 − f) ⊙ x̃    h′ = max(m′, 0)
///
/// Kim et al. 2019, section 2.2 (aclanthology.org/D19-5632), after the simple recurrent unit of Lei et al. 2018; m is
/// what they call c. Only f has a bias. h enters no product, so that the products of all steps are one, and a step is
/// pointwise. The backward pass, with δ = ∂L/∂h′ and κ = ∂L/∂m′ + [m′ > 0] ⊙ δ:
///
///     ∂a₀ = κ ⊙ (1 − f)    ∂a₁ = κ ⊙ (m − x̃) ⊙ f ⊙ (1 − f)    ∂m = κ ⊙ f
package struct SSRUCell: RecurrentCell {
  /// SSRU.
  package static let words = "SSRU"
  /// x̃ and f.
  package static let gates = [
    Gate(name: "candidate", equation: "x̃ = a_0", range: .unbounded),
    Gate(name: "forget", equation: "f = σ(a_1)", range: .sigmoid),
  ]
  /// m and h.
  package static let stateEquations: (cell: String?, hidden: String) = (
    "m_t = f ⊙ m_{t−1} + (1 − f) ⊙ x̃", "h_t = max(m_t, 0)"
  )
  /// The state is h and m.
  package let hasCell = true
  /// h leads nowhere but out.
  package let hasRecurrentProduct = false
  /// f.
  package let biasedGates = 1..<2
  /// No bias starts at 1.
  package let openGate: Int? = nil
  /// There is no u.
  package let keepsRecurrent = false
  /// h does not reach h′.
  package let hasDirectPath = false

  /// Writes h′ and m′ and overwrites `a` by x̃, f.
  package func forward(
    _ a: Matrix, _ u: Matrix, from state: CellState, to next: CellState, _ kernels: Kernels
  ) {
    guard let cell = state.cell, let nextCell = next.cell else {
      preconditionFailure("an SSRU state needs a cell vector")
    }
    kernels.ssruForward(input: a, cell: cell, nextCell: nextCell, next: next.hidden)
  }

  /// Overwrites `a` by ∂a and the cell gradient by ∂m; returns ∂a.
  package func backward(
    _ a: Matrix, _ u: Matrix, from state: CellState, to next: CellState, gradient: CellState,
    _ kernels: Kernels
  ) -> Matrix {
    guard let cell = state.cell, let nextCell = next.cell, let cellGradient = gradient.cell else {
      preconditionFailure("an SSRU state needs a cell vector")
    }
    kernels.ssruBackward(
      gates: a, cell: cell, nextCell: nextCell, gradient: gradient.hidden,
      cellGradient: cellGradient)
    return a
  }
}

package import DragomanTensor

/// The gated recurrent unit, without its two matrix products.
///
///     r = σ(a₀ + u₀)    z = σ(a₁ + u₁)    n = tanh(a₂ + r ⊙ u₂)    h′ = (1 − z) ⊙ n + z ⊙ h
///
/// Cho et al. 2014, section 2.3 (arXiv:1406.1078). As in cuDNN and PyTorch, and unlike the paper, the
/// reset gate scales the product and not h, so that the product needs no gate and z keeps the old state.
/// The backward pass, with δ = ∂L/∂h′:
///
///     ∂a₂ = δ ⊙ (1 − z) ⊙ (1 − n²)      ∂a₁ = δ ⊙ (h − n) ⊙ z ⊙ (1 − z)
///     ∂a₀ = ∂a₂ ⊙ u₂ ⊙ r ⊙ (1 − r)      ∂u = (∂a₀, ∂a₁, ∂a₂ ⊙ r)      ∂h = δ ⊙ z + ∂u W_hh
package struct GRUCell: RecurrentCell {
  /// GRU.
  package static let words = "GRU"
  /// r, z and n.
  package static let gates = [
    Gate(name: "reset", equation: "r = σ(a_0 + u_0)", range: .sigmoid),
    Gate(name: "update", equation: "z = σ(a_1 + u_1)", range: .sigmoid),
    Gate(name: "candidate", equation: "n = tanh(a_2 + r ⊙ u_2)", range: .tanh),
  ]
  /// h alone.
  package static let stateEquations: (cell: String?, hidden: String) = (
    nil, "h_t = (1 − z) ⊙ n + z ⊙ h_{t−1}"
  )
  /// The state is h alone.
  package let hasCell = false
  /// No bias starts at 1.
  package let openGate: Int? = nil
  /// ∂a₀ needs u₂.
  package let keepsRecurrent = true
  /// δ ⊙ z.
  package let hasDirectPath = true

  /// Writes h′ and overwrites `a` by r, z, n.
  package func forward(
    _ a: Matrix, _ u: Matrix, from state: CellState, to next: CellState, _ kernels: Kernels
  ) {
    kernels.gruForward(input: a, recurrent: u, state: state.hidden, next: next.hidden)
  }

  /// Overwrites `a` by ∂a, `u` by ∂u and the hidden gradient by δ ⊙ z; returns ∂u.
  package func backward(
    _ a: Matrix, _ u: Matrix, from state: CellState, to next: CellState, gradient: CellState,
    _ kernels: Kernels
  ) -> Matrix {
    kernels.gruBackward(
      gates: a, recurrent: u, state: state.hidden, gradient: gradient.hidden,
      stateGradient: gradient.hidden)
    return u
  }
}

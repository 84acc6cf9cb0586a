package import DragomanTensor

/// The gated recurrent unit, without its two matrix products.
///
///     r = σ(a₀ + c₀)    z = σ(a₁ + c₁)    n = tanh(a₂ + r ⊙ c₂)    h′ = (1 − z) ⊙ n + z ⊙ h
///
/// Cho et al. 2014, section 2.3 (arXiv:1406.1078). As in cuDNN and PyTorch, and unlike the paper, the
/// reset gate scales the product and not h, so that the product needs no gate and z keeps the old state.
/// The way back, with δ = ∂L/∂h′:
///
///     ∂a₂ = δ ⊙ (1 − z) ⊙ (1 − n²)      ∂a₁ = δ ⊙ (h − n) ⊙ z ⊙ (1 − z)
///     ∂a₀ = ∂a₂ ⊙ c₂ ⊙ r ⊙ (1 − r)      ∂c = (∂a₀, ∂a₁, ∂a₂ ⊙ r)      ∂h = δ ⊙ z + ∂c W_hh
package struct GRUCell: RecurrentCell {
  /// r, z and n.
  package let gates = 3
  /// The state is h alone.
  package let hasCell = false
  /// No bias starts at 1.
  package let openGate: Int? = nil
  /// ∂a₀ needs c₂.
  package let keepsRecurrent = true
  /// δ ⊙ z.
  package let hasDirectPath = true

  /// Writes h′ and overwrites `a` by r, z, n.
  package func forward(
    _ a: Matrix, _ c: Matrix, from state: CellState, to next: CellState, _ kernels: Kernels
  ) {
    kernels.gruForward(input: a, recurrent: c, state: state.hidden, next: next.hidden)
  }

  /// Overwrites `a` by ∂a, `c` by ∂c and the hidden gradient by δ ⊙ z; returns ∂c.
  package func backward(
    _ a: Matrix, _ c: Matrix, from state: CellState, to next: CellState, gradient: CellState,
    _ kernels: Kernels
  ) -> Matrix {
    kernels.gruBackward(
      gates: a, recurrent: c, state: state.hidden, gradient: gradient.hidden,
      stateGradient: gradient.hidden)
    return c
  }
}

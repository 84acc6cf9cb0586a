package import DragomanTensor

/// Long short-term memory, without its two matrix products.
///
///     i, f, o = σ(a + c)₀,₁,₃    g = tanh(a + c)₂    c′ = f ⊙ c + i ⊙ g    h′ = o ⊙ tanh(c′)
///
/// Hochreiter and Schmidhuber 1997 with the forget gate of Gers et al. 2000; no peepholes. The way back,
/// with δ = ∂L/∂h′ and γ = ∂L/∂c′ + δ ⊙ o ⊙ (1 − tanh²(c′)):
///
///     ∂a₀ = γ ⊙ g ⊙ i ⊙ (1 − i)    ∂a₁ = γ ⊙ c ⊙ f ⊙ (1 − f)    ∂a₂ = γ ⊙ i ⊙ (1 − g²)
///     ∂a₃ = δ ⊙ tanh(c′) ⊙ o ⊙ (1 − o)    ∂c = γ ⊙ f    ∂h = ∂a W_hh
package struct LSTMCell: RecurrentCell {
  /// i, f, g and o.
  package let gates = 4
  /// The state is h and c.
  package let hasCell = true
  /// The forget gate starts open.
  ///
  /// Jozefowicz et al. 2015, section 4.2.
  package let openGate: Int? = 1
  /// The sum of both products is all the gates need.
  package let keepsRecurrent = false
  /// h reaches h′ through the gates alone.
  package let hasDirectPath = false

  /// Writes h′ and c′ and overwrites `a` by i, f, g, o.
  package func forward(
    _ a: Matrix, _ c: Matrix, from state: CellState, to next: CellState, _ kernels: Kernels
  ) {
    guard let cell = state.cell, let nextCell = next.cell else {
      preconditionFailure("an LSTM state needs a cell vector")
    }
    kernels.lstmForward(
      input: a, recurrent: c, cell: cell, nextCell: nextCell, next: next.hidden)
  }

  /// Overwrites `a` by ∂a and the cell gradient by ∂c; returns ∂a.
  package func backward(
    _ a: Matrix, _ c: Matrix, from state: CellState, to next: CellState, gradient: CellState,
    _ kernels: Kernels
  ) -> Matrix {
    guard let cell = state.cell, let nextCell = next.cell, let cellGradient = gradient.cell else {
      preconditionFailure("an LSTM state needs a cell vector")
    }
    kernels.lstmBackward(
      gates: a, cell: cell, nextCell: nextCell, gradient: gradient.hidden,
      cellGradient: cellGradient)
    return a
  }
}

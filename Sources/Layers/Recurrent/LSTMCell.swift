package import DragomanTensor

/// Long short-term memory, without its two matrix products.
///
///     i, f, o = σ(a + u)₀,₁,₃    g = tanh(a + u)₂    m′ = f ⊙ m + i ⊙ g    h′ = o ⊙ tanh(m′)
///
/// Hochreiter and Schmidhuber 1997 with the forget gate of Gers et al. 2000; no peepholes. m is what most
/// papers, and PyTorch, call c, which is the context here. The backward pass, with δ = ∂L/∂h′ and
/// κ = ∂L/∂m′ + δ ⊙ o ⊙ (1 − tanh²(m′)):
///
///     ∂a₀ = κ ⊙ g ⊙ i ⊙ (1 − i)    ∂a₁ = κ ⊙ m ⊙ f ⊙ (1 − f)    ∂a₂ = κ ⊙ i ⊙ (1 − g²)
///     ∂a₃ = δ ⊙ tanh(m′) ⊙ o ⊙ (1 − o)    ∂m = κ ⊙ f    ∂h = ∂a W_hh
package struct LSTMCell: RecurrentCell {
  /// LSTM.
  package static let words = "LSTM"
  /// i, f, g and o.
  package static let gates = [
    Gate(name: "input", equation: "i = σ(a_0)", range: .sigmoid),
    Gate(name: "forget", equation: "f = σ(a_1)", range: .sigmoid),
    Gate(name: "candidate", equation: "g = tanh(a_2)", range: .tanh),
    Gate(name: "output", equation: "o = σ(a_3)", range: .sigmoid),
  ]
  /// m and h.
  package static let stateEquations: (cell: String?, hidden: String) = (
    "m_t = f ⊙ m_{t−1} + i ⊙ g", "h_t = o ⊙ tanh(m_t)"
  )
  /// The state is h and m.
  package let hasCell = true
  /// The forget gate starts open.
  ///
  /// Jozefowicz et al. 2015, section 4.2.
  package let openGate: Int? = 1
  /// The sum of both products is all the gates need.
  package let keepsRecurrent = false
  /// h reaches h′ through the gates alone.
  package let hasDirectPath = false

  /// Writes h′ and m′ and overwrites `a` by i, f, g, o.
  package func forward(
    _ a: Matrix, _ u: Matrix, from state: CellState, to next: CellState, _ kernels: Kernels
  ) {
    guard let cell = state.cell, let nextCell = next.cell else {
      preconditionFailure("an LSTM state needs a cell vector")
    }
    kernels.lstmForward(
      input: a, recurrent: u, cell: cell, nextCell: nextCell, next: next.hidden)
  }

  /// Overwrites `a` by ∂a and the cell gradient by ∂m; returns ∂a.
  package func backward(
    _ a: Matrix, _ u: Matrix, from state: CellState, to next: CellState, gradient: CellState,
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

internal import CDragomanKernels

// The gates of the recurrent cells. Matrices: B sentences, H units.
extension Kernels {
  /// One step of the gated recurrent unit, after its two products.
  ///
  /// With `a = x W_ihᵀ + b_ih` and `u = h W_hhᵀ + b_hh`, both `[B, 3H]`, gate after gate:
  ///
  ///     r = σ(a₀ + u₀)    z = σ(a₁ + u₁)    n = tanh(a₂ + r ⊙ u₂)    h′ = (1 − z) ⊙ n + z ⊙ h
  ///
  /// Overwrites `a` by (r, z, n) and writes h′, `[B, H]`, into `next`. Cho et al. 2014, section 2.3
  /// (arXiv:1406.1078), but as in PyTorch the reset gate scales the product and not `h`.
  package func gruForward(input a: Matrix, recurrent u: Matrix, state h: Matrix, next: Matrix) {
    requireShape(a, h.rows, 3 * h.columns, "the input of a GRU of state \(h.shape)")
    requireShape(u, h.rows, 3 * h.columns, "the recurrent product of a GRU of state \(h.shape)")
    requireEqualShapes(next, h, "the next state of a GRU")
    unsafe dragoman_gru_forward(engine, a.view, u.view, h.view, next.view)
  }

  /// The backward pass of ``gruForward(input:recurrent:state:next:)``, given δ = ∂L/∂h′.
  ///
  ///     ∂a₂ = δ ⊙ (1 − z) ⊙ (1 − n²)      ∂a₁ = δ ⊙ (h − n) ⊙ z ⊙ (1 − z)
  ///     ∂a₀ = ∂a₂ ⊙ u₂ ⊙ r ⊙ (1 − r)      ∂u = (∂a₀, ∂a₁, ∂a₂ ⊙ r)      direct path to h: δ ⊙ z
  ///
  /// Overwrites the gates `a` by ∂L/∂a, `u` by ∂L/∂u and `stateGradient` by the direct path.
  /// `gradient` and `stateGradient` may be the same matrix.
  package func gruBackward(
    gates a: Matrix, recurrent u: Matrix, state h: Matrix, gradient: Matrix, stateGradient: Matrix
  ) {
    requireShape(a, h.rows, 3 * h.columns, "the gates of a GRU of state \(h.shape)")
    requireShape(u, h.rows, 3 * h.columns, "the recurrent product of a GRU of state \(h.shape)")
    requireEqualShapes(gradient, h, "the gradient of a GRU")
    requireEqualShapes(stateGradient, h, "the state gradient of a GRU")
    unsafe dragoman_gru_backward(
      engine, a.view, u.view, h.view, gradient.view, stateGradient.view)
  }

  /// One step of the long short-term memory, after its two products.
  ///
  /// With `a = x W_ihᵀ + b_ih` and `u = h W_hhᵀ + b_hh`, both `[B, 4H]`, gate after gate:
  ///
  ///     i, f, o = σ(a + u)₀,₁,₃    g = tanh(a + u)₂    m′ = f ⊙ m + i ⊙ g    h′ = o ⊙ tanh(m′)
  ///
  /// Overwrites `a` by (i, f, g, o), writes m′ into `nextCell` and h′ into `next`, both `[B, H]`.
  /// Gers et al. 2000, without peepholes. m is `cell`, the memory that PyTorch calls c; it and `nextCell` may be the
  /// same matrix.
  package func lstmForward(
    input a: Matrix, recurrent u: Matrix, cell: Matrix, nextCell: Matrix, next: Matrix
  ) {
    requireShape(a, cell.rows, 4 * cell.columns, "the input of an LSTM of cell \(cell.shape)")
    requireShape(
      u, cell.rows, 4 * cell.columns, "the recurrent product of an LSTM of cell \(cell.shape)")
    requireEqualShapes(nextCell, cell, "the next cell of an LSTM")
    requireEqualShapes(next, cell, "the next state of an LSTM")
    unsafe dragoman_lstm_forward(
      engine, a.view, u.view, cell.view, nextCell.view, next.view)
  }

  /// The backward pass of ``lstmForward(input:recurrent:cell:nextCell:next:)``, given δ = ∂L/∂h′ and
  /// ∂L/∂m′ from the step after.
  ///
  ///     κ = ∂m′ + δ ⊙ o ⊙ (1 − tanh²(m′))    ∂m = κ ⊙ f
  ///     ∂a₀ = κ ⊙ g ⊙ i ⊙ (1 − i)            ∂a₁ = κ ⊙ m ⊙ f ⊙ (1 − f)
  ///     ∂a₂ = κ ⊙ i ⊙ (1 − g²)               ∂a₃ = δ ⊙ tanh(m′) ⊙ o ⊙ (1 − o)
  ///
  /// Overwrites the gates `a` by ∂L/∂a, which is also ∂L/∂u, and
  /// `cellGradient`, ∂L/∂m′, by ∂L/∂m.
  package func lstmBackward(
    gates a: Matrix, cell: Matrix, nextCell: Matrix, gradient: Matrix, cellGradient: Matrix
  ) {
    requireShape(a, cell.rows, 4 * cell.columns, "the gates of an LSTM of cell \(cell.shape)")
    requireEqualShapes(nextCell, cell, "the next cell of an LSTM")
    requireEqualShapes(gradient, cell, "the gradient of an LSTM")
    requireEqualShapes(cellGradient, cell, "the cell gradient of an LSTM")
    unsafe dragoman_lstm_backward(
      engine, a.view, cell.view, nextCell.view, gradient.view, cellGradient.view)
  }

  /// One step of the simpler simple recurrent unit, which has no recurrent product.
  ///
  /// With `a = (x W_xᵀ, x W_fᵀ + b_f)`, `[B, 2H]`, gate after gate, of which x̃ = a₀:
  ///
  ///     f = σ(a₁)        c = f ⊙ c′ + (1 − f) ⊙ x̃        h = max(c, 0)
  ///
  /// Overwrites a₁ by f, writes c into `nextCell` and h into `next`, both `[B, H]`. `cell`, c′, and `nextCell` may be
  /// the same matrix. Kim et al. 2019, section 2.2 (aclanthology.org/D19-5632).
  package func ssruForward(input a: Matrix, cell: Matrix, nextCell: Matrix, next: Matrix) {
    requireShape(a, cell.rows, 2 * cell.columns, "the input of an SSRU of cell \(cell.shape)")
    requireEqualShapes(nextCell, cell, "the next cell of an SSRU")
    requireEqualShapes(next, cell, "the next state of an SSRU")
    unsafe dragoman_ssru_forward(engine, a.view, cell.view, nextCell.view, next.view)
  }

  /// The backward pass of ``ssruForward(input:cell:nextCell:next:)``, given δ = ∂L/∂h and γ = ∂L/∂c from the step
  /// after.
  ///
  ///     κ = γ + [c > 0] ⊙ δ      ∂a₀ = κ ⊙ (1 − f)      ∂a₁ = κ ⊙ (c′ − x̃) ⊙ f ⊙ (1 − f)      ∂L/∂c′ = κ ⊙ f
  ///
  /// Overwrites the gates `a` by ∂L/∂a and `cellGradient`, γ, by ∂L/∂c′.
  package func ssruBackward(
    gates a: Matrix, cell: Matrix, nextCell: Matrix, gradient: Matrix, cellGradient: Matrix
  ) {
    requireShape(a, cell.rows, 2 * cell.columns, "the gates of an SSRU of cell \(cell.shape)")
    requireEqualShapes(nextCell, cell, "the next cell of an SSRU")
    requireEqualShapes(gradient, cell, "the gradient of an SSRU")
    requireEqualShapes(cellGradient, cell, "the cell gradient of an SSRU")
    unsafe dragoman_ssru_backward(
      engine, a.view, cell.view, nextCell.view, gradient.view, cellGradient.view)
  }
}

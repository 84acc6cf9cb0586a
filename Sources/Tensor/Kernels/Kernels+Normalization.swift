internal import CDragomanKernels

/// What layer normalisation keeps of its forward pass, for the backward pass.
package struct NormalizedRows: Sendable {
  /// x̂, then ∂y ⊙ x̂, whose column sums are the gradient of the gain: `[N, G·H]`.
  package let values: Matrix
  /// 1 / √(var + 10⁻⁵) of each gate, `[N, G]`; 0 where var is at most 10⁻¹².
  let inverse: Matrix

  /// Memory for `rows` rows of `gates` gates of `size` numbers.
  package init(rows: Int, gates: Int, size: Int, _ workspace: Workspace) {
    values = workspace.matrix(rows: rows, columns: gates * size)
    inverse = workspace.matrix(rows: rows, columns: gates)
  }

  private init(values: Matrix, inverse: Matrix) {
    self.values = values
    self.inverse = inverse
  }

  /// A block of rows.
  package func rows(_ range: Range<Int>) -> NormalizedRows {
    NormalizedRows(values: values.rows(range), inverse: inverse.rows(range))
  }
}

// Layer normalisation of the gates of a cell, each on its own. N rows, G gates of H units side by side.
extension Kernels {
  /// `y = γ ⊙ x̂ + b` in place, with x̂ what x was, brought to mean 0 and variance 1 in each gate of each row.
  ///
  ///     mean = (1/H) Σ x        var = (1/H) Σ (x − mean)²        x̂ = (x − mean) / √(var + 10⁻⁵)
  ///
  /// Ba et al. 2016, eq. 4 (arXiv:1607.06450). `kept`, if there is one, is for the backward pass.
  package func normalize(
    _ m: Matrix, gain: Matrix, bias: Matrix, gates: Int, keeping kept: NormalizedRows? = nil
  ) {
    check(m, gain, gates)
    requireShape(bias, 1, m.columns, "the bias of \(m.shape)")
    let size = m.columns / gates
    if let kept {
      check(m, kept, gates)
      unsafe dragoman_normalize(
        engine, m.view, gain.view, bias.view, size, kept.values.view, kept.inverse.view)
    } else {
      let nowhere = unsafe dragoman_matrix(at: nil, rows: 0, columns: 0, stride: 0)
      unsafe dragoman_normalize(engine, m.view, gain.view, bias.view, size, nowhere, nowhere)
    }
  }

  /// The backward pass of ``normalize(_:gain:bias:gates:keeping:)``: `gradient`, ∂y, becomes ∂x.
  ///
  ///     ∂x̂ = ∂y ⊙ γ        ∂x = (∂x̂ − mean(∂x̂) − x̂ ⊙ mean(∂x̂ ⊙ x̂)) / √(var + 10⁻⁵)
  ///
  /// with means over each gate; 0 where var is at most 10⁻¹², since numbers that are all alike have no direction, and
  /// a gradient that each of several layers multiplies by √10⁵ = 316 is not finite for long. x̂ is overwritten by
  /// ∂y ⊙ x̂: Σ over rows of it is ∂γ, and that of ∂y is ∂b.
  package func normalizeBackward(
    _ gradient: Matrix, gain: Matrix, gates: Int, _ kept: NormalizedRows
  ) {
    check(gradient, gain, gates)
    check(gradient, kept, gates)
    unsafe dragoman_normalize_backward(
      engine, gradient.view, gain.view, gradient.columns / gates, kept.values.view,
      kept.inverse.view)
  }

  private func check(_ m: Matrix, _ gain: Matrix, _ gates: Int) {
    precondition(
      gates >= 1 && m.columns > 0 && m.columns % gates == 0,
      "normalisation of \(m.shape) in \(gates) gates")
    requireShape(gain, 1, m.columns, "the gain of \(m.shape)")
  }

  private func check(_ m: Matrix, _ kept: NormalizedRows, _ gates: Int) {
    requireEqualShapes(kept.values, m, "normalised values")
    requireShape(kept.inverse, m.rows, gates, "the deviations of \(m.shape)")
  }
}

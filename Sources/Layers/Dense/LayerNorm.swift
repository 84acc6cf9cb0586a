package import DragomanTensor

/// Brings each row to mean 0 and variance 1, before a gain and a bias.
///
///     μ = (1/D) Σ x        σ² = (1/D) Σ (x − μ)²        y = γ ⊙ (x − μ) / √(σ² + 10⁻⁵) + β
///
/// Ba, Kiros and Hinton 2016, eq. 3 (arXiv:1607.06450), as `torch.nn.LayerNorm`. The backward pass, with x̂ = (x − μ) /
/// σ and g = ∂y ⊙ γ, means over a row:
///
///     ∂x = (g − mean(g) − x̂ ⊙ mean(g ⊙ x̂)) / σ        ∂γ = Σ ∂y ⊙ x̂        ∂β = Σ ∂y
package struct LayerNorm: Sendable {
  /// γ, `[D]`.
  let gain: Parameter
  /// β, `[D]`.
  let bias: Parameter

  /// Adds `name.gain` (ones) and `name.bias` (zeros) to the layout.
  package init(name: String, size: Int, layout: inout ParameterLayout) {
    gain = layout.vector("\(name).gain", size: size, .ones(gate: 0, of: 1))
    bias = layout.vector("\(name).bias", size: size, .zeros)
  }

  /// Maps `[N, D]` to `[N, D]` in memory of its own; what it returns beside that is for the backward pass.
  package func forward(_ x: Matrix, _ pass: Pass) -> (output: Matrix, kept: NormalizedRows) {
    let kept = NormalizedRows(rows: x.rows, gates: 1, size: x.columns, pass.workspace)
    let y = pass.workspace.matrix(rows: x.rows, columns: x.columns)
    pass.kernels.copy(x, to: y)
    pass.kernels.normalize(
      y, gain: pass.weights[gain], bias: pass.weights[bias], gates: 1, keeping: kept)
    pass.recorder?.add(.read(gain), x)
    pass.recorder?.add(.gave(gain), y)
    return (y, kept)
  }

  /// Maps `[N, D]` in place and keeps nothing.
  package func apply(to x: Matrix, _ pass: Pass) {
    pass.kernels.normalize(x, gain: pass.weights[gain], bias: pass.weights[bias], gates: 1)
  }

  /// Adds to the gradients of γ and β and turns ∂y, `[N, D]`, into ∂x in place; what was kept is used up.
  package func backward(
    _ gradient: Matrix, _ kept: NormalizedRows, _ pass: Pass, gradients: Parameters
  ) {
    pass.kernels.addColumnSums(of: gradient, to: gradients[bias])
    pass.kernels.normalizeBackward(gradient, gain: pass.weights[gain], gates: 1, kept)
    pass.kernels.addColumnSums(of: kept.values, to: gradients[gain])
  }
}

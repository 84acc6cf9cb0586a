package import DragomanTensor

/// The position-wise network of a Transformer's layer.
///
///     a = W₁ x + b₁        y = W₂ dropout(φ(a)) + b₂        W₁ `[F, D]`, W₂ `[D, F]`
///
/// Vaswani et al. 2017, eq. 2 (arXiv:1706.03762), there with φ = max(0, ·). The backward pass:
///
///     ∂φ = dropout(∂y W₂)        ∂a = ∂φ ⊙ φ′(a)        ∂x = ∂a W₁
package struct FeedForward: Sendable {
  let inner: Linear
  let outer: Linear
  let activation: Activation
  let dropout: Dropout

  /// Adds `name.inner.…` and `name.outer.…`; `dropout` is applied to φ(a).
  package init(
    name: String, size: Int, inner width: Int, _ activation: Activation, dropout: Dropout,
    layout: inout ParameterLayout
  ) {
    inner = Linear(name: "\(name).inner", from: size, to: width, layout: &layout)
    outer = Linear(name: "\(name).outer", from: width, to: size, layout: &layout)
    self.activation = activation
    self.dropout = dropout
  }

  /// Multiply-adds of the products for one row.
  package var multiplications: Int { 2 * inner.inputs * inner.outputs }

  /// What the backward pass needs.
  package struct Trace {
    let input: Matrix
    /// a, `[N, F]`.
    ///
    /// With relu it is φ(a) after dropout, which tells the derivative as well: φ(a) is 0 where a ≤ 0, and what was
    /// dropped has no gradient.
    let before: Matrix
    /// φ(a) after dropout, `[N, F]`.
    package let activated: Matrix
  }

  /// Maps `[N, D]` to `[N, D]`, in memory of the caller's.
  package func forward(
    _ x: Matrix, into y: Matrix, sentences: [Int32], _ pass: Pass
  ) -> Trace {
    let before = inner.forward(x, pass)
    let activated =
      activation == .relu
      ? before : pass.workspace.matrix(rows: x.rows, columns: inner.outputs)
    pass.kernels.activate(activation, before, into: activated)
    dropout.apply(to: activated, sentences: sentences[...], pass)
    outer.forward(activated, into: y, pass)
    return Trace(input: x, before: before, activated: activated)
  }

  /// Adds to the gradients of the parameters and returns ∂x, `[N, D]`, given ∂y.
  package func backward(
    _ gradient: Matrix, _ trace: Trace, sentences: [Int32], _ pass: Pass, gradients: Parameters
  ) -> Matrix {
    let delta = pass.workspace.matrix(rows: gradient.rows, columns: inner.outputs)
    outer.backward(
      gradient, input: trace.activated, inputGradient: delta, pass, gradients: gradients)
    dropout.apply(to: delta, sentences: sentences[...], pass)
    pass.kernels.activateBackward(activation, delta, input: trace.before)
    let x = pass.workspace.matrix(rows: gradient.rows, columns: inner.inputs)
    inner.backward(delta, input: trace.input, inputGradient: x, pass, gradients: gradients)
    return x
  }
}

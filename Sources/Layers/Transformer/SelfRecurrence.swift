import DragomanTensor

/// A recurrence in place of a decoder's self-attention.
///
///     [x̃ ; f] = W x + [0 ; b]        m_t = σ(f_t) ⊙ m_{t−1} + (1 − σ(f_t)) ⊙ x̃_t        y_t = max(m_t, 0)
///
/// Kim et al. 2019, section 2.2 (aclanthology.org/D19-5632): a step of decoding costs the same wherever it stands. W is
/// `[2D, D]`, m₀ = 0; the cell is ``SSRUCell``.
package struct SelfRecurrence: Sendable {
  let recurrence: Recurrence

  /// Adds `name.inputWeight` and `name.inputBias`.
  init(name: String, size: Int, layout: inout ParameterLayout) {
    recurrence = Recurrence(
      layer: RecurrentLayer(name: name, cell: .ssru, inputs: size, hidden: size, layout: &layout),
      direction: .forward)
  }

  /// D.
  var size: Int { recurrence.layer.hidden }

  /// Maps `[N, D]` to `[N, D]`, in memory of the caller's.
  func forward(
    _ x: Matrix, into y: Matrix, _ batch: TransformerBatch, _ pass: Pass
  ) -> Recurrence.Trace {
    recurrence.forward(x, order: batch.order, output: y, pass)
  }

  /// Adds to the gradients of the parameters and returns ∂x, `[N, D]`, given ∂y.
  func backward(
    _ gradient: Matrix, _ trace: Recurrence.Trace, _ pass: Pass, gradients: Parameters
  ) -> Matrix {
    let x = pass.workspace.zeros(rows: gradient.rows, columns: size)
    _ = recurrence.backward(gradient, trace, inputGradient: x, pass, gradients: gradients)
    return x
  }
}

package import DragomanTensor

/// A layer's weights packed once for many steps of decoding.
package struct PackedRecurrentLayer: Sendable {
  let layer: RecurrentLayer
  let input: PackedMatrix
  /// W_hh, if there is one.
  let recurrent: PackedMatrix?
}

extension RecurrentLayer {
  /// Packs the weights, which must not change as long as the result is in use.
  package func packed(_ weights: Parameters, _ kernels: Kernels) -> PackedRecurrentLayer {
    PackedRecurrentLayer(
      layer: self, input: kernels.pack(weights[inputWeight], transposed: true),
      recurrent: recurrent.map { kernels.pack(weights[$0.weight], transposed: true) })
  }
}

extension PackedRecurrentLayer {
  /// Numbers that go in per token.
  package var inputs: Int { layer.inputs }
  /// H.
  package var hidden: Int { layer.hidden }

  /// Goes one step from `state` to `next`, `[B, H]`, with the inputs `x`, `[B, in]`, and keeps nothing for a way back.
  package func step(_ x: Matrix, from state: CellState, to next: CellState, _ pass: Pass) {
    let rows = layer.gates * layer.hidden
    let a = pass.workspace.matrix(rows: x.rows, columns: rows)
    // Normalisation comes before the biases, and adds them.
    let isNormalized = layer.gains != nil
    pass.kernels.multiply(
      x, input, bias: isNormalized ? nil : layer.bias(pass), into: a)
    var u = a
    if let recurrent, let parameters = layer.recurrent {
      u = pass.workspace.matrix(rows: x.rows, columns: rows)
      pass.kernels.multiply(
        state.hidden, recurrent, bias: isNormalized ? nil : pass.weights[parameters.bias],
        into: u)
    }
    layer.normalize(a, u, keeping: nil, pass)
    layer.cell.forward(a, u, from: state, to: next, pass.kernels)
  }
}

package import DragomanTensor

/// A stack's weights packed once for many steps of decoding.
package struct PackedRecurrentStack: Sendable {
  let layers: [PackedRecurrentLayer]
  let residual: ResidualConnection?
}

extension RecurrentStack {
  /// Packs the weights of layers of one direction, which must not change as long as the result is in use.
  package func packed(_ weights: Parameters, _ kernels: Kernels) -> PackedRecurrentStack {
    PackedRecurrentStack(
      layers: layers.map { $0.recurrences[0].layer.packed(weights, kernels) },
      residual: residual)
  }
}

extension PackedRecurrentStack {
  /// Numbers that the lowest layer reads.
  package var inputs: Int { layers[0].inputs }

  /// Goes one step from the states of all layers with the inputs x, `[n, in]`: writes what the top layer gives to
  /// `output`, `[n, H]`, and returns the states after it.
  package func step(
    _ x: Matrix, from states: [CellState], output: Matrix, _ pass: Pass
  ) -> [CellState] {
    let workspace = pass.workspace
    var x = x
    var next: [CellState] = []
    for (index, layer) in layers.enumerated() {
      let isTop = index == layers.count - 1
      let connection = index > 0 ? residual : nil
      let after = CellState(
        hidden: isTop && connection == nil
          ? output : workspace.matrix(rows: x.rows, columns: layer.hidden),
        cell: states[index].cell.map { workspace.matrix(rows: x.rows, columns: $0.columns) })
      layer.step(x, from: states[index], to: after, pass)
      next.append(after)
      guard let connection else {
        x = after.hidden
        continue
      }
      let sum = isTop ? output : workspace.matrix(rows: x.rows, columns: layer.hidden)
      pass.kernels.copy(after.hidden, to: sum)
      connection.add(x, to: sum, pass)
      x = sum
    }
    return next
  }
}

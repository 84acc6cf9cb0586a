package import DragomanTensor

/// A recurrent layer run over whole sentences in one direction.
///
/// Inputs and outputs are rows sentence by sentence; the recurrence orders them for itself.
package struct Recurrence: Sendable {
  /// The layer.
  package let layer: RecurrentLayer
  /// The end of the sentence it starts from.
  package let direction: Direction

  /// A layer and its direction.
  package init(layer: RecurrentLayer, direction: Direction) {
    self.layer = layer
    self.direction = direction
  }

  /// What the backward pass needs.
  package struct Trace {
    /// x, packed: `[N, in]`, without what is fed; undefined after the backward pass.
    package let input: Matrix
    /// The layer's own trace.
    package let layer: RecurrentTrace
  }

  /// Reads `[N, in]` and writes the states `[N, H]` to `output`; `initial`, `[B, H]`, is zero by default.
  package func forward(
    _ input: Matrix, order: PackedOrder, initial: CellState? = nil, output: Matrix, _ pass: Pass
  ) -> Trace {
    let rows = order.rows(direction)
    let x = pass.workspace.matrix(rows: order.count, columns: layer.inputs)
    pass.kernels.gather(rows, of: input, into: x)
    let trace = layer.trace(order: order, initial: initial, pass)
    pass.workspace.scoped {
      layer.project(x, with: layer.packedInput(pass), rows: 0..<order.count, into: trace, pass)
    }
    pass.workspace.scoped {
      let weight = layer.packedRecurrent(pass)
      for step in 0..<order.steps {
        layer.step(step, with: weight, trace, pass)
      }
    }
    pass.kernels.scatter(trace.states.hidden, to: rows, of: output)
    return Trace(input: x, layer: trace)
  }

  /// Adds to the gradients of the weights and of the input, `[N, in]`, given those of the output,
  /// `[N, H]`, and of the final states, `[B, H]`.
  ///
  /// - Returns: the gradient of the initial state, `[B, H]`, in the order of the batch.
  package func backward(
    _ outputGradient: Matrix, final: CellState? = nil, _ trace: Trace, inputGradient: Matrix,
    _ pass: Pass, gradients: Parameters
  ) -> CellState {
    let initial = layer.state(rows: trace.layer.order.sentences.count, pass.workspace)
    pass.workspace.scoped {
      backward(
        outputGradient, final: final, trace, inputGradient: inputGradient, initial: initial, pass,
        gradients: gradients)
    }
    return initial
  }

  private func backward(
    _ outputGradient: Matrix, final: CellState?, _ trace: Trace, inputGradient: Matrix,
    initial: CellState, _ pass: Pass, gradients: Parameters
  ) {
    let order = trace.layer.order
    let rows = order.rows(direction)
    let delta = pass.workspace.matrix(rows: order.count, columns: layer.hidden)
    pass.kernels.gather(rows, of: outputGradient, into: delta)
    let gradient = layer.gradient(of: trace.layer, final: final, pass)
    let weight = layer.packedRecurrentBack(pass)
    for step in (0..<order.steps).reversed() {
      layer.stepBack(
        step, with: weight, outputGradient: delta.rows(order.rows(of: step)), trace.layer, gradient,
        pass)
    }
    layer.accumulateInput(
      trace.input, rows: 0..<order.count, trace.layer, pass, gradients: gradients)
    // The packed input is not needed any more; its memory takes its gradient.
    layer.inputGradient(
      with: layer.packedInputBack(pass), rows: 0..<order.count, into: trace.input, adding: false,
      trace.layer, pass)
    pass.kernels.scatterAdd(trace.input, to: rows, of: inputGradient)
    layer.finishBack(trace.layer, gradient, initial: initial, pass, gradients: gradients)
  }
}

package import DragomanTensor

/// A stack that goes through a batch step by step, since a step reads what the one before led to.
///
/// All rows are in packed order. What is fed at step t, φ_{t−1}, are the rows of step t − 1 of a matrix that whoever
/// steps the stack fills in; nothing is fed at the first step. The loop carries only what it must: the lowest layer's
/// input product is split by columns of W_ih,
///
///     a_t = x_t W_xᵀ + φ_{t−1} W_φᵀ + b_ih        W_ih = [W_x  W_φ]
///
/// so that the part of x is one product over all steps and that of φ one per step; and every gradient of a weight is
/// one product after the loop. Layers have one direction.
package struct RecurrentSteps {
  let order: PackedOrder
  let layers: [RecurrentLayer]
  /// One in what each layer but the lowest reads.
  let dropouts: [Dropout]
  let residual: ResidualConnection?
  let traces: [RecurrentTrace]
  /// What each layer reads: x, then the outputs below after dropout.
  let inputs: [Matrix]
  /// What comes out of each layer, `[N, H]`.
  let outputs: [Matrix]
  /// Whether what a layer reads is another matrix than what the one below gives.
  let dropsInputs: Bool
  /// φ, `[N, Φ]`, if anything is fed.
  let fed: Matrix?

  /// What the layers keep.
  package var trace: RecurrentStack.Trace {
    RecurrentStack.Trace(
      order: order,
      recurrences: zip(inputs, traces).map { [Recurrence.Trace(input: $0, layer: $1)] })
  }

  /// The columns of the lowest W_ih that meet x.
  var inputColumns: Range<Int> { 0..<inputs[0].columns }
  /// The columns of it that meet φ.
  var fedColumns: Range<Int> { inputs[0].columns..<layers[0].inputs }

  /// The rows of the step before of the sentences alive at this one.
  package func rows(before step: Int) -> Range<Int> {
    let start = order.starts[step - 1]
    return start..<(start + order.alive(at: step))
  }
}

// MARK: - Forward

extension RecurrentStack {
  /// Takes memory for a batch.
  ///
  /// - Parameters:
  ///   - input: x, `[N, in − Φ]`, packed.
  ///   - order: the order of the batch.
  ///   - initial: the first state of each layer, `[B, H]`, in the order of the batch.
  ///   - output: where the top layer's output goes, `[N, H]`.
  ///   - fed: what steps feed to those after them, `[N, Φ]`; `nil` if nothing is fed.
  ///   - pass: the pass.
  package func steps(
    _ input: Matrix, order: PackedOrder, initial: [CellState], output: Matrix, fed: Matrix?,
    _ pass: Pass
  ) -> RecurrentSteps {
    let workspace = pass.workspace
    let top = layers.count - 1
    let layers = layers.map { $0.recurrences[0].layer }
    let traces = layers.enumerated().map { index, layer in
      layer.trace(
        order: order, initial: initial[index],
        hidden: index == top && residual == nil ? output : nil,
        pass)
    }
    let outputs = traces.enumerated().map { index, trace in
      guard residual != nil, index > 0 else { return trace.states.hidden }
      return index == top
        ? output : workspace.matrix(rows: order.count, columns: trace.states.hidden.columns)
    }
    let drops = dropouts.contains { $0.isActive(in: pass) }
    let inputs =
      [input]
      + outputs.dropLast().map { below in
        drops ? workspace.matrix(rows: order.count, columns: below.columns) : below
      }
    return RecurrentSteps(
      order: order, layers: layers, dropouts: dropouts, residual: residual, traces: traces,
      inputs: inputs, outputs: outputs, dropsInputs: drops, fed: fed)
  }
}

extension RecurrentSteps {
  /// Weights packed for the steps of the forward pass.
  package struct Weights {
    let fed: PackedMatrix?
    /// Of the layers above the lowest.
    let inputs: [PackedMatrix]
    let recurrent: [PackedMatrix?]
  }

  /// Packs the weights, in the workspace, and computes x W_xᵀ + b_ih, `[N, G·H]`, of all steps.
  package func begin(_ pass: Pass) -> Weights {
    layers[0].project(
      inputs[0], with: layers[0].packedInput(columns: inputColumns, pass), rows: 0..<order.count,
      into: traces[0], pass)
    return Weights(
      fed: fed.map { _ in layers[0].packedInput(columns: fedColumns, pass) },
      inputs: layers.dropFirst().map { $0.packedInput(pass) },
      recurrent: layers.map { $0.packedRecurrent(pass) })
  }

  /// Goes one step through all layers; the rows of the step before are in what is fed.
  package func step(_ step: Int, with weights: Weights, _ pass: Pass) {
    let rows = order.rows(of: step)
    if step > 0, let fed, let weight = weights.fed {
      layers[0].project(
        fed.rows(self.rows(before: step)), with: weight, rows: rows, adding: true, into: traces[0],
        pass)
    }
    layers[0].step(step, with: weights.recurrent[0], traces[0], pass)
    for index in layers.indices.dropFirst() {
      let input = inputs[index].rows(rows)
      if dropsInputs {
        pass.kernels.copy(outputs[index - 1].rows(rows), to: input)
        dropouts[index - 1].apply(
          to: input, firstRow: rows.lowerBound, sentences: order.sentences[..<rows.count], pass)
      }
      layers[index].project(
        input, with: weights.inputs[index - 1], rows: rows, into: traces[index], pass)
      layers[index].step(step, with: weights.recurrent[index], traces[index], pass)
      if let residual {
        let output = outputs[index].rows(rows)
        pass.kernels.copy(traces[index].states.hidden.rows(rows), to: output)
        residual.add(outputs[index - 1].rows(rows), to: output, pass)
      }
    }
  }
}

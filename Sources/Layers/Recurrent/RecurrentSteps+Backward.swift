package import DragomanTensor

/// What the backward pass through the steps of a stack carries.
package struct RecurrentStepsGradient {
  /// ∂L/∂(output) of each layer, `[N, H]`; that of the top layer belongs to whoever goes back.
  let deltas: [Matrix]
  /// ∂φ, `[N, Φ]`, which whoever goes back owns; to its rows of step t − 1 step t adds.
  let fed: Matrix?
  let carried: [RecurrentGradient]
  let fedWeight: PackedMatrix?
  /// Of the layers above the lowest.
  let inputWeights: [PackedMatrix]
  let recurrentWeights: [PackedMatrix?]
}

extension RecurrentSteps {
  /// Begins the backward pass, with W packed for it.
  ///
  /// - Parameters:
  ///   - outputGradient: ∂L/∂(output) of the top layer, `[N, H]`, complete for a step when that step is gone back.
  ///   - fedGradient: ∂L/∂φ but for what later steps read of it, `[N, Φ]`.
  ///   - pass: the pass of the forward pass.
  package func beginBack(
    _ outputGradient: Matrix, fedGradient: Matrix?, _ pass: Pass
  ) -> RecurrentStepsGradient {
    let workspace = pass.workspace
    return RecurrentStepsGradient(
      deltas: layers.dropLast().map { workspace.matrix(rows: order.count, columns: $0.hidden) }
        + [outputGradient],
      fed: fed == nil ? nil : fedGradient,
      carried: zip(layers, traces).map { $0.gradient(of: $1, pass) },
      fedWeight: fed.map { _ in layers[0].packedInputBack(columns: fedColumns, pass) },
      inputWeights: layers.dropFirst().map { $0.packedInputBack(pass) },
      recurrentWeights: layers.map { $0.packedRecurrentBack(pass) })
  }

  /// Goes one step back through all layers, from the top to the bottom, and adds to ∂φ of the step before.
  ///
  /// In the forward pass: a_t = x_t W_xᵀ + φ_{t−1} W_φᵀ + b_ih, and above the lowest layer x = dropout(h⁽ˡ⁻¹⁾). So
  /// ∂φ_{t−1} += ∂a_t W_φ and ∂h⁽ˡ⁻¹⁾ = dropout(∂a W_ih), and the layer's own ∂h⁽ˡ⁾ beside it if it is residual.
  package func stepBack(_ step: Int, _ gradient: RecurrentStepsGradient, _ pass: Pass) {
    let rows = order.rows(of: step)
    for index in layers.indices.dropFirst().reversed() {
      layers[index].stepBack(
        step, with: gradient.recurrentWeights[index],
        outputGradient: gradient.deltas[index].rows(rows), traces[index], gradient.carried[index],
        pass)
      let below = gradient.deltas[index - 1].rows(rows)
      layers[index].inputGradient(
        with: gradient.inputWeights[index - 1], rows: rows, into: below, adding: false,
        traces[index], pass)
      dropouts[index - 1].apply(
        to: below, firstRow: rows.lowerBound, sentences: order.sentences[..<rows.count], pass)
      residual?.addBack(gradient.deltas[index].rows(rows), to: below, pass)
    }
    layers[0].stepBack(
      step, with: gradient.recurrentWeights[0], outputGradient: gradient.deltas[0].rows(rows),
      traces[0], gradient.carried[0], pass)
    if step > 0, let fed = gradient.fed, let weight = gradient.fedWeight {
      layers[0].inputGradient(
        with: weight, rows: rows, into: fed.rows(self.rows(before: step)), adding: true, traces[0],
        pass)
    }
  }

  /// Adds to the gradients of all weights, after the loop, writes those of the first states, `[B, H]`, in the order of
  /// the batch, and returns ∂x, `[N, in − Φ]`, packed.
  package func finishBack(
    _ gradient: RecurrentStepsGradient, initial: [CellState], _ pass: Pass, gradients: Parameters
  ) -> Matrix {
    layers[0].accumulateInput(
      inputs[0], rows: 0..<order.count, columns: inputColumns, traces[0], pass,
      gradients: gradients)
    accumulateFed(pass, gradients: gradients)
    for index in layers.indices.dropFirst() {
      layers[index].accumulateInput(
        inputs[index], rows: 0..<order.count, traces[index], pass, gradients: gradients)
    }
    for index in layers.indices {
      layers[index].finishBack(
        traces[index], gradient.carried[index], initial: initial[index], pass, gradients: gradients)
    }
    let inputGradient = pass.workspace.matrix(rows: order.count, columns: inputs[0].columns)
    layers[0].inputGradient(
      with: layers[0].packedInputBack(columns: inputColumns, pass), rows: 0..<order.count,
      into: inputGradient, adding: false, traces[0], pass)
    return inputGradient
  }

  /// Adds ∂W_φ = Σ ∂a_tᵀ φ_{t−1}, `[G·H, Φ]`, over all steps but the first, which is fed 0.
  private func accumulateFed(_ pass: Pass, gradients: Parameters) {
    guard let fed, order.steps > 1 else { return }
    let first = order.starts[1]
    let before = pass.workspace.matrix(rows: order.count - first, columns: fed.columns)
    for step in 1..<order.steps {
      let rows = order.rows(of: step)
      pass.kernels.copy(
        fed.rows(self.rows(before: step)),
        to: before.rows((rows.lowerBound - first)..<(rows.upperBound - first)))
    }
    layers[0].accumulateInput(
      before, rows: first..<order.count, columns: fedColumns, traces[0], pass, gradients: gradients)
  }
}

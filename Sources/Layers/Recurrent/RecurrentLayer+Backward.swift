package import DragomanTensor

/// What the backward pass through a layer carries from step to step.
package struct RecurrentGradient {
  /// ∂L/∂(state), in the order of the sorting, `[B, H]`: rows of sentences not reached yet hold the
  /// gradient of their final state.
  let carry: CellState
  /// Σ of ∂L/∂(both products after normalisation) so far, `[1, G·H]`, of layers that normalise.
  let biases: (input: Matrix, recurrent: Matrix)?
}

extension RecurrentLayer {
  /// Begins the backward pass; `final` is the gradient of the final states, `[B, H]`, in the order of the batch.
  package func gradient(
    of trace: RecurrentTrace, final: CellState? = nil, _ pass: Pass
  ) -> RecurrentGradient {
    let workspace = pass.workspace
    let carry = zeroState(rows: trace.order.sentences.count, workspace)
    if let final {
      workspace.kernels.gather(trace.order.sentences, of: final.hidden, into: carry.hidden)
      if let from = final.cell, let to = carry.cell {
        workspace.kernels.gather(trace.order.sentences, of: from, into: to)
      }
    }
    let columns = cell.gateCount * hidden
    return RecurrentGradient(
      carry: carry,
      biases: gains.map { _ in
        (workspace.zeros(rows: 1, columns: columns), workspace.zeros(rows: 1, columns: columns))
      })
  }

  /// Packs W_hh, if there is one, for the steps of the backward pass.
  package func packedRecurrentBack(_ pass: Pass) -> PackedMatrix? {
    recurrent.map {
      pass.kernels.pack(pass.weights[$0.weight], transposed: false, in: pass.workspace)
    }
  }

  /// Goes one step back with W_hh packed, given ∂L/∂(output) of its rows, `[n, H]`; ∂a is then in the trace's gates.
  ///
  /// In the forward pass: u = (ξ ⊙ h) W_hhᵀ + b_hh; h′, m′ = cell(a, u, h, m); and h′ is what comes out. So what comes
  /// from the output and from the step after add up to ∂h′, and ∂h = (the cell's direct path) + ξ ⊙ (∂u W_hh). Without
  /// a recurrent product h leads nowhere, and ∂h = 0.
  package func stepBack(
    _ step: Int, with weight: PackedMatrix?, outputGradient: Matrix, _ trace: RecurrentTrace,
    _ gradient: RecurrentGradient, _ pass: Pass
  ) {
    let rows = trace.order.rows(of: step)
    let carry = gradient.carry.rows(0..<rows.count)
    pass.kernels.add(outputGradient, to: carry.hidden)
    pass.recorder?.add(.stateGradient(inputWeight), carry.hidden)
    let cellGradient = cell.backward(
      trace.gates.rows(rows), trace.products(of: rows, keepsRecurrent),
      from: trace.state(before: step), to: trace.states.rows(rows), gradient: carry, pass.kernels)
    let recurrentGradient =
      gains == nil
      ? cellGradient : normalizeBack(cellGradient, rows: rows, trace, gradient, pass)
    guard let weight else { return pass.kernels.fill(carry.hidden, with: 0) }
    guard let stateDropout, stateDropout.isActive(in: pass) else {
      return pass.kernels.multiply(
        recurrentGradient, weight, into: carry.hidden, adding: cell.hasDirectPath)
    }
    pass.workspace.scoped {
      let share = pass.workspace.matrix(rows: rows.count, columns: hidden)
      pass.kernels.multiply(recurrentGradient, weight, into: share)
      stateDropout.apply(
        to: share, firstRow: rows.lowerBound, sentences: trace.order.sentences[..<rows.count],
        pass)
      if cell.hasDirectPath {
        pass.kernels.add(share, to: carry.hidden)
      } else {
        pass.kernels.copy(share, to: carry.hidden)
      }
    }
  }

  /// Goes back through the normalisation of the products: ∂a in the trace's gates becomes ∂(x W_ihᵀ), and
  /// ∂(h W_hhᵀ), `[n, G·H]`, is returned.
  ///
  /// In the forward pass: a = γ_ih ⊙ norm(x W_ihᵀ) + b_ih; u = γ_hh ⊙ norm(h W_hhᵀ) + b_hh.
  private func normalizeBack(
    _ cellGradient: Matrix, rows: Range<Int>, _ trace: RecurrentTrace,
    _ gradient: RecurrentGradient, _ pass: Pass
  ) -> Matrix {
    let (a, u) = (trace.gates.rows(rows), trace.products(of: rows, true))
    guard let gains, let kept = trace.normalized, let biases = gradient.biases else {
      return cellGradient
    }
    // A cell that adds its products has one gradient for both.
    if recurrent != nil, !cell.keepsRecurrent { pass.kernels.copy(cellGradient, to: u) }
    pass.kernels.addColumnSums(of: a, to: biases.input)
    pass.kernels.normalizeBackward(
      a, gain: pass.weights[gains.input], gates: cell.gateCount, kept.input.rows(rows))
    guard let gain = gains.recurrent, let kept = kept.recurrent else { return a }
    pass.kernels.addColumnSums(of: u, to: biases.recurrent)
    pass.kernels.normalizeBackward(
      u, gain: pass.weights[gain], gates: cell.gateCount, kept.rows(rows))
    return u
  }

  /// Packs a block of columns of W_ih, all by default, for ``inputGradient(with:rows:into:adding:_:_:)``.
  package func packedInputBack(columns: Range<Int>? = nil, _ pass: Pass) -> PackedMatrix {
    pass.kernels.pack(
      inputWeight(columns, of: pass.weights), transposed: false, in: pass.workspace)
  }

  /// Writes ∂x = ∂a W_ih, `[n, columns]`, of some packed rows and the packed columns of W_ih, or adds it.
  ///
  /// In the forward pass: a = x W_ihᵀ + b_ih.
  package func inputGradient(
    with weight: PackedMatrix, rows: Range<Int>, into result: Matrix, adding: Bool,
    _ trace: RecurrentTrace, _ pass: Pass
  ) {
    pass.kernels.multiply(trace.gates.rows(rows), weight, into: result, adding: adding)
  }

  /// Adds ∂aᵀ x of some packed rows to the gradient of W_ih, where x, `[n, columns]`, meets a block of its columns.
  package func accumulateInput(
    _ x: Matrix, rows: Range<Int>, columns: Range<Int>? = nil, _ trace: RecurrentTrace,
    _ pass: Pass, gradients: Parameters
  ) {
    pass.kernels.multiply(
      transposed: trace.gates.rows(rows), x, into: inputWeight(columns, of: gradients),
      adding: true)
  }

  /// Adds to the gradients of W_hh, both biases and gains, after the loop, and writes the gradient of the initial
  /// state, `[B, H]`, in the order of the batch.
  ///
  /// In the forward pass, at each step: u_t = (ξ ⊙ h_{t−1}) W_hhᵀ + b_hh. So ∂W_hh += Σ_t ∂u_tᵀ (ξ ⊙ h_{t−1}), ∂b_hh +=
  /// Σ_t ∂u_t.
  package func finishBack(
    _ trace: RecurrentTrace, _ gradient: RecurrentGradient, initial: CellState, _ pass: Pass,
    gradients: Parameters
  ) {
    gradient.carry.scatter(to: trace.order.sentences, of: initial, pass.kernels)
    if let gains, let kept = trace.normalized, let biases = gradient.biases {
      pass.kernels.addColumnSums(of: kept.input.values, to: gradients[gains.input])
      addBiasGradient(biases.input, pass, gradients: gradients)
    } else {
      addBiasGradient(trace.gates, pass, gradients: gradients)
    }
    guard let recurrent else { return }
    let recurrentGradient = keepsRecurrent ? trace.recurrent ?? trace.gates : trace.gates
    pass.workspace.scoped {
      let before = pass.workspace.matrix(rows: trace.order.count, columns: hidden)
      for step in 0..<trace.order.steps {
        pass.kernels.copy(
          trace.state(before: step).hidden, to: before.rows(trace.order.rows(of: step)))
      }
      stateDropout?.apply(to: before, sentences: trace.order.packedSentences[...], pass)
      pass.kernels.multiply(
        transposed: recurrentGradient, before, into: gradients[recurrent.weight], adding: true)
    }
    if let gain = gains?.recurrent, let kept = trace.normalized?.recurrent,
      let biases = gradient.biases
    {
      pass.kernels.addColumnSums(of: kept.values, to: gradients[gain])
      pass.kernels.add(biases.recurrent, to: gradients[recurrent.bias])
    } else {
      pass.kernels.addColumnSums(of: recurrentGradient, to: gradients[recurrent.bias])
    }
  }
}

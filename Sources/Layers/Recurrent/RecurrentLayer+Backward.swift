public import DragomanTensor

/// What the way back through a layer carries from step to step.
public struct RecurrentGradient {
  /// ∂L/∂(state), in the order of the sorting, `[B, H]`: rows of sentences not reached yet hold the
  /// gradient of their final state.
  let carry: CellState
}

extension RecurrentLayer {
  /// Begins the way back; `final` is the gradient of the final states in the order of the batch.
  public func gradient(
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
    return RecurrentGradient(carry: carry)
  }

  /// Packs W_hh for the steps of the way back.
  public func packedRecurrentBack(_ pass: Pass) -> PackedMatrix {
    pass.kernels.pack(pass.weights[recurrentWeight], transposed: false, in: pass.workspace)
  }

  /// Goes one step back with W_hh packed, given ∂L/∂(output) of its rows; ∂a is then in the trace's gates.
  public func stepBack(
    _ step: Int, with weight: PackedMatrix, outputGradient: Matrix, _ trace: RecurrentTrace,
    _ gradient: RecurrentGradient, _ pass: Pass
  ) {
    let rows = trace.order.rows(of: step)
    let carry = gradient.carry.rows(0..<rows.count)
    pass.kernels.add(outputGradient, to: carry.hidden)
    let recurrentGradient = cell.backward(
      trace.gates.rows(rows), trace.recurrent.rows(cell.keepsRecurrent ? rows : 0..<rows.count),
      from: trace.state(before: step), to: trace.states.rows(rows), gradient: carry, pass.kernels)
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

  /// Packs a block of columns of W_ih, all by default, for ``inputGradient(with:rows:into:adding:_:_:)``.
  public func packedInputBack(columns: Range<Int>? = nil, _ pass: Pass) -> PackedMatrix {
    pass.kernels.pack(
      inputWeight(columns, of: pass.weights), transposed: false, in: pass.workspace)
  }

  /// Writes ∂x = ∂a W_ih of some packed rows and the packed columns of W_ih, or adds it.
  public func inputGradient(
    with weight: PackedMatrix, rows: Range<Int>, into result: Matrix, adding: Bool,
    _ trace: RecurrentTrace, _ pass: Pass
  ) {
    pass.kernels.multiply(trace.gates.rows(rows), weight, into: result, adding: adding)
  }

  /// Adds ∂aᵀ x of some packed rows to the gradient of W_ih, where x meets a block of its columns.
  public func accumulateInput(
    _ x: Matrix, rows: Range<Int>, columns: Range<Int>? = nil, _ trace: RecurrentTrace,
    _ pass: Pass, gradients: Parameters
  ) {
    pass.kernels.multiply(
      transposed: trace.gates.rows(rows), x, into: inputWeight(columns, of: gradients),
      adding: true)
  }

  /// Adds to the gradients of W_hh and both biases, after the loop, and writes the gradient of the initial state in
  /// the order of the batch.
  public func finishBack(
    _ trace: RecurrentTrace, _ gradient: RecurrentGradient, initial: CellState, _ pass: Pass,
    gradients: Parameters
  ) {
    gradient.carry.scatter(to: trace.order.sentences, of: initial, pass.kernels)
    let recurrentGradient = cell.keepsRecurrent ? trace.recurrent : trace.gates
    pass.workspace.scoped {
      let before = pass.workspace.matrix(rows: trace.order.count, columns: hidden)
      for step in 0..<trace.order.steps {
        pass.kernels.copy(
          trace.state(before: step).hidden, to: before.rows(trace.order.rows(of: step)))
      }
      stateDropout?.apply(to: before, sentences: trace.order.packedSentences[...], pass)
      pass.kernels.multiply(
        transposed: recurrentGradient, before, into: gradients[recurrentWeight], adding: true)
    }
    pass.kernels.addColumnSums(of: recurrentGradient, to: gradients[recurrentBias])
    pass.kernels.addColumnSums(of: trace.gates, to: gradients[inputBias])
  }
}

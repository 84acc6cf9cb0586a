import DragomanTensor

/// One layer over whole sentences: a recurrence, or two in opposite directions side by side.
///
///     hᵢ = →hᵢ        or        hᵢ = [→hᵢ ; ←hᵢ]
///
/// Schuster and Paliwal 1997; Bahdanau et al. 2015, section 3.2.
package struct SequenceLayer: Sendable {
  /// Forward, and backward if there are two.
  package let recurrences: [Recurrence]

  /// The layer of these recurrences, which are equally wide.
  init(_ recurrences: [Recurrence]) { self.recurrences = recurrences }

  /// H of one direction.
  package var hidden: Int { recurrences[0].layer.hidden }
  /// Numbers that go in per token.
  var inputs: Int { recurrences[0].layer.inputs }
  /// D, the numbers per token that come out.
  package var width: Int { hidden * recurrences.count }
  /// Whether states have a cell vector.
  package var hasCell: Bool { recurrences[0].layer.hasCell }

  private func columns(_ index: Int) -> Range<Int> {
    (index * hidden)..<((index + 1) * hidden)
  }

  /// Maps `[N, in]` to `[N, D]`, in memory of its own where none is given; a trace per direction is for the backward
  /// pass.
  ///
  /// `initial` is the first state of each direction in the order of the batch, zero by default.
  func forward(
    _ input: Matrix, order: PackedOrder, initial: [CellState]? = nil, output: Matrix? = nil,
    _ pass: Pass
  ) -> (output: Matrix, traces: [Recurrence.Trace]) {
    let output = output ?? pass.workspace.matrix(rows: order.count, columns: width)
    let traces = recurrences.enumerated().map { index, recurrence in
      recurrence.forward(
        input, order: order, initial: initial?[index], output: output.columns(columns(index)), pass)
    }
    return (output, traces)
  }

  /// Returns the gradients of the input, `[N, in]`, and of the first states, `[B, H]`, given those of the output,
  /// `[N, D]`, and of the final state of each direction, `[B, H]`.
  func backward(
    _ outputGradient: Matrix, finals: [CellState?]?, _ traces: [Recurrence.Trace], _ pass: Pass,
    gradients: Parameters
  ) -> (input: Matrix, initial: [CellState]) {
    let inputGradient = pass.workspace.zeros(rows: outputGradient.rows, columns: inputs)
    let initial = recurrences.enumerated().map { index, recurrence in
      recurrence.backward(
        outputGradient.columns(columns(index)), final: finals?[index], traces[index],
        inputGradient: inputGradient, pass, gradients: gradients)
    }
    return (inputGradient, initial)
  }
}

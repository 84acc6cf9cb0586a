package import DragomanTensor

/// One layer of an encoder: a recurrence, or two in opposite directions side by side.
///
///     hᵢ = →hᵢ        or        hᵢ = [→hᵢ ; ←hᵢ]
///
/// Schuster and Paliwal 1997; Bahdanau et al. 2015, section 3.2.
package struct SequenceLayer: Sendable {
  /// Forward, and backward if there are two.
  package let recurrences: [Recurrence]

  /// Adds the parameters `name.forward.…` and, if bidirectional, `name.backward.…`.
  package init(
    name: String, cell: CellKind, inputs: Int, hidden: Int, bidirectional: Bool,
    stateDropout: () -> Dropout? = { nil }, isNormalized: Bool = false,
    layout: inout ParameterLayout
  ) {
    recurrences = (bidirectional ? Direction.allCases : [.forward]).map { direction in
      Recurrence(
        layer: RecurrentLayer(
          name: "\(name).\(direction.rawValue)", cell: cell, inputs: inputs, hidden: hidden,
          stateDropout: stateDropout(), isNormalized: isNormalized, layout: &layout),
        direction: direction)
    }
  }

  /// H of one direction.
  package var hidden: Int { recurrences[0].layer.hidden }
  /// D, the numbers per token that come out.
  package var width: Int { hidden * recurrences.count }
  /// Whether states have a cell vector.
  package var hasCell: Bool { recurrences[0].layer.hasCell }

  private func columns(_ index: Int) -> Range<Int> {
    (index * hidden)..<((index + 1) * hidden)
  }

  /// Maps `[N, in]` to `[N, D]`; a trace per direction is for the way back.
  package func forward(
    _ input: Matrix, order: PackedOrder, _ pass: Pass
  ) -> (output: Matrix, traces: [Recurrence.Trace]) {
    let output = pass.workspace.matrix(rows: order.count, columns: width)
    let traces = recurrences.enumerated().map { index, recurrence in
      recurrence.forward(
        input, order: order, output: output.columns(columns(index)), pass)
    }
    return (output, traces)
  }

  /// Returns the gradient of the input, `[N, in]`, given those of the output, `[N, D]`, and of the final
  /// state of each direction.
  package func backward(
    _ outputGradient: Matrix, finals: [CellState?], _ traces: [Recurrence.Trace], _ pass: Pass,
    gradients: Parameters
  ) -> Matrix {
    let inputGradient = pass.workspace.zeros(
      rows: outputGradient.rows, columns: recurrences[0].layer.inputs)
    for (index, recurrence) in recurrences.enumerated() {
      recurrence.backward(
        outputGradient.columns(columns(index)), final: finals[index], traces[index],
        inputGradient: inputGradient, pass, gradients: gradients)
    }
    return inputGradient
  }
}

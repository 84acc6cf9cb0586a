package import DragomanLayers
import DragomanTensor

/// The state of a recurrent layer.
package struct WalkState: Sendable, Equatable {
  /// h, `[H]`.
  package let hidden: [Float]
  /// m, `[H]`, of an LSTM.
  package let cell: [Float]?
}

/// A recurrent layer's way through a sentence.
package struct WalkRecurrence: Sendable {
  /// The layer, as its parameters are named: `encoder.0.forward`.
  package let name: String
  /// Its cell.
  package let cell: CellKind
  /// Whether it reads the sentence from its end.
  package let isBackward: Bool
  /// The state before the first step.
  package let initial: WalkState
  /// The steps in the order of reading.
  package let steps: [WalkCell]

  /// The step that reads a position.
  package func step(at position: Int) -> WalkCell {
    steps[isBackward ? steps.count - 1 - position : position]
  }
}

/// A step of a recurrent layer.
package struct WalkCell: Sendable {
  /// x, what the layer reads beside its state; without what is fed.
  package let input: [Float]
  /// The gates in the order of ``CellKind/gates``, `[H]` each.
  package let gates: [[Float]]
  /// The state after the step.
  package let state: WalkState
}

extension WalkState {
  /// A row of the states of a batch.
  init(_ state: CellState, row: Int) {
    let rows = row..<(row + 1)
    self.init(
      hidden: state.hidden.rows(rows).elements, cell: state.cell?.rows(rows).elements)
  }
}

extension WalkRecurrence {
  /// What a layer did with the only sentence of a batch.
  init(
    _ name: String, _ kind: CellKind, _ trace: RecurrentTrace, inputs: Matrix, isBackward: Bool
  ) {
    self.name = name
    cell = kind
    self.isBackward = isBackward
    initial = WalkState(trace.initial, row: 0)
    let size = trace.states.hidden.columns
    steps = (0..<trace.states.hidden.rows).map { step in
      let gates = trace.gateValues.rows(step..<(step + 1))
      return WalkCell(
        input: inputs.rows(step..<(step + 1)).elements,
        gates: kind.gates.indices.map { gates.columns(($0 * size)..<(($0 + 1) * size)).elements },
        state: WalkState(trace.states, row: step))
    }
  }
}

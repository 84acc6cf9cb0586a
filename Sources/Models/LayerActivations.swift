package import DragomanLayers
package import DragomanTensor

/// What one layer did with a batch, for people to see: a row per token, in no order that matters.
package struct LayerActivations {
  /// Numbers of one kind.
  package struct Part {
    /// What they are: `update`, `state`.
    package let name: String
    /// Where they lie.
    package let range: GateRange
    /// The numbers, `[N, H]`.
    package let values: Matrix
  }

  /// The layer, as its parameters are named: `encoder.0.forward`.
  package let name: String
  /// Its numbers; what it gives comes last.
  package let parts: [Part]
}

extension LayerActivations {
  /// The gates and the state h of a recurrent layer.
  init(name: String, cell: CellKind, _ trace: RecurrentTrace) {
    self.name = name
    let (states, gates) = (trace.states.hidden, trace.gateValues)
    parts =
      cell.gates.enumerated().map { index, gate in
        let columns = (index * states.columns)..<((index + 1) * states.columns)
        return Part(name: gate.name, range: gate.range, values: gates.columns(columns))
      } + [
        Part(name: "state", range: cell.hasRecurrentProduct ? .tanh : .unbounded, values: states)
      ]
  }
}

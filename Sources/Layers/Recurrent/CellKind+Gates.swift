package import DragomanTensor

/// A gate of a recurrent cell.
package struct Gate: Sendable, Equatable {
  /// What it is called.
  package let name: String
  /// Whether it lies between 0 and 1; else between −1 and 1.
  package let isSigmoid: Bool

  /// A gate.
  package init(name: String, isSigmoid: Bool) {
    self.name = name
    self.isSigmoid = isSigmoid
  }
}

extension CellKind {
  /// The gates in the order of the weights.
  package var gates: [Gate] {
    switch self {
    case .gru:
      [
        Gate(name: "reset", isSigmoid: true), Gate(name: "update", isSigmoid: true),
        Gate(name: "candidate", isSigmoid: false),
      ]
    case .lstm:
      [
        Gate(name: "input", isSigmoid: true), Gate(name: "forget", isSigmoid: true),
        Gate(name: "candidate", isSigmoid: false), Gate(name: "output", isSigmoid: true),
      ]
    }
  }
}

extension RecurrentTrace {
  /// The gates at every token, packed, gate after gate: `[N, G·H]`; undefined after the way back.
  package var gateValues: Matrix { gates }
}

public import DragomanTensor

/// A gate of a recurrent cell.
public struct Gate: Sendable, Equatable {
  /// What it is called.
  public let name: String
  /// Whether it lies between 0 and 1; else between −1 and 1.
  public let isSigmoid: Bool

  /// A gate.
  public init(name: String, isSigmoid: Bool) {
    self.name = name
    self.isSigmoid = isSigmoid
  }
}

extension CellKind {
  /// The gates in the order of the weights.
  public var gates: [Gate] {
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
  public var gateValues: Matrix { gates }
}

import DragomanLayers
import DragomanPages
import DragomanTranslation

extension WalkSheet {
  /// The gates of a step, and m of a cell that has one, each beside its equation.
  func gates(_ step: WalkCell, _ cell: CellKind, of place: String) -> [HTML] {
    var rows = zip(step.gates, cell.gates).map { values, gate in
      vector(
        "\(gate.name) \(gate.letter) \(place)", gate.equation, values, .of(values, in: gate.range))
    }
    if let values = step.state.cell, let equation = cell.stateEquations.cell {
      rows.append(vector("m \(place)", equation, values, .of([values])))
    }
    return rows
  }
}

extension VectorStrip.Scale {
  /// The scale of numbers that lie there.
  static func of(_ values: [Float], in range: GateRange) -> VectorStrip.Scale {
    switch range {
    case .sigmoid, .tanh: .unit
    case .unbounded: .of([values])
    }
  }
}

extension Parameters {
  /// Fills every tensor as its ``Initialization`` says, from (seed, name): a tensor does not depend on
  /// which others there are.
  package func initialize(seed: UInt64) {
    for entry in layout.entries {
      var random = Random(seed: seed, name: entry.name)
      fill(self[entry.handle], entry.initialization, &random)
    }
  }

  private func fill(_ matrix: Matrix, _ initialization: Initialization, _ random: inout Random) {
    switch initialization {
    case .zeros:
      matrix.fillRows(0..<matrix.rows) { _, _ in 0 }
    case .glorot(let gates):
      let rows = matrix.rowsPerGate(gates)
      let limit = (6 / Double(rows + matrix.columns)).squareRoot()
      matrix.fillRows(0..<matrix.rows) { _, _ in Float(limit * (2 * random.uniform() - 1)) }
    case .orthogonal(let gates):
      let rows = matrix.rowsPerGate(gates)
      for gate in 0..<gates {
        let block = random.orthogonal(rows: rows, columns: matrix.columns)
        matrix.rows(gate * rows..<(gate + 1) * rows).fillRows(0..<rows) {
          block[$0 * matrix.columns + $1]
        }
      }
    case .normal(let deviation):
      matrix.fillRows(0..<matrix.rows) { _, _ in Float(Double(deviation) * random.normal()) }
    case .ones(let gate, let gates):
      precondition(gate >= 0 && gate < gates, "gate \(gate) of \(gates)")
      // A vector has its gates side by side.
      let vector = matrix.rows == 1
      let size = vector ? matrix.columns : matrix.rows
      precondition(size % gates == 0, "\(matrix.shape) in \(gates) gates")
      let chosen = gate * (size / gates)..<(gate + 1) * (size / gates)
      matrix.fillRows(0..<matrix.rows) { chosen.contains(vector ? $1 : $0) ? 1 : 0 }
    }
  }
}

extension Matrix {
  fileprivate func rowsPerGate(_ gates: Int) -> Int {
    precondition(gates >= 1 && rows % gates == 0, "\(shape) in \(gates) gates")
    return rows / gates
  }

  /// Sets the elements of these rows one by one, row after row.
  fileprivate func fillRows(_ range: Range<Int>, _ element: (Int, Int) -> Float) {
    for row in range {
      for column in 0..<columns { self[row, column] = element(row, column) }
    }
  }
}

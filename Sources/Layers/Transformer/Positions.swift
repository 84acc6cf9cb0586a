package import DragomanTensor
import Synchronization

/// Where tokens stand, as a vector that is added to their word vectors.
package enum Positions: Sendable {
  /// p(pos, 2i) = sin(pos / 10000^(2i/D)), p(pos, 2i + 1) = cos(…), pos from 0 (Vaswani et al. 2017, section 3.5).
  case sinusoid(SinusoidTable)
  /// A row of parameters for each of so many positions, `[P, D]` (Gehring et al. 2017, arXiv:1705.03122).
  case learnt(Embedding)

  /// Positions that there are; `nil` is any number.
  package var reach: Int? {
    switch self {
    case .sinusoid: nil
    case .learnt(let table): table.vocabulary
    }
  }

  /// Adds the vector of each position to a row, `[N, D]`.
  package func add(_ positions: [Int32], to x: Matrix, _ pass: Pass) {
    pass.workspace.scoped {
      switch self {
      case .sinusoid(let table):
        let rows = pass.workspace.matrix(rows: x.rows, columns: x.columns)
        pass.kernels.gather(
          positions, of: table.rows(Int(positions.max() ?? 0) + 1), into: rows)
        pass.kernels.add(rows, to: x)
      case .learnt(let table):
        pass.kernels.add(table.forward(positions, pass), to: x)
      }
    }
  }

  /// Adds to the gradient of the table, if there is one, given that of the sum, `[N, D]`.
  package func backward(
    _ gradient: Matrix, _ positions: [Int32], _ pass: Pass, gradients: Parameters
  ) {
    switch self {
    case .sinusoid: break
    case .learnt(let table): table.backward(gradient, ids: positions, pass, gradients: gradients)
    }
  }
}

/// The sinusoids of as many positions as anybody has asked for so far.
package final class SinusoidTable: Sendable {
  private let size: Int
  private let table: Mutex<Matrix>

  /// A table of rows of `size` numbers, which has to be even.
  package init(size: Int) {
    precondition(size > 0 && size.isMultiple(of: 2), "sinusoids of \(size) numbers")
    self.size = size
    table = Mutex(Matrix(rows: 0, columns: size))
  }

  /// The first `count` positions at least, `[≥ count, D]`.
  package func rows(_ count: Int) -> Matrix {
    table.withLock { table in
      guard table.rows < count else { return table }
      let grown = Matrix(rows: max(count, 2 * table.rows, 256), columns: size)
      for position in 0..<grown.rows {
        for pair in 0..<(size / 2) {
          let (sine, cosine) = SinusoidTable.numbers(position, pair: pair, size: size)
          grown[position, 2 * pair] = Float(sine)
          grown[position, 2 * pair + 1] = Float(cosine)
        }
      }
      table = grown
      return grown
    }
  }
}

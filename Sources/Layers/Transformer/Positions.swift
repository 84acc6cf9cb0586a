package import DragomanTensor
import Synchronization

/// Tells a Transformer where tokens stand: a vector for each position, added to the word vectors.
///
///     x = √D X[ids] + p        p(pos, 2i) = sin(pos / 10000^(2i/D))        p(pos, 2i + 1) = cos(pos / 10000^(2i/D))
///
/// with positions from 0. Vaswani et al. 2017, sections 3.4 and 3.5 (arXiv:1706.03762). There is a row for as many positions
/// as anybody has asked for so far.
package final class Positions: Sendable {
  private let table: Mutex<Matrix>
  private let size: Int

  /// Positions as vectors of `size` numbers, which has to be even.
  package init(size: Int) {
    self.size = size
    table = Mutex(Matrix.sinusoids(0, size: size))
  }

  /// Scales rows, `[N, D]`, by √D and adds the vectors of their positions, in place.
  package func add(_ positions: [Int32], to x: Matrix, _ pass: Pass) {
    pass.kernels.scale(x, by: scale)
    pass.workspace.scoped {
      let rows = pass.workspace.matrix(rows: x.rows, columns: x.columns)
      pass.kernels.gather(positions, of: vectors(Int(positions.max() ?? 0) + 1), into: rows)
      pass.kernels.add(rows, to: x)
    }
  }

  /// Turns the gradient of the sum into that of the rows before, in place.
  package func backward(_ gradient: Matrix, _ pass: Pass) {
    pass.kernels.scale(gradient, by: scale)
  }

  private var scale: Float { Float(size).squareRoot() }

  /// The first `count` positions at least, `[≥ count, D]`.
  private func vectors(_ count: Int) -> Matrix {
    table.withLock { table in
      if table.rows < count {
        table = Matrix.sinusoids(max(count, 2 * table.rows, 256), size: size)
      }
      return table
    }
  }
}

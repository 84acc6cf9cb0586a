import DragomanTensor
import Synchronization

/// Vectors of sines and cosines for positions.
///
///     ρ(pos, 2i) = sin(pos / 10000^(2i/D))        ρ(pos, 2i + 1) = cos(pos / 10000^(2i/D))
///
/// Vaswani et al. 2017, section 3.5 (arXiv:1706.03762). There is a row for as many positions as anybody has asked for
/// so far.
package final class Sinusoids: Sendable {
  private let table: Mutex<Matrix>
  private let size: Int

  /// Positions as vectors of `size` numbers, which has to be even.
  init(size: Int) {
    self.size = size
    table = Mutex(Matrix.sinusoids(0, size: size))
  }

  /// The vectors of N positions, `[N, D]`.
  func forward(_ positions: [Int32], into rows: Matrix, _ pass: Pass) {
    pass.kernels.gather(positions, of: vectors(Int(positions.max() ?? 0) + 1), into: rows)
  }

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

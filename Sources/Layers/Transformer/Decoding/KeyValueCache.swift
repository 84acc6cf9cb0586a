import DragomanTensor

/// The keys and values of all tokens that a search has written, side by side: each row is stored once.
///
/// Hypotheses that share their beginning share its rows; which rows a hypothesis has, its state knows.
final class KeyValueCache {
  private var memory: Matrix
  /// Rows so far.
  private(set) var count = 0

  /// A cache of rows of 2D numbers.
  init(columns: Int) { memory = Matrix(rows: 0, columns: columns) }

  /// Adds rows after those there are, `[n, 2D]`.
  func append(_ rows: Matrix, _ kernels: Kernels) {
    if count + rows.rows > memory.rows {
      let grown = Matrix(
        rows: max(2 * memory.rows, count + rows.rows, 64), columns: memory.columns)
      kernels.copy(memory.rows(0..<count), to: grown.rows(0..<count))
      memory = grown
    }
    kernels.copy(rows, to: memory.rows(count..<(count + rows.rows)))
    count += rows.rows
  }

  /// All rows, `[count, 2D]`.
  var rows: Matrix { memory.rows(0..<count) }
}

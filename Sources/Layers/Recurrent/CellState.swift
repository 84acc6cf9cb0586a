package import DragomanTensor

/// The state of a recurrence, or the gradient of one: a row per sentence.
package struct CellState: Sendable {
  /// h, `[B, H]`.
  package let hidden: Matrix
  /// m, `[B, H]`, of cells that have one.
  package let cell: Matrix?

  /// A state of these matrices.
  package init(hidden: Matrix, cell: Matrix?) {
    self.hidden = hidden
    self.cell = cell
  }

  /// m in the place of h, of a state that has one.
  package var cellAsHidden: CellState { CellState(hidden: cell ?? hidden, cell: nil) }

  /// A state of zeros.
  package static func zeros(
    rows: Int, hidden: Int, hasCell: Bool, _ workspace: Workspace
  ) -> CellState {
    CellState(
      hidden: workspace.zeros(rows: rows, columns: hidden),
      cell: hasCell ? workspace.zeros(rows: rows, columns: hidden) : nil)
  }

  /// A block of sentences.
  package func rows(_ range: Range<Int>) -> CellState {
    CellState(hidden: hidden.rows(range), cell: cell?.rows(range))
  }

  /// A block of columns.
  package func columns(_ range: Range<Int>) -> CellState {
    CellState(hidden: hidden.columns(range), cell: cell?.columns(range))
  }

  /// The states at `rows`, in new memory.
  package func gathered(_ rows: [Int32], _ workspace: Workspace) -> CellState {
    CellState(
      hidden: workspace.gathered(rows, of: hidden),
      cell: cell.map { workspace.gathered(rows, of: $0) })
  }

  /// Puts the states to `rows` of others; a permutation.
  package func scatter(to rows: [Int32], of target: CellState, _ kernels: Kernels) {
    kernels.scatter(hidden, to: rows, of: target.hidden)
    if let cell, let targetCell = target.cell {
      kernels.scatter(cell, to: rows, of: targetCell)
    }
  }

  /// Adds the numbers of a state that is as large; m of one that has none is not added.
  package func add(_ other: CellState, _ kernels: Kernels) {
    kernels.add(other.hidden, to: hidden)
    if let from = other.cell, let to = cell { kernels.add(from, to: to) }
  }
}

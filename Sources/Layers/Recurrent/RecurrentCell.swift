package import DragomanTensor

/// The pointwise part of a recurrent cell: what it does with the results of its two products.
///
/// ``RecurrentLayer`` supplies `a = x W_ihᵀ + b_ih` and `c = h W_hhᵀ + b_hh`, both `[B, G·H]`, gate after
/// gate. A new cell is one file that conforms and one case of ``CellKind``; the products, the time
/// loop, packing and the gradient checks are common to all.
package protocol RecurrentCell: Sendable {
  /// G, the number of gates.
  var gates: Int { get }
  /// Whether the state has a cell vector c beside h.
  var hasCell: Bool { get }
  /// The gate whose bias starts at 1, if any.
  var openGate: Int? { get }
  /// Whether `c` has to be kept for the way back.
  var keepsRecurrent: Bool { get }
  /// Whether the gradient has a path from h′ to h beside the recurrent product.
  var hasDirectPath: Bool { get }

  /// Writes the next state and overwrites `a` by what ``backward(_:_:from:to:gradient:_:)`` needs.
  func forward(
    _ a: Matrix, _ c: Matrix, from state: CellState, to next: CellState, _ kernels: Kernels)

  /// Turns the gradient of the next state into those of `a`, `c` and the state.
  ///
  /// On entry `gradient` is ∂L/∂(next state); on return its hidden part is the direct path's share of
  /// ∂L/∂h (undefined without one) and its cell part ∂L/∂c. `a` becomes ∂L/∂a.
  ///
  /// - Returns: ∂L/∂c of the recurrent product, `[B, G·H]`: in the memory of `a` or of `c`.
  func backward(
    _ a: Matrix, _ c: Matrix, from state: CellState, to next: CellState, gradient: CellState,
    _ kernels: Kernels
  ) -> Matrix
}

/// The cells there are.
package enum CellKind: String, Sendable, CaseIterable {
  /// The gated recurrent unit.
  case gru
  /// Long short-term memory.
  case lstm

  /// The cell of this kind.
  package var cell: any RecurrentCell {
    switch self {
    case .gru: GRUCell()
    case .lstm: LSTMCell()
    }
  }
}

/// The state of a recurrence, or the gradient of one: a row per sentence.
package struct CellState: Sendable {
  /// h, `[B, H]`.
  package let hidden: Matrix
  /// c, `[B, H]`, of cells that have one.
  package let cell: Matrix?

  /// A state of these matrices.
  package init(hidden: Matrix, cell: Matrix?) {
    self.hidden = hidden
    self.cell = cell
  }

  /// A state of `rows` sentences whose numbers are not defined yet.
  package init(rows: Int, hidden: Int, hasCell: Bool, _ workspace: Workspace) {
    self.hidden = workspace.matrix(rows: rows, columns: hidden)
    cell = hasCell ? workspace.matrix(rows: rows, columns: hidden) : nil
  }

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

  /// The states at `rows`, in new memory.
  package func gathered(_ rows: [Int32], _ workspace: Workspace) -> CellState {
    func gather(_ source: Matrix) -> Matrix {
      let result = workspace.matrix(rows: rows.count, columns: source.columns)
      workspace.kernels.gather(rows, of: source, into: result)
      return result
    }
    return CellState(hidden: gather(hidden), cell: cell.map(gather))
  }

  /// Puts the states to `rows` of others; a permutation.
  package func scatter(to rows: [Int32], of target: CellState, _ kernels: Kernels) {
    kernels.scatter(hidden, to: rows, of: target.hidden)
    if let cell, let targetCell = target.cell {
      kernels.scatter(cell, to: rows, of: targetCell)
    }
  }
}

/// The cells there are.
package enum CellKind: String, Sendable, CaseIterable {
  /// The gated recurrent unit.
  case gru
  /// Long short-term memory.
  case lstm
  /// The simpler simple recurrent unit.
  case ssru

  /// The cell of this kind.
  package var cell: any RecurrentCell {
    switch self {
    case .gru: GRUCell()
    case .lstm: LSTMCell()
    case .ssru: SSRUCell()
    }
  }

  /// What it is called in a sentence: `GRU`.
  package var words: String { type(of: cell).words }
  /// The gates in the order of the weights.
  package var gates: [Gate] { type(of: cell).gates }
  /// The equation of the next m, of cells that have one, and that of the next h.
  package var stateEquations: (cell: String?, hidden: String) { type(of: cell).stateEquations }
  /// Whether the gates need no more than the sum of the two products.
  package var addsProducts: Bool { !cell.keepsRecurrent }
  /// Whether h reaches the gates of the next step.
  package var hasRecurrentProduct: Bool { cell.hasRecurrentProduct }
  /// Whether the state has a cell vector m beside h.
  package var hasCell: Bool { cell.hasCell }
  /// The gates that have a bias.
  package var biasedGates: Range<Int> { cell.biasedGates }
}

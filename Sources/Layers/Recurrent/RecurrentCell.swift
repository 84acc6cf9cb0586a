package import DragomanTensor

/// The pointwise part of a recurrent cell: what it does with the results of its two products.
///
/// ``RecurrentLayer`` supplies `a = x W_ihᵀ + b_ih` and `u = h W_hhᵀ + b_hh`, both `[B, G·H]`, gate after
/// gate; of a cell without a recurrent product u is `a` once more, to be left alone. A new cell is one file that
/// conforms and one case of ``CellKind``; the products, the time loop, packing, the gradient checks and the pages that
/// explain a model are common to all.
package protocol RecurrentCell: Sendable {
  /// What it is called in a sentence: `GRU`.
  static var words: String { get }
  /// The gates in the order of the weights.
  static var gates: [Gate] { get }
  /// The equation of the next m, of cells that have one, and that of the next h.
  static var stateEquations: (cell: String?, hidden: String) { get }
  /// Whether the state has a cell vector m beside h.
  var hasCell: Bool { get }
  /// The gate whose bias starts at 1, if any.
  var openGate: Int? { get }
  /// Whether h enters a product; else it leads nowhere but out of the layer.
  var hasRecurrentProduct: Bool { get }
  /// The gates that have a bias, those of `a`.
  var biasedGates: Range<Int> { get }
  /// Whether `u` has to be kept for the backward pass.
  var keepsRecurrent: Bool { get }
  /// Whether the gradient has a path from h′ to h beside the recurrent product.
  var hasDirectPath: Bool { get }

  /// Writes the next state, `[B, H]`, and overwrites `a`, `[B, G·H]`, by what ``backward(_:_:from:to:gradient:_:)``
  /// needs.
  func forward(
    _ a: Matrix, _ u: Matrix, from state: CellState, to next: CellState, _ kernels: Kernels)

  /// Turns the gradient of the next state into those of `a`, `u` and the state.
  ///
  /// On entry `gradient`, `[B, H]`, is ∂L/∂(next state); on return its hidden part is the direct path's share of
  /// ∂L/∂h (undefined without one) and its cell part ∂L/∂m. `a` becomes ∂L/∂a.
  ///
  /// - Returns: ∂L/∂u, `[B, G·H]`: in the memory of `a` or of `u`.
  func backward(
    _ a: Matrix, _ u: Matrix, from state: CellState, to next: CellState, gradient: CellState,
    _ kernels: Kernels
  ) -> Matrix
}

extension RecurrentCell {
  /// Most cells have one.
  package var hasRecurrentProduct: Bool { true }
  /// All of them, most often.
  package var biasedGates: Range<Int> { 0..<gateCount }
  /// G, the number of gates.
  var gateCount: Int { Self.gates.count }
}

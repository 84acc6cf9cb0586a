import DragomanTensor

/// A vector for each position that is learnt with the rest of the model.
///
///     ρ[pos] = P[min(pos, n − 1)]        ∂P[pos] += ∂ρ
///
/// Gehring et al. 2017, section 3.1 (arXiv:1705.03122). P is `[n, D]`; tokens after the last position share its
/// vector.
package struct LearntPositions: Sendable {
  /// P, `[n, D]`.
  let table: Parameter

  /// Adds the table `name` to the layout; normal with deviation 0.02.
  ///
  /// As BERT does (Devlin et al. 2019, arXiv:1810.04805).
  init(name: String, count: Int, size: Int, layout: inout ParameterLayout) {
    table = layout.matrix(name, rows: count, columns: size, .normal(deviation: 0.02))
  }

  /// The vectors of N positions, `[N, D]`.
  func forward(_ positions: [Int32], into rows: Matrix, _ pass: Pass) {
    pass.kernels.gather(stored(positions), of: pass.weights[table], into: rows)
  }

  /// Adds the gradients of N vectors, `[N, D]`, to those of the table.
  func backward(
    _ gradient: Matrix, _ positions: [Int32], _ pass: Pass, gradients: Parameters
  ) {
    pass.kernels.scatterAdd(gradient, to: stored(positions), of: gradients[table])
  }

  private func stored(_ positions: [Int32]) -> [Int32] {
    let last = Int32(table.rows - 1)
    return positions.map { min($0, last) }
  }
}

package import DragomanTensor

/// The location-based score, which looks at positions and not at what stands there.
///
///     eᵢ = (W s)ᵢ        W `[P, H]`
///
/// Luong, Pham and Manning 2015 (arXiv:1508.04025), section 3.1, eq. 9. Row i of W scores source position i; positions from P on have no
/// row and get weight 0.
package struct LocationScorer: AttentionScorer {
  let weight: Parameter

  /// Adds `name.weight` with a row for each of `positions` source positions.
  package init(name: String, decoder: Int, positions: Int, layout: inout ParameterLayout) {
    weight = layout.matrix(
      "\(name).weight", rows: positions, columns: decoder, .glorot(gates: 1))
  }

  /// W.
  package var queryProjection: Parameter? { weight }
  /// The encoder states are not looked at.
  package var keyProjection: Parameter? { nil }
  /// No further parameters.
  package var vector: Parameter? { nil }
  /// P.
  package var reach: Int? { weight.rows }

  /// Copies the projected query: its numbers are the scores.
  package func scores(
    _ queries: Matrix, keys: Matrix, spans: ArraySlice<AttentionSpan>, into scores: Matrix,
    _ pass: Pass
  ) {
    let positions = min(scores.columns, queries.columns)
    pass.kernels.copy(queries.columns(0..<positions), to: scores.columns(0..<positions))
  }

  /// Copies back; positions that no source of the batch has get 0.
  package func backward(
    _ scoreGradient: Matrix, _ queries: Matrix, keys: Matrix, spans: ArraySlice<AttentionSpan>,
    queryGradient: Matrix, keyGradient: Matrix, partials: Matrix?, _ pass: Pass
  ) {
    let positions = min(scoreGradient.columns, queryGradient.columns)
    pass.kernels.copy(
      scoreGradient.columns(0..<positions), to: queryGradient.columns(0..<positions))
    pass.kernels.fill(queryGradient.columns(positions..<queryGradient.columns), with: 0)
  }
}

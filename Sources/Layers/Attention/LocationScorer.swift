package import DragomanTensor

/// The location-based score, which looks at positions and not at what stands there.
///
///     eᵢ = (W s)ᵢ        W `[P, H]`
///
/// Luong, Pham and Manning 2015 (arXiv:1508.04025), section 3.1, eq. 9. Row i of W scores source position i; positions
/// from P on have no row and get weight 0.
package struct LocationScorer: AttentionScorer {
  let weight: Parameter

  /// Adds `name.weight` with a row for each source position.
  package init(name: String, _ sizes: ScorerSizes, layout: inout ParameterLayout) {
    weight = layout.matrix(
      "\(name).weight", rows: sizes.positions, columns: sizes.decoder, .glorot(gates: 1))
  }

  /// W.
  package var queryProjection: Parameter? { weight }
  /// P.
  package var reach: Int? { weight.rows }

  /// Copies the projected query: its numbers are the scores.
  package func scores(_ rated: Rated, into scores: Matrix, _ pass: Pass) {
    let positions = min(scores.columns, rated.queries.columns)
    pass.kernels.copy(
      rated.queries.columns(0..<positions), to: scores.columns(0..<positions))
  }

  /// Copies back; positions that no source of the batch has get 0.
  package func backward(
    _ scoreGradient: Matrix, _ rated: Rated, _ gradient: RatedGradient, _ pass: Pass
  ) {
    let positions = min(scoreGradient.columns, gradient.queries.columns)
    pass.kernels.copy(
      scoreGradient.columns(0..<positions), to: gradient.queries.columns(0..<positions))
    pass.kernels.fill(gradient.queries.columns(positions..<gradient.queries.columns), with: 0)
  }

  /// With the number of positions.
  package static func words(_ sizes: ScorerSizes) -> String {
    "location attention over \(sizes.positions) positions"
  }

  /// The equation above; the query is the scores, so that nobody has to see it as well.
  package static let equations = ScorerEquations(
    score: ["e_{ti} = (W s_t)_i"],
    queryGradient: "∂q_{ti} = ∂e_{ti}   with   q_t = W s_t",
    gradients: ["weight": "∂W = Σ_t ∂q_t^⊤ s_t"])
}

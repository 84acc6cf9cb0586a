package import DragomanTensor

/// The bilinear score.
///
///     eᵢ = sᵀ W hᵢ = s · kᵢ  with  kᵢ = W hᵢ        W `[H, D]`
///
/// Luong, Pham and Manning 2015 (arXiv:1508.04025), section 3.1, eq. 8 ("general"). W is applied to the encoder states,
/// once per sentence, so that a step of the decoder costs what a ``DotScorer``'s does.
package struct GeneralScorer: AttentionScorer {
  let weight: Parameter
  let rating: DotScorer

  /// Adds `name.weight`.
  package init(name: String, _ sizes: ScorerSizes, layout: inout ParameterLayout) {
    weight = layout.matrix(
      "\(name).weight", rows: sizes.decoder, columns: sizes.encoder, .glorot(gates: 1))
    var keys = sizes
    keys.encoder = sizes.decoder
    rating = DotScorer(name: name, keys, layout: &layout)
  }

  /// W.
  package var keyProjection: Parameter? { weight }

  /// Writes q · kᵢ.
  package func scores(_ rated: Rated, into scores: Matrix, _ pass: Pass) {
    rating.scores(rated, into: scores, pass)
  }

  /// As the dot product's.
  package func backward(
    _ scoreGradient: Matrix, _ rated: Rated, _ gradient: RatedGradient, _ pass: Pass
  ) {
    rating.backward(scoreGradient, rated, gradient, pass)
  }

  /// Without sizes: they are those of the states.
  package static func words(_ sizes: ScorerSizes) -> String { "general attention" }

  /// The equation above.
  package static let equations = ScorerEquations(
    score: ["e_{ti} = s_t^⊤ W h_i = s_t · k_i   with   k_i = W h_i"], key: "k_i = W h_i",
    queryGradient: "∂q_t = Σ_i ∂e_{ti} k_i   with   q_t = s_t",
    keyGradient: "∂k_i = Σ_t ∂e_{ti} s_t", stateGradient: "∂k_i W",
    gradients: ["weight": "∂W = Σ_i ∂k_i^⊤ h_i"])
}

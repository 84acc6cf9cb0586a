package import DragomanTensor

/// The bilinear score.
///
///     eᵢ = sᵀ W hᵢ = s · kᵢ  with  kᵢ = W hᵢ        W `[H, D]`
///
/// Luong, Pham and Manning 2015 (arXiv:1508.04025), section 3.1, eq. 8 ("general"). W is applied to the encoder states, once per
/// sentence, so that a step of the decoder costs what a ``DotScorer``'s does.
package struct GeneralScorer: AttentionScorer {
  let weight: Parameter
  let rating: DotScorer

  /// Adds `name.weight`.
  package init(name: String, decoder: Int, encoder: Int, layout: inout ParameterLayout) {
    weight = layout.matrix(
      "\(name).weight", rows: decoder, columns: encoder, .glorot(gates: 1))
    rating = DotScorer(decoder: decoder, encoder: decoder)
  }

  /// The state itself is the query.
  package var queryProjection: Parameter? { nil }
  /// W.
  package var keyProjection: Parameter? { weight }
  /// No further parameters.
  package var vector: Parameter? { nil }
  /// Any number of positions.
  package var reach: Int? { nil }

  /// Writes q · kᵢ.
  package func scores(
    _ queries: Matrix, keys: Matrix, spans: ArraySlice<AttentionSpan>, into scores: Matrix,
    _ pass: Pass
  ) {
    rating.scores(queries, keys: keys, spans: spans, into: scores, pass)
  }

  /// As the dot product's.
  package func backward(
    _ scoreGradient: Matrix, _ queries: Matrix, keys: Matrix, spans: ArraySlice<AttentionSpan>,
    queryGradient: Matrix, keyGradient: Matrix, partials: Matrix?, _ pass: Pass
  ) {
    rating.backward(
      scoreGradient, queries, keys: keys, spans: spans, queryGradient: queryGradient,
      keyGradient: keyGradient, partials: nil, pass)
  }
}

package import DragomanTensor

/// The dot product of the two states.
///
///     eᵢ = s · hᵢ        ∂s += ∂eᵢ hᵢ        ∂hᵢ += ∂eᵢ s
///
/// Luong, Pham and Manning 2015 (arXiv:1508.04025), section 3.1, eq. 8 ("dot"). It has no parameters and needs H = D.
package struct DotScorer: AttentionScorer {
  /// A scorer of states that are equally wide on both sides.
  package init(decoder: Int, encoder: Int) {
    precondition(
      decoder == encoder,
      "a dot product of decoder states of \(decoder) and encoder states of \(encoder)")
  }

  /// The state itself is the query.
  package var queryProjection: Parameter? { nil }
  /// The encoder states themselves are the keys.
  package var keyProjection: Parameter? { nil }
  /// No parameters of its own.
  package var vector: Parameter? { nil }
  /// Any number of positions.
  package var reach: Int? { nil }

  /// Writes q · kᵢ.
  package func scores(
    _ queries: Matrix, keys: Matrix, spans: ArraySlice<AttentionSpan>, into scores: Matrix,
    _ pass: Pass
  ) {
    pass.kernels.raggedDot(queries, keys, spans: spans, into: scores)
  }

  /// Writes ∂q = Σᵢ ∂eᵢ kᵢ and adds ∂kᵢ = Σ_q ∂eᵢ q.
  package func backward(
    _ scoreGradient: Matrix, _ queries: Matrix, keys: Matrix, spans: ArraySlice<AttentionSpan>,
    queryGradient: Matrix, keyGradient: Matrix, partials: Matrix?, _ pass: Pass
  ) {
    pass.kernels.raggedCombine(scoreGradient, keys, spans: spans, into: queryGradient)
    pass.kernels.raggedCombineTransposed(
      scoreGradient, queries, spans: spans, addingTo: keyGradient)
  }
}

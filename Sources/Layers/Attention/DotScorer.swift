package import DragomanTensor

/// The dot product of the two states.
///
///     eᵢ = s · hᵢ        ∂s += ∂eᵢ hᵢ        ∂hᵢ += ∂eᵢ s
///
/// Luong, Pham and Manning 2015 (arXiv:1508.04025), section 3.1, eq. 8 ("dot"). It has no parameters and needs H = D.
package struct DotScorer: AttentionScorer {
  /// A scorer of states that are equally wide on both sides.
  package init(name: String, _ sizes: ScorerSizes, layout: inout ParameterLayout) {
    precondition(
      sizes.decoder == sizes.encoder,
      "a dot product of decoder states of \(sizes.decoder) and encoder states of \(sizes.encoder)")
  }

  /// Writes q · kᵢ.
  package func scores(_ rated: Rated, into scores: Matrix, _ pass: Pass) {
    pass.kernels.raggedDot(rated.queries, rated.keys, spans: rated.spans, into: scores)
  }

  /// Writes ∂q = Σᵢ ∂eᵢ kᵢ and adds ∂kᵢ = Σ_q ∂eᵢ q.
  package func backward(
    _ scoreGradient: Matrix, _ rated: Rated, _ gradient: RatedGradient, _ pass: Pass
  ) {
    pass.kernels.raggedCombine(
      scoreGradient, rated.keys, spans: rated.spans, into: gradient.queries)
    pass.kernels.raggedCombineTransposed(
      scoreGradient, rated.queries, spans: rated.spans, addingTo: gradient.keys)
  }

  /// Without sizes: it has none.
  package static func words(_ sizes: ScorerSizes) -> String { "dot-product attention" }

  /// The equation above.
  package static let equations = ScorerEquations(
    score: ["e_{ti} = s_t · h_i"], queryGradient: "∂q_t = Σ_i ∂e_{ti} h_i   with   q_t = s_t",
    keyGradient: "∂k_i = Σ_t ∂e_{ti} s_t   with   k_i = h_i", stateGradient: "∂k_i",
    gradients: [:])
}

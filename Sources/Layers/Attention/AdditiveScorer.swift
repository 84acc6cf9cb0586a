package import DragomanTensor

/// The additive score: a small network of one hidden layer.
///
///     eᵢ = v · tanh(W₁ s + W₂ hᵢ)        W₁ `[A, H]`, W₂ `[A, D]`, v `[A]`
///
/// Bahdanau, Cho and Bengio 2015 (arXiv:1409.0473), appendix A.1.2, with the decoder's new state s_t as the query. With
/// τ = tanh(q + kᵢ):
///
///     ∂v += ∂eᵢ τ        ∂q += ∂eᵢ v ⊙ (1 − τ²)        ∂kᵢ += ∂eᵢ v ⊙ (1 − τ²)
package struct AdditiveScorer: AttentionScorer {
  let queryWeight: Parameter
  let keyWeight: Parameter
  let vector: Parameter

  /// Adds `name.queryWeight`, `name.keyWeight` and `name.vector`.
  package init(name: String, _ sizes: ScorerSizes, layout: inout ParameterLayout) {
    queryWeight = layout.matrix(
      "\(name).queryWeight", rows: sizes.hidden, columns: sizes.decoder, .glorot(gates: 1))
    keyWeight = layout.matrix(
      "\(name).keyWeight", rows: sizes.hidden, columns: sizes.encoder, .glorot(gates: 1))
    vector = layout.vector("\(name).vector", size: sizes.hidden, .glorot(gates: 1))
  }

  /// W₁.
  package var queryProjection: Parameter? { queryWeight }
  /// W₂.
  package var keyProjection: Parameter? { keyWeight }
  /// v.
  package var vectors: [Parameter] { [vector] }

  /// Writes v · tanh(q + kᵢ).
  package func scores(_ rated: Rated, into scores: Matrix, _ pass: Pass) {
    pass.kernels.additiveScores(
      rated.queries, rated.keys, vector: pass.weights[vector], spans: rated.spans, into: scores)
  }

  /// Computes τ again, which is cheaper than keeping n·S·A numbers.
  package func backward(
    _ scoreGradient: Matrix, _ rated: Rated, _ gradient: RatedGradient, _ pass: Pass
  ) {
    pass.kernels.additiveBackward(
      scoreGradient, queries: rated.queries, keys: rated.keys, vector: pass.weights[vector],
      spans: rated.spans, queryGradient: gradient.queries, keyGradient: gradient.keys,
      vectorPartials: gradient.partials)
  }

  /// With its size.
  package static func words(_ sizes: ScorerSizes) -> String {
    "additive attention of size \(sizes.hidden)"
  }

  /// The equations above.
  package static let equations = ScorerEquations(
    score: ["e_{ti} = v · tanh(W_1 s_t + W_2 h_i)"], query: "q_t = W_1 s_t", key: "k_i = W_2 h_i",
    queryGradient: "∂q_t = Σ_i ∂e_{ti} v ⊙ (1 − τ_{ti}^2)",
    keyGradient: "∂k_i = Σ_t ∂e_{ti} v ⊙ (1 − τ_{ti}^2)", stateGradient: "∂k_i W_2",
    gradients: [
      "queryWeight": "∂W_1 = Σ_t ∂q_t^⊤ s_t", "keyWeight": "∂W_2 = Σ_i ∂k_i^⊤ h_i",
      "vector": "∂v = Σ_{ti} ∂e_{ti} τ_{ti}   with   τ_{ti} = tanh(q_t + k_i)",
    ])
}

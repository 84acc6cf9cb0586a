package import DragomanTensor

/// The additive score: a small network of one hidden layer.
///
///     eᵢ = v · tanh(W₁ s + W₂ hᵢ)        W₁ `[A, H]`, W₂ `[A, D]`, v `[A]`
///
/// Bahdanau, Cho and Bengio 2015 (arXiv:1409.0473), appendix A.1.2, with the decoder's new state s_t as the query. With u = tanh(q + kᵢ):
///
///     ∂v += ∂eᵢ u        ∂q += ∂eᵢ v ⊙ (1 − u²)        ∂kᵢ += ∂eᵢ v ⊙ (1 − u²)
package struct AdditiveScorer: AttentionScorer {
  let queryWeight: Parameter
  let keyWeight: Parameter
  let scoreVector: Parameter

  /// Adds `name.queryWeight`, `name.keyWeight` and `name.vector`.
  package init(
    name: String, decoder: Int, encoder: Int, size: Int, layout: inout ParameterLayout
  ) {
    queryWeight = layout.matrix(
      "\(name).queryWeight", rows: size, columns: decoder, .glorot(gates: 1))
    keyWeight = layout.matrix(
      "\(name).keyWeight", rows: size, columns: encoder, .glorot(gates: 1))
    scoreVector = layout.vector("\(name).vector", size: size, .glorot(gates: 1))
  }

  /// W₁.
  package var queryProjection: Parameter? { queryWeight }
  /// W₂.
  package var keyProjection: Parameter? { keyWeight }
  /// v.
  package var vector: Parameter? { scoreVector }
  /// Any number of positions.
  package var reach: Int? { nil }

  /// Writes v · tanh(q + kᵢ).
  package func scores(
    _ queries: Matrix, keys: Matrix, spans: ArraySlice<AttentionSpan>, into scores: Matrix,
    _ pass: Pass
  ) {
    pass.kernels.additiveScores(
      queries, keys, vector: pass.weights[scoreVector], spans: spans, into: scores)
  }

  /// Computes u again, which is cheaper than keeping n·S·A numbers.
  package func backward(
    _ scoreGradient: Matrix, _ queries: Matrix, keys: Matrix, spans: ArraySlice<AttentionSpan>,
    queryGradient: Matrix, keyGradient: Matrix, partials: Matrix?, _ pass: Pass
  ) {
    guard let partials else { preconditionFailure("the additive score's v needs partial sums") }
    pass.kernels.additiveBackward(
      scoreGradient, queries: queries, keys: keys, vector: pass.weights[scoreVector],
      spans: spans, queryGradient: queryGradient, keyGradient: keyGradient,
      vectorPartials: partials)
  }
}

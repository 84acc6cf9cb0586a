package import DragomanTensor

/// Lets an additive score know how much each source position was attended to before.
///
///     eᵢ = v · tanh(W₁ s + W₂ hᵢ + w Cᵢ)        C_tᵢ = α_1ᵢ + … + α_(t−1)ᵢ        w `[A]`
///
/// See, Liu and Manning 2017 (arXiv:1704.04368), eq. 10 and 11; Tu et al. 2016 (arXiv:1601.04811), section 3.1, with
/// all fertilities 1. The scores of a step need the weights of all steps before it, so that attention goes step by step.
/// With u = tanh(q + kᵢ + w Cᵢ) and d = ∂eᵢ v ⊙ (1 − u²), v, q and kᵢ as in ``AdditiveScorer``:
///
///     ∂w += Cᵢ d        ∂Cᵢ += w · d        ∂α_tᵢ += Σ_(t′ > t) ∂C_t′ᵢ
package struct Coverage: Sendable {
  /// w.
  let weight: Parameter
  /// v.
  let vector: Parameter

  /// Adds `name.coverageWeight` for an additive scorer.
  package init(name: String, of scorer: any AttentionScorer, layout: inout ParameterLayout) {
    guard let vector = scorer.vector else {
      preconditionFailure("coverage for a score that is not additive")
    }
    self.vector = vector
    weight = layout.vector("\(name).coverageWeight", size: vector.columns, .glorot(gates: 1))
  }

  /// Writes v · tanh(q + kᵢ + w Cᵢ).
  func scores(
    _ queries: Matrix, keys: Matrix, coverage: Matrix, spans: ArraySlice<AttentionSpan>,
    into scores: Matrix, _ pass: Pass
  ) {
    pass.kernels.coveredScores(
      queries, keys, coverage: coverage, vector: pass.weights[vector],
      weight: pass.weights[weight], spans: spans, into: scores)
  }

  /// Writes ∂q and adds to ∂k, ∂C and the partial sums of ∂v and ∂w, a row per span, given ∂e.
  func backward(
    _ scoreGradient: Matrix, _ queries: Matrix, keys: Matrix, coverage: Matrix,
    spans: ArraySlice<AttentionSpan>, queryGradient: Matrix, keyGradient: Matrix,
    coverageGradient: Matrix, partials: Matrix, _ pass: Pass
  ) {
    pass.kernels.coveredBackward(
      scoreGradient, queries: queries, keys: keys, coverage: coverage,
      vector: pass.weights[vector], weight: pass.weights[weight], spans: spans,
      queryGradient: queryGradient, keyGradient: keyGradient, coverageGradient: coverageGradient,
      partials: partials)
  }
}

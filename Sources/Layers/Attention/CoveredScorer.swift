package import DragomanTensor

/// An additive score that knows how much each source position was attended to before.
///
///     eᵢ = v · tanh(W₁ s + W₂ hᵢ + w Cᵢ)        C_tᵢ = α_1ᵢ + … + α_(t−1)ᵢ        w `[A]`
///
/// See, Liu and Manning 2017 (arXiv:1704.04368), eq. 10 and 11; Tu et al. 2016 (arXiv:1601.04811), section 3.1, with
/// all fertilities 1. With τ = tanh(ζ), ζ = q + kᵢ + w Cᵢ and ∂ζ = ∂eᵢ v ⊙ (1 − τ²),
/// v, q and kᵢ as in ``AdditiveScorer``:
///
///     ∂w += Cᵢ ∂ζ       ∂Cᵢ += w · ∂ζ        ∂α_tᵢ += Σ_(t′ > t) ∂C_t′ᵢ
package struct CoveredScorer: AttentionScorer {
  private let plain: AdditiveScorer
  /// w.
  private let weight: Parameter

  /// Adds what an additive scorer adds, and `name.coverageWeight`.
  package init(name: String, _ sizes: ScorerSizes, layout: inout ParameterLayout) {
    plain = AdditiveScorer(name: name, sizes, layout: &layout)
    weight = layout.vector("\(name).coverageWeight", size: sizes.hidden, .glorot(gates: 1))
  }

  /// W₁.
  package var queryProjection: Parameter? { plain.queryProjection }
  /// W₂.
  package var keyProjection: Parameter? { plain.keyProjection }
  /// v and w.
  package var vectors: [Parameter] { [plain.vector, weight] }
  /// C.
  package var readsHistory: Bool { true }

  /// Writes v · tanh(q + kᵢ + w Cᵢ).
  package func scores(_ rated: Rated, into scores: Matrix, _ pass: Pass) {
    pass.kernels.coveredScores(
      rated.queries, rated.keys, coverage: Self.required(rated.history),
      vector: pass.weights[plain.vector], weight: pass.weights[weight], spans: rated.spans,
      into: scores)
  }

  /// Computes τ again.
  package func backward(
    _ scoreGradient: Matrix, _ rated: Rated, _ gradient: RatedGradient, _ pass: Pass
  ) {
    pass.kernels.coveredBackward(
      scoreGradient, queries: rated.queries, keys: rated.keys,
      coverage: Self.required(rated.history), vector: pass.weights[plain.vector],
      weight: pass.weights[weight], spans: rated.spans, queryGradient: gradient.queries,
      keyGradient: gradient.keys, coverageGradient: Self.required(gradient.history),
      partials: gradient.partials)
  }

  private static func required(_ history: Matrix?) -> Matrix {
    guard let history else { preconditionFailure("a covered score without earlier weights") }
    return history
  }

  /// With its size.
  package static func words(_ sizes: ScorerSizes) -> String {
    AdditiveScorer.words(sizes) + " with coverage"
  }

  /// The equations above.
  package static let equations = ScorerEquations(
    score: [
      "e_{ti} = v · tanh(W_1 s_t + W_2 h_i + w C_{ti})", "C_{ti} = α_{1i} + … + α_{(t−1)i}",
    ], query: AdditiveScorer.equations.query, key: AdditiveScorer.equations.key,
    queryGradient: AdditiveScorer.equations.queryGradient,
    keyGradient: AdditiveScorer.equations.keyGradient,
    stateGradient: AdditiveScorer.equations.stateGradient,
    gradients: AdditiveScorer.equations.gradients.merging([
      "vector": "∂v = Σ_{ti} ∂e_{ti} τ_{ti}   with   τ_{ti} = tanh(q_t + k_i + w C_{ti})",
      "coverageWeight":
        "∂w = Σ_{ti} C_{ti} ∂ζ_{ti}   with   ∂ζ_{ti} = ∂e_{ti} v ⊙ (1 − τ_{ti}^2)",
    ]) { $1 })
}

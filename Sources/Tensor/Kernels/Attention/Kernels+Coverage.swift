internal import CDragomanKernels

// Additive scores that also read coverage, C `[Q, longest source]`, defined as scores are: in the first sourceCount
// columns of a row.
extension Kernels {
  /// `scores[q, i] = v · tanh(queries[q] + keys[sourceStart + i] + coverage[q, i] w)`, the rest of each row 0.
  ///
  /// See et al. 2017, eq. 11 (arXiv:1704.04368), with both projections already done.
  package func coveredScores(
    _ queries: Matrix, _ keys: Matrix, coverage: Matrix, vector v: Matrix, weight w: Matrix,
    spans: ArraySlice<AttentionSpan>, into scores: Matrix
  ) {
    requireShape(v, 1, keys.columns, "the vector of covered scores of keys \(keys.shape)")
    requireShape(w, 1, keys.columns, "the weight of coverage for keys \(keys.shape)")
    requireEqualShapes(coverage, scores, "the coverage of scores")
    precondition(
      queries.columns == keys.columns && scores.rows == queries.rows,
      "coveredScores: \(queries.shape) with \(keys.shape) into \(scores.shape)")
    unsafe withSpans(spans, queries.rows, keys.rows, scores.columns) {
      unsafe dragoman_covered_scores(
        engine, queries.view, keys.view, coverage.view, v.pointer, w.view, $0, $1, scores.view)
    }
  }

  /// The backward pass of ``coveredScores(_:_:coverage:vector:weight:spans:into:)``, given ∂e = ∂L/∂scores.
  ///
  /// With τ = tanh(ζ), ζ = q + k + C w and ∂ζ = ∂e v ⊙ (1 − τ²), row after row: ∂q = Σᵢ ∂ζ (overwritten),
  /// ∂k += Σ_q ∂ζ, ∂C += w · ∂ζ, and `partials`, `[at least as many rows as spans, 2 A]`, has [Σ ∂e τ ; Σ C ∂ζ] of a
  /// span, which are its parts of ∂v and ∂w, added to the row of its number.
  package func coveredBackward(
    _ scoreGradient: Matrix, queries: Matrix, keys: Matrix, coverage: Matrix, vector v: Matrix,
    weight w: Matrix, spans: ArraySlice<AttentionSpan>, queryGradient: Matrix,
    keyGradient: Matrix, coverageGradient: Matrix, partials: Matrix
  ) {
    requireShape(v, 1, keys.columns, "the vector of covered scores of keys \(keys.shape)")
    requireShape(w, 1, keys.columns, "the weight of coverage for keys \(keys.shape)")
    requireEqualShapes(queryGradient, queries, "the gradient of the queries")
    requireEqualShapes(keyGradient, keys, "the gradient of the keys")
    requireEqualShapes(coverage, scoreGradient, "the coverage of scores")
    requireEqualShapes(coverageGradient, coverage, "the gradient of the coverage")
    precondition(
      queries.columns == keys.columns && scoreGradient.rows == queries.rows,
      "coveredBackward: \(scoreGradient.shape) of \(queries.shape) with \(keys.shape)")
    precondition(
      partials.rows >= spans.count && partials.columns == 2 * keys.columns,
      "partial sums of \(partials.shape) for \(spans.count) spans of keys \(keys.shape)")
    unsafe withSpans(spans, queries.rows, keys.rows, scoreGradient.columns) {
      unsafe dragoman_covered_backward(
        engine, scoreGradient.view, queries.view, keys.view, coverage.view, v.pointer, w.view, $0,
        $1, queryGradient.view, keyGradient.view, coverageGradient.view, partials.view)
    }
  }
}

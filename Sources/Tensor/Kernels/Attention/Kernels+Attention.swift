internal import CDragomanKernels

// Attention over ragged memory: matrices of queries [Q, H] and of sources [N, D] hold the rows of all
// sentences; spans say which belong together. Scores and weights are [Q, longest source]; a row is
// defined in its first sourceCount columns. Spans of one call share no query row and no source row, so
// threads take spans, and no sum depends on which.
extension Kernels {
  /// `scores[q, i] = queries[q] · memory[sourceStart + i]`, the rest of each row 0.
  package func raggedDot(
    _ queries: Matrix, _ memory: Matrix, spans: ArraySlice<AttentionSpan>, into scores: Matrix
  ) {
    precondition(
      queries.columns == memory.columns && scores.rows == queries.rows,
      "raggedDot: \(queries.shape) with \(memory.shape) into \(scores.shape)")
    unsafe withSpans(spans, queries.rows, memory.rows, scores.columns) {
      unsafe dragoman_ragged_dot(engine, queries.view, memory.view, $0, $1, scores.view)
    }
  }

  /// `result[q] = Σᵢ weights[q, i] · memory[sourceStart + i]`, or `+=`, in increasing `i`.
  package func raggedCombine(
    _ weights: Matrix, _ memory: Matrix, spans: ArraySlice<AttentionSpan>, into result: Matrix,
    adding: Bool = false
  ) {
    precondition(
      result.columns == memory.columns && weights.rows == result.rows,
      "raggedCombine: \(weights.shape) with \(memory.shape) into \(result.shape)")
    unsafe withSpans(spans, weights.rows, memory.rows, weights.columns) {
      unsafe dragoman_ragged_combine(
        engine, weights.view, memory.view, $0, $1, result.view, adding)
    }
  }

  /// `memory[sourceStart + i] += Σ_q weights[q, i] · queries[q]`, in increasing `q`.
  package func raggedCombineTransposed(
    _ weights: Matrix, _ queries: Matrix, spans: ArraySlice<AttentionSpan>,
    addingTo memory: Matrix
  ) {
    precondition(
      queries.columns == memory.columns && weights.rows == queries.rows,
      "raggedCombineTransposed: \(weights.shape) with \(queries.shape) to \(memory.shape)")
    unsafe withSpans(spans, weights.rows, memory.rows, weights.columns) {
      unsafe dragoman_ragged_combine_transposed(
        engine, weights.view, queries.view, $0, $1, memory.view)
    }
  }

  /// Softmax over the first min(sourceCount, limit) columns of each row, in place; the others become 0.
  package func raggedSoftmax(
    _ scores: Matrix, spans: ArraySlice<AttentionSpan>, limit: Int? = nil
  ) {
    let limit = limit ?? .max
    precondition(limit >= 0, "raggedSoftmax: a limit of \(limit)")
    unsafe withSpans(spans, scores.rows, .max, scores.columns, atMost: limit) {
      unsafe dragoman_ragged_softmax(engine, scores.view, $0, $1, min(limit, scores.columns))
    }
  }

  /// The gradient through ``raggedSoftmax(_:spans:limit:)``, in place: ∂e = α ⊙ (∂α − Σ ∂α ⊙ α).
  package func raggedSoftmaxBackward(
    _ gradient: Matrix, weights: Matrix, spans: ArraySlice<AttentionSpan>, limit: Int? = nil
  ) {
    requireEqualShapes(gradient, weights, "raggedSoftmaxBackward")
    let limit = limit ?? .max
    precondition(limit >= 0, "raggedSoftmaxBackward: a limit of \(limit)")
    unsafe withSpans(spans, weights.rows, .max, weights.columns, atMost: limit) {
      unsafe dragoman_ragged_softmax_backward(
        engine, gradient.view, weights.view, $0, $1, min(limit, weights.columns))
    }
  }

  /// `scores[q, i] = v · tanh(queries[q] + keys[sourceStart + i])`, the rest of each row 0.
  ///
  /// Bahdanau et al. 2015, appendix A.1.2 (arXiv:1409.0473), with both projections already done.
  package func additiveScores(
    _ queries: Matrix, _ keys: Matrix, vector v: Matrix, spans: ArraySlice<AttentionSpan>,
    into scores: Matrix
  ) {
    requireShape(v, 1, keys.columns, "the vector of additive scores of keys \(keys.shape)")
    precondition(
      queries.columns == keys.columns && scores.rows == queries.rows,
      "additiveScores: \(queries.shape) with \(keys.shape) into \(scores.shape)")
    unsafe withSpans(spans, queries.rows, keys.rows, scores.columns) {
      unsafe dragoman_additive_scores(
        engine, queries.view, keys.view, v.pointer, $0, $1, scores.view)
    }
  }

  /// The backward pass of ``additiveScores(_:_:vector:spans:into:)``, given ∂e = ∂L/∂scores.
  ///
  /// With τ = tanh(ζ), ζ = q + k and ∂ζ = ∂e v ⊙ (1 − τ²), row after row: ∂q = Σᵢ ∂ζ (overwritten), ∂k += Σ_q ∂ζ, and
  /// `vectorPartials`, `[at least as many rows as spans, A]`, has Σ ∂e τ of a span added to the row of its number.
  package func additiveBackward(
    _ scoreGradient: Matrix, queries: Matrix, keys: Matrix, vector v: Matrix,
    spans: ArraySlice<AttentionSpan>, queryGradient: Matrix, keyGradient: Matrix,
    vectorPartials: Matrix
  ) {
    requireShape(v, 1, keys.columns, "the vector of additive scores of keys \(keys.shape)")
    requireEqualShapes(queryGradient, queries, "the gradient of the queries")
    requireEqualShapes(keyGradient, keys, "the gradient of the keys")
    precondition(
      queries.columns == keys.columns && scoreGradient.rows == queries.rows,
      "additiveBackward: \(scoreGradient.shape) of \(queries.shape) with \(keys.shape)")
    precondition(
      vectorPartials.rows >= spans.count && vectorPartials.columns == keys.columns,
      "partial sums of \(vectorPartials.shape) for \(spans.count) spans of keys \(keys.shape)")
    unsafe withSpans(spans, queries.rows, keys.rows, scoreGradient.columns) {
      unsafe dragoman_additive_backward(
        engine, scoreGradient.view, queries.view, keys.view, v.pointer, $0, $1,
        queryGradient.view, keyGradient.view, vectorPartials.view)
    }
  }

  /// Checks that the spans stay inside the matrices and hands them over as C sees them.
  func withSpans(
    _ spans: ArraySlice<AttentionSpan>, _ queries: Int, _ sources: Int, _ longest: Int,
    atMost limit: Int = .max, _ body: (UnsafePointer<dragoman_span>, Int) -> Void
  ) {
    for span in spans {
      precondition(
        span.queryStart >= 0 && span.queryCount >= 0 && span.sourceStart >= 0
          && span.sourceCount >= 0
          && Int(span.queryStart) + Int(span.queryCount) <= queries
          && Int(span.sourceStart) + Int(span.sourceCount) <= sources
          && min(Int(span.sourceCount), limit) <= longest,
        "\(span) of \(queries) queries, \(sources) sources, \(longest) columns")
    }
    unsafe spans.withUnsafeBufferPointer { buffer in
      guard let first = buffer.baseAddress else { return }
      // Both are four 32-bit integers in the same order.
      unsafe UnsafeRawPointer(first).withMemoryRebound(
        to: dragoman_span.self, capacity: buffer.count
      ) { unsafe body($0, buffer.count) }
    }
  }
}

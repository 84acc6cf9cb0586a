internal import CDragomanKernels

// Multi-head attention over ragged spans. Queries and what comes of them are [Q, D], keys and values [M, D]; any of
// them may be a column block of a wider product. Weights are [Q, h·S], head after head, S at least the longest source:
// a row belongs to a query, as everywhere else, so that a block of rows is a block of sentences, dropout numbers its
// elements as it does those of any other matrix, and each head is a view of columns. What a query does not see has
// weight 0.
//
// Spans of one call share no query row; those of a backward call share no source row either. Threads take pairs of a
// span and a head. What comes out has the same bits whether the queries of a sentence come all at once or one by one.
extension Kernels {
  /// `weights[q, i·S + j]` = the normalised score of head i between query q and source j of its span.
  ///
  ///     e = q·k / √d_k over the positions seen        α = softmax(e), or max(e, 0) / their number
  ///
  /// Vaswani et al. 2017, eq. 1 (arXiv:1706.03762). With `rows`, source j of a span stands in row
  /// `rows[sourceStart + j]` of the keys: hypotheses that share a past share its rows in the cache.
  package func headWeights(
    _ heads: AttentionHeads, queries: Matrix, keys: Matrix, spans: ArraySlice<AttentionSpan>,
    rows: ArraySlice<Int32>? = nil, into weights: Matrix
  ) {
    precondition(
      queries.columns == keys.columns && weights.rows == queries.rows,
      "headWeights: \(queries.shape) with \(keys.shape) into \(weights.shape)")
    let how = check(heads, queries, weights)
    unsafe withSpans(heads, spans, rows, queries.rows, keys.rows, weights) {
      unsafe dragoman_head_weights(engine, how, queries.view, keys.view, $0, $1, $2, weights.view)
    }
  }

  /// `result[q]` = for each head, side by side, Σ_j `weights[q, j]` · values of source j, in increasing j.
  package func headCombine(
    _ heads: AttentionHeads, weights: Matrix, values: Matrix, spans: ArraySlice<AttentionSpan>,
    rows: ArraySlice<Int32>? = nil, into result: Matrix
  ) {
    precondition(
      result.columns == values.columns && weights.rows == result.rows,
      "headCombine: \(weights.shape) with \(values.shape) into \(result.shape)")
    let how = check(heads, result, weights)
    unsafe withSpans(heads, spans, rows, result.rows, values.rows, weights) {
      unsafe dragoman_head_combine(engine, how, weights.view, values.view, $0, $1, $2, result.view)
    }
  }

  /// The backward pass of ``headCombine(_:weights:values:spans:rows:into:)``, given `gradient`, ∂R.
  ///
  ///     ∂α = ∂R·v where the query sees the position, else 0 (overwritten)        ∂v += Σ_q α ∂R, in increasing q
  package func headCombineBackward(
    _ heads: AttentionHeads, gradient: Matrix, weights: Matrix, values: Matrix,
    spans: ArraySlice<AttentionSpan>, weightGradient: Matrix, valueGradient: Matrix
  ) {
    requireEqualShapes(weightGradient, weights, "the gradient of the weights")
    requireEqualShapes(valueGradient, values, "the gradient of the values")
    precondition(
      gradient.columns == values.columns && weights.rows == gradient.rows,
      "headCombineBackward: \(gradient.shape) of \(weights.shape) with \(values.shape)")
    let how = check(heads, gradient, weights)
    unsafe withSpans(heads, spans, nil, gradient.rows, values.rows, weights) { spans, count, _ in
      unsafe dragoman_head_combine_backward(
        engine, how, gradient.view, weights.view, values.view, spans, count, weightGradient.view,
        valueGradient.view)
    }
  }

  /// The backward pass of ``headWeights(_:queries:keys:spans:rows:into:)``, given `gradient`, ∂α, which it overwrites
  /// by the gradient of q·k.
  ///
  ///     softmax: ∂(q·k) = α (∂α − Σ α ∂α) / √d_k        relu: ∂(q·k) = [α > 0] ∂α / (positions seen · √d_k)
  ///     ∂q = Σ_j ∂(q·k) k (overwritten)                 ∂k += Σ_q ∂(q·k) q, in increasing q
  package func headWeightsBackward(
    _ heads: AttentionHeads, gradient: Matrix, weights: Matrix, queries: Matrix, keys: Matrix,
    spans: ArraySlice<AttentionSpan>, queryGradient: Matrix, keyGradient: Matrix
  ) {
    requireEqualShapes(gradient, weights, "the gradient of the weights")
    requireEqualShapes(queryGradient, queries, "the gradient of the queries")
    requireEqualShapes(keyGradient, keys, "the gradient of the keys")
    precondition(
      queries.columns == keys.columns && weights.rows == queries.rows,
      "headWeightsBackward: \(weights.shape) of \(queries.shape) with \(keys.shape)")
    let how = check(heads, queries, weights)
    unsafe withSpans(heads, spans, nil, queries.rows, keys.rows, weights) { spans, count, _ in
      unsafe dragoman_head_weights_backward(
        engine, how, gradient.view, weights.view, queries.view, keys.view, spans, count,
        queryGradient.view, keyGradient.view)
    }
  }

  /// Checks that the heads divide the columns of queries and of weights, and gives what C is told of them.
  private func check(
    _ heads: AttentionHeads, _ queries: Matrix, _ weights: Matrix
  ) -> dragoman_heads {
    precondition(
      queries.columns > 0 && queries.columns % heads.count == 0
        && weights.columns % heads.count == 0,
      "\(heads.count) heads of \(queries.shape) with weights of \(weights.shape)")
    let scale = 1 / Float(queries.columns / heads.count).squareRoot()
    return dragoman_heads(
      heads: heads.count, window: min(heads.window ?? .max, Int(Int32.max)),
      causal: heads.isCausal, relu: heads.normalizer == .relu, scale: scale)
  }

  /// Checks spans, and rows if there are any, and hands them over.
  private func withSpans(
    _ heads: AttentionHeads, _ spans: ArraySlice<AttentionSpan>, _ rows: ArraySlice<Int32>?,
    _ queries: Int, _ sources: Int, _ weights: Matrix,
    _ body: (UnsafePointer<dragoman_span>, Int, UnsafePointer<Int32>?) -> Void
  ) {
    let longest = weights.columns / heads.count
    guard let rows else {
      unsafe withSpans(spans, queries, sources, longest) { unsafe body($0, $1, nil) }
      return
    }
    precondition(
      rows.allSatisfy { $0 >= 0 && $0 < sources }, "a row outside of a memory of \(sources) rows")
    unsafe rows.withUnsafeBufferPointer { buffer in
      unsafe withSpans(spans, queries, buffer.count, longest) {
        unsafe body($0, $1, buffer.baseAddress)
      }
    }
  }
}

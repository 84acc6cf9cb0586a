import CDragomanKernels

/// Which rows of queries look at which rows of memory: one sentence's share of a ragged batch.
public struct AttentionSpan: Sendable, Equatable {
  /// The first query.
  public var queryStart: Int32
  /// Number of queries.
  public var queryCount: Int32
  /// The first row of memory.
  public var sourceStart: Int32
  /// Rows of memory.
  public var sourceCount: Int32

  /// A span of queries and memory.
  public init(queryStart: Int32, queryCount: Int32, sourceStart: Int32, sourceCount: Int32) {
    self.queryStart = queryStart
    self.queryCount = queryCount
    self.sourceStart = sourceStart
    self.sourceCount = sourceCount
  }
}

/// Attention over ragged memory. Scores and weights are `[queries, longest source]`; a row counts in the first
/// `sourceCount` columns. No two spans of a call share a query or a row of memory, so threads split by span.
extension Kernels {
  /// scores[q, i] = queries[q] · memory[sourceStart + i].
  public func raggedDot(
    _ queries: Matrix, _ memory: Matrix, spans: ArraySlice<AttentionSpan>, into scores: Matrix
  ) {
    check(spans, queries, memory, scores)
    precondition(queries.columns == memory.columns, "\(queries.shape) · \(memory.shape)")
    unsafe each(spans, work: queries.columns) { spans, count, _ in
      unsafe table.pointee.ragged_dot(
        spans, count, queries.columns, queries.pointer, queries.stride, memory.pointer,
        memory.stride, scores.pointer, scores.stride)
    }
  }

  /// result[q] = Σᵢ weights[q, i] memory[sourceStart + i], or += .
  public func raggedCombine(
    _ weights: Matrix, _ memory: Matrix, spans: ArraySlice<AttentionSpan>, into result: Matrix,
    adding: Bool = false
  ) {
    check(spans, result, memory, weights)
    precondition(result.columns == memory.columns, "\(memory.shape) into \(result.shape)")
    unsafe each(spans, work: memory.columns) { spans, count, _ in
      unsafe table.pointee.ragged_combine(
        spans, count, memory.columns, weights.pointer, weights.stride, memory.pointer,
        memory.stride, result.pointer, result.stride, adding ? 1 : 0)
    }
  }

  /// memory[sourceStart + i] += Σ_q weights[q, i] queries[q], in increasing q.
  public func raggedCombineTransposed(
    _ weights: Matrix, _ queries: Matrix, spans: ArraySlice<AttentionSpan>,
    addingTo memory: Matrix
  ) {
    check(spans, queries, memory, weights)
    precondition(queries.columns == memory.columns, "\(queries.shape) into \(memory.shape)")
    unsafe each(spans, work: memory.columns) { spans, count, _ in
      unsafe table.pointee.ragged_combine_transposed(
        spans, count, memory.columns, weights.pointer, weights.stride, queries.pointer,
        queries.stride, memory.pointer, memory.stride)
    }
  }

  /// The softmax over the first `sourceCount` columns of each row, at most `limit`; the rest becomes 0.
  public func raggedSoftmax(
    _ scores: Matrix, spans: ArraySlice<AttentionSpan>, limit: Int? = nil
  ) {
    check(spans, scores, nil, scores)
    unsafe each(spans, work: 16) { spans, count, _ in
      unsafe table.pointee.ragged_softmax(
        spans, count, limit ?? .max, scores.columns, scores.pointer, scores.stride)
    }
  }

  /// ∂e = α (∂α − Σ α ∂α) in place of ∂α, over the columns that counted.
  public func raggedSoftmaxBackward(
    _ gradient: Matrix, weights: Matrix, spans: ArraySlice<AttentionSpan>, limit: Int? = nil
  ) {
    check(spans, gradient, nil, weights)
    unsafe each(spans, work: 8) { spans, count, _ in
      unsafe table.pointee.ragged_softmax_backward(
        spans, count, limit ?? .max, gradient.columns, gradient.pointer, gradient.stride,
        weights.pointer, weights.stride)
    }
  }

  /// scores[q, i] = v · tanh(queries[q] + keys[sourceStart + i]).
  public func additiveScores(
    _ queries: Matrix, _ keys: Matrix, vector v: Matrix, spans: ArraySlice<AttentionSpan>,
    into scores: Matrix
  ) {
    check(spans, queries, keys, scores)
    precondition(
      queries.columns == keys.columns && v.columns == keys.columns,
      "\(queries.shape) + \(keys.shape) with \(v.shape)")
    unsafe each(spans, work: keys.columns * 12) { spans, count, _ in
      unsafe table.pointee.additive_scores(
        spans, count, keys.columns, queries.pointer, queries.stride, keys.pointer, keys.stride,
        v.pointer, scores.pointer, scores.stride)
    }
  }

  /// The way back through ``additiveScores(_:_:vector:spans:into:)``: overwrites the gradient of the queries,
  /// adds to that of the keys, and adds span g's share of ∂v to row g of `vectorPartials`.
  public func additiveBackward(
    _ scoreGradient: Matrix, queries: Matrix, keys: Matrix, vector v: Matrix,
    spans: ArraySlice<AttentionSpan>, queryGradient: Matrix, keyGradient: Matrix,
    vectorPartials: Matrix
  ) {
    check(spans, queries, keys, scoreGradient)
    check(spans, queryGradient, keyGradient, scoreGradient)
    precondition(
      queries.columns == keys.columns && v.columns == keys.columns
        && vectorPartials.columns == keys.columns && vectorPartials.rows >= spans.count,
      "\(queries.shape) + \(keys.shape) with \(v.shape), sums in \(vectorPartials.shape)")
    unsafe each(spans, work: keys.columns * 16) { spans, count, first in
      unsafe table.pointee.additive_backward(
        spans, count, keys.columns, scoreGradient.pointer, scoreGradient.stride,
        queries.pointer, queries.stride, keys.pointer, keys.stride, v.pointer,
        queryGradient.pointer, queryGradient.stride, keyGradient.pointer, keyGradient.stride,
        vectorPartials.pointer + first * vectorPartials.stride, vectorPartials.stride)
    }
  }

  /// Every span has to lie within the matrices.
  private func check(
    _ spans: ArraySlice<AttentionSpan>, _ queries: Matrix, _ memory: Matrix?, _ scores: Matrix
  ) {
    for span in spans {
      precondition(
        span.queryStart >= 0 && span.queryCount >= 0 && span.sourceStart >= 0
          && span.sourceCount >= 0 && Int(span.queryStart + span.queryCount) <= queries.rows
          && Int(span.queryStart + span.queryCount) <= scores.rows
          && Int(span.sourceStart + span.sourceCount) <= memory?.rows ?? .max
          && Int(span.sourceCount) <= scores.columns,
        "\(span) of queries \(queries.shape), memory \(memory?.shape ?? "any"), scores \(scores.shape)"
      )
    }
  }

  /// Splits spans among threads; `work` is per query and row of memory.
  private func each(
    _ spans: ArraySlice<AttentionSpan>, work: Int,
    _ body: (UnsafePointer<dragoman_span>, Int, Int) -> Void
  ) {
    guard let first = spans.first else { return }
    let size = max(1, Int(first.queryCount) * Int(first.sourceCount))
    unsafe spans.withUnsafeBufferPointer { spans in
      // The two structures have the same four fields in the same order.
      unsafe spans.withMemoryRebound(to: dragoman_span.self) { spans in
        guard let base = spans.baseAddress else { return }
        split(spans.count, work: size * work) { range in
          unsafe body(base + range.lowerBound, range.count, range.lowerBound)
        }
      }
    }
  }
}

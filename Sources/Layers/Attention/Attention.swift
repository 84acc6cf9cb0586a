public import DragomanTensor

/// Looks back at the source: a softmax over scores, and the weighted mean of the encoder's states.
///
///     α_t = softmax(e_t)        c_t = Σᵢ α_tᵢ hᵢ
///
/// over the positions of the sentence itself: there is no padding to mask. Bahdanau et al. 2015, eq. 5
/// and 6. The way back, given ∂c:
///
///     ∂αᵢ = ∂c · hᵢ      ∂hᵢ += αᵢ ∂c      ∂eᵢ = αᵢ (∂αᵢ − Σⱼ αⱼ ∂αⱼ)
public struct Attention: Sendable {
  /// What rates positions.
  public let scorer: any AttentionScorer

  /// Attention with this scorer.
  public init(scorer: any AttentionScorer) {
    self.scorer = scorer
  }

  /// What is looked at: the encoder's states and their keys, computed once per batch.
  public struct Memory {
    /// hᵢ, `[N, D]`.
    public let states: RaggedMatrix
    /// kᵢ, `[N, K]`.
    let keys: Matrix
    /// S, the positions of the longest source.
    public let longest: Int
    /// W_q, packed for the steps of the decoder.
    let queryProjection: PackedMatrix?
  }

  /// Projects the keys of the encoder's states.
  public func memory(of states: RaggedMatrix, _ pass: Pass) -> Memory {
    pass.timed(.attention) {
      var keys = states.matrix
      if let projection = scorer.keyProjection {
        keys = pass.workspace.matrix(rows: states.matrix.rows, columns: projection.rows)
        pass.kernels.multiply(
          states.matrix, transposed: pass.weights[projection], into: keys)
      }
      return Memory(
        states: states, keys: keys, longest: states.longest,
        queryProjection: scorer.queryProjection.map {
          pass.kernels.pack(pass.weights[$0], transposed: true, in: pass.workspace)
        })
    }
  }

  /// The columns of a query when H is the decoder's width.
  func queryWidth(decoder: Int) -> Int { scorer.queryProjection?.rows ?? decoder }
}

// MARK: - Forward

extension Attention {
  /// What the way back needs of n queries.
  public struct Trace {
    /// q, `[n, K_q]`: memory of its own, or the decoder's states themselves.
    let queries: Matrix
    /// α, `[n, S]`; 0 behind a sentence's end.
    public let weights: Matrix

    /// A block of queries.
    public func rows(_ range: Range<Int>) -> Trace {
      Trace(queries: queries.rows(range), weights: weights.rows(range))
    }
  }

  /// Takes memory for the queries of the decoder states, `[n, H]`, which need not be there yet.
  public func trace(decoder states: Matrix, _ memory: Memory, _ pass: Pass) -> Trace {
    let workspace = pass.workspace
    let width = queryWidth(decoder: states.columns)
    return Trace(
      queries: scorer.queryProjection == nil
        ? states : workspace.matrix(rows: states.rows, columns: width),
      weights: workspace.zeros(rows: states.rows, columns: memory.longest))
  }

  /// Writes the contexts, `[n, D]`, of decoder states, `[n, H]`, whose sources the spans tell.
  public func forward(
    decoder states: Matrix, _ memory: Memory, spans: ArraySlice<AttentionSpan>,
    contexts: Matrix, _ trace: Trace, _ pass: Pass
  ) {
    pass.timed(.attention) {
      if let projection = memory.queryProjection {
        pass.kernels.multiply(states, projection, into: trace.queries)
      }
      scorer.scores(trace.queries, keys: memory.keys, spans: spans, into: trace.weights, pass)
      pass.kernels.raggedSoftmax(trace.weights, spans: spans, limit: scorer.reach)
      pass.kernels.raggedCombine(
        trace.weights, memory.states.matrix, spans: spans, into: contexts)
    }
  }
}

// MARK: - Backward

extension Attention {
  /// What the way back adds up over all steps.
  public struct Gradient {
    /// ∂h, `[N, D]`.
    public let states: Matrix
    /// ∂k, `[N, K]`: the memory of ∂h where the states are the keys.
    let keys: Matrix
    /// ∂q, `[n, K_q]`.
    let queries: Matrix
    /// ∂v, a row per span.
    let partials: Matrix?
    /// W_q, packed for ∂s = ∂q W_q.
    let queryProjection: PackedMatrix?

    /// A block of queries.
    public func rows(_ range: Range<Int>) -> Gradient {
      Gradient(
        states: states, keys: keys, queries: queries.rows(range), partials: partials,
        queryProjection: queryProjection)
    }
  }

  /// Begins the way back with zeros.
  public func gradient(
    of trace: Trace, _ memory: Memory, spans: Int, _ pass: Pass
  ) -> Gradient {
    let workspace = pass.workspace
    let states = workspace.zeros(
      rows: memory.states.matrix.rows, columns: memory.states.matrix.columns)
    return Gradient(
      states: states,
      keys: scorer.keyProjection == nil
        ? states : workspace.zeros(rows: memory.keys.rows, columns: memory.keys.columns),
      queries: workspace.matrix(rows: trace.queries.rows, columns: trace.queries.columns),
      partials: scorer.vector.map { workspace.zeros(rows: spans, columns: $0.columns) },
      queryProjection: scorer.queryProjection.map {
        pass.kernels.pack(pass.weights[$0], transposed: false, in: workspace)
      })
  }

  /// Adds to the gradient of the decoder's states, `[n, H]`, given that of the contexts, `[n, D]`.
  public func backward(
    contexts contextGradient: Matrix, decoderGradient: Matrix, _ memory: Memory,
    spans: ArraySlice<AttentionSpan>, _ trace: Trace, _ gradient: Gradient, _ pass: Pass
  ) {
    pass.timed(.attentionBackward) {
      let states = memory.states.matrix
      let delta = pass.workspace.matrix(rows: trace.weights.rows, columns: trace.weights.columns)
      pass.kernels.raggedDot(contextGradient, states, spans: spans, into: delta)
      pass.kernels.raggedCombineTransposed(
        trace.weights, contextGradient, spans: spans, addingTo: gradient.states)
      pass.kernels.raggedSoftmaxBackward(
        delta, weights: trace.weights, spans: spans, limit: scorer.reach)
      scorer.backward(
        delta, trace.queries, keys: memory.keys, spans: spans, queryGradient: gradient.queries,
        keyGradient: gradient.keys, partials: gradient.partials, pass)
      if let projection = gradient.queryProjection {
        pass.kernels.multiply(gradient.queries, projection, into: decoderGradient, adding: true)
      } else {
        pass.kernels.add(gradient.queries, to: decoderGradient)
      }
    }
  }

  /// Adds to the gradients of the scorer's parameters, after all steps; ∂h is then complete.
  public func finishBack(
    decoder states: Matrix, _ memory: Memory, _ gradient: Gradient, _ pass: Pass,
    gradients: Parameters
  ) {
    pass.timed(.attentionBackward) {
      if let projection = scorer.queryProjection {
        pass.kernels.multiply(
          transposed: gradient.queries, states, into: gradients[projection], adding: true)
      }
      if let projection = scorer.keyProjection {
        pass.kernels.multiply(
          transposed: gradient.keys, memory.states.matrix, into: gradients[projection],
          adding: true)
        pass.kernels.multiply(
          gradient.keys, pass.weights[projection], into: gradient.states, adding: true)
      }
      if let vector = scorer.vector, let partials = gradient.partials {
        pass.kernels.addColumnSums(of: partials, to: gradients[vector])
      }
    }
  }
}

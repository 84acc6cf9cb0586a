package import DragomanTensor

/// Looks back at the source: a softmax over scores, and the weighted mean of the encoder's states.
///
///     α_t = softmax(e_t)        c_t = Σᵢ α_tᵢ hᵢ
///
/// over the positions of the sentence itself: there is no padding to mask. Bahdanau et al. 2015, eq. 5
/// and 6. The backward pass, given ∂c:
///
///     ∂αᵢ = ∂c · hᵢ      ∂hᵢ += αᵢ ∂c      ∂eᵢ = αᵢ (∂αᵢ − Σⱼ αⱼ ∂αⱼ)
///
/// With a scorer that reads earlier weights, one query of each sentence goes at a time, in the order of the steps and
/// back again; C_t = α_1 + … + α_{t−1} is what it reads.
///
/// A ``ContextGate`` makes β_t c_t of the context; α is what it is without one.
package struct Attention: Sendable {
  /// What rates positions.
  package let scorer: any AttentionScorer

  /// D, the width of what is looked at and of contexts.
  package let width: Int
  /// What decides how much of a context counts, if anything does.
  package let gate: ContextGate?

  /// Attention with this scorer, and perhaps a gate.
  package init(scorer: any AttentionScorer, width: Int, gate: ContextGate? = nil) {
    self.scorer = scorer
    self.width = width
    self.gate = gate
  }

  /// What is looked at: the encoder's states and their keys, computed once per batch.
  package struct Memory {
    /// hᵢ, `[N, D]`.
    package let states: RaggedMatrix
    /// kᵢ, `[N, K]`.
    package let keys: Matrix
    /// S, the positions of the longest source.
    package let longest: Int
    /// W_q, packed for the steps of the decoder.
    let queryProjection: PackedMatrix?
  }

  /// Projects the keys, `[N, K]`, of the encoder's states, `[N, D]`.
  package func memory(of states: RaggedMatrix, _ pass: Pass) -> Memory {
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
  /// What the backward pass needs of n queries.
  package struct Trace {
    /// q, `[n, K_q]`: memory of its own, or the decoder's states themselves.
    package let queries: Matrix
    /// α, `[n, S]`; 0 after a sentence's end.
    package let weights: Matrix
    /// C, `[n, S]`: the sum of the weights of the queries before, with a scorer that reads it.
    package let history: Matrix?
    /// β, `[n, 1]`, with a gate.
    package let gates: Matrix?

    /// A block of queries.
    package func rows(_ range: Range<Int>) -> Trace {
      Trace(
        queries: queries.rows(range), weights: weights.rows(range), history: history?.rows(range),
        gates: gates?.rows(range))
    }
  }

  /// Takes memory for the queries of the decoder states, `[n, H]`, which need not be there yet.
  ///
  /// For a scorer that reads them, the sums of earlier weights are 0 where none are given, and for each query to be set
  /// before it is asked.
  package func trace(
    decoder states: Matrix, history sums: Matrix? = nil, _ memory: Memory, _ pass: Pass
  ) -> Trace {
    let workspace = pass.workspace
    let width = queryWidth(decoder: states.columns)
    return Trace(
      queries: scorer.queryProjection == nil
        ? states : workspace.matrix(rows: states.rows, columns: width),
      weights: workspace.zeros(rows: states.rows, columns: memory.longest),
      history: !scorer.readsHistory
        ? nil : sums ?? workspace.zeros(rows: states.rows, columns: memory.longest),
      gates: gate == nil ? nil : workspace.matrix(rows: states.rows, columns: 1))
  }

  /// Writes what each sentence's next query reads, C + α, `[n, S]`, given the trace of this one; nothing with a scorer
  /// that reads no earlier weights.
  package func addHistory(of trace: Trace, into sums: Matrix?, _ pass: Pass) {
    guard let history = trace.history, let sums else { return }
    pass.timed(.attention) {
      pass.kernels.copy(history, to: sums)
      pass.kernels.add(trace.weights, to: sums)
    }
  }

  private func rated(
    _ memory: Memory, _ spans: ArraySlice<AttentionSpan>, _ trace: Trace
  ) -> Rated {
    Rated(queries: trace.queries, keys: memory.keys, history: trace.history, spans: spans)
  }

  /// Writes the contexts, `[n, D]`, of decoder states, `[n, H]`, whose sources the spans tell.
  package func forward(
    decoder states: Matrix, _ memory: Memory, spans: ArraySlice<AttentionSpan>,
    contexts: Matrix, _ trace: Trace, _ pass: Pass
  ) {
    pass.timed(.attention) {
      if let projection = memory.queryProjection {
        pass.kernels.multiply(states, projection, into: trace.queries)
      }
      precondition(
        !scorer.readsHistory || spans.allSatisfy { $0.queryCount == 1 },
        "several queries at a time of a scorer that reads earlier weights")
      scorer.scores(rated(memory, spans, trace), into: trace.weights, pass)
      pass.recorder?.add(.scores, trace.weights)
      pass.kernels.raggedSoftmax(trace.weights, spans: spans, limit: scorer.reach)
      pass.kernels.raggedCombine(
        trace.weights, memory.states.matrix, spans: spans, into: contexts)
      if let gate, let gates = trace.gates {
        gate.forward(decoder: states, contexts: contexts, into: gates, pass)
      }
    }
  }
}

// MARK: - Backward

extension Attention {
  /// What the backward pass adds up over all steps.
  package struct Gradient {
    /// ∂h, `[N, D]`.
    package let states: Matrix
    /// ∂k, `[N, K]`: the memory of ∂h where the states are the keys.
    let keys: Matrix
    /// ∂q, `[n, K_q]`.
    let queries: Matrix
    /// The gradients of the scorer's vectors side by side, a row per span.
    let partials: Matrix
    /// Σ ∂C of the steps that the backward pass has been through, `[spans, S]`, with a scorer that reads C.
    let history: Matrix?
    /// What a ``DoublyStochasticTerm`` adds to ∂α of every query of a span, `[spans, S]`.
    let pull: Matrix?
    /// ∂a of the gate, `[n, 1]`.
    let gates: Matrix?
    /// W_q, packed for ∂s = ∂q W_q.
    let queryProjection: PackedMatrix?

    /// A block of queries.
    package func rows(_ range: Range<Int>) -> Gradient {
      Gradient(
        states: states, keys: keys, queries: queries.rows(range), partials: partials,
        history: history, pull: pull, gates: gates?.rows(range), queryProjection: queryProjection)
    }
  }

  /// Begins the backward pass with zeros; `pull` is what a ``DoublyStochasticTerm`` adds to ∂α of every query of a
  /// span, `[spans, S]`.
  package func gradient(
    of trace: Trace, _ memory: Memory, spans: Int, pull: Matrix? = nil, _ pass: Pass
  ) -> Gradient {
    let workspace = pass.workspace
    let states = workspace.zeros(
      rows: memory.states.matrix.rows, columns: memory.states.matrix.columns)
    return Gradient(
      states: states,
      keys: scorer.keyProjection == nil
        ? states : workspace.zeros(rows: memory.keys.rows, columns: memory.keys.columns),
      queries: workspace.matrix(rows: trace.queries.rows, columns: trace.queries.columns),
      partials: workspace.zeros(
        rows: spans, columns: scorer.vectors.reduce(0) { $0 + $1.columns }),
      history: scorer.readsHistory
        ? workspace.zeros(rows: spans, columns: memory.longest) : nil,
      pull: pull,
      gates: trace.gates.map { workspace.matrix(rows: $0.rows, columns: 1) },
      queryProjection: scorer.queryProjection.map {
        pass.kernels.pack(pass.weights[$0], transposed: false, in: workspace)
      })
  }

  /// Adds to the gradient of the decoder's states, `[n, H]`, given that of the contexts, `[n, D]`, which a gate uses
  /// up.
  ///
  /// In the forward pass, in this order: q = s W_qᵀ; e = rating(q, k, C); α = softmax(e); c = Σᵢ αᵢ hᵢ, and β c with a
  /// gate; and C of the next step is C + α. Here they come in the other order: ∂α from c, from later C and from what
  /// the sum of all α costs, ∂h from c, ∂e through the softmax, ∂q, ∂k and ∂C through the rating, ∂s = ∂q W_q.
  package func backward(
    contexts contextGradient: Matrix, decoderGradient: Matrix, _ memory: Memory,
    spans: ArraySlice<AttentionSpan>, _ trace: Trace, _ gradient: Gradient, _ pass: Pass
  ) {
    pass.timed(.attentionBackward) {
      let states = memory.states.matrix
      let delta = pass.workspace.matrix(rows: trace.weights.rows, columns: trace.weights.columns)
      pass.kernels.raggedDot(contextGradient, states, spans: spans, into: delta)
      pass.recorder?.add(.contextGradient, contextGradient)
      if let gate, let gates = trace.gates, let own = gradient.gates {
        gate.backward(
          contexts: contextGradient, weights: trace.weights, weightGradient: delta, spans: spans,
          gates: gates, into: own, decoderGradient: decoderGradient, pass)
      }
      // C_{t+1} = C_t + α_t, and so on: every later step reads α_t.
      let later = gradient.history?.rows(0..<delta.rows)
      if let later { pass.kernels.add(later, to: delta) }
      if let pull = gradient.pull {
        DoublyStochasticTerm.add(pull, to: delta, spans: spans, pass.kernels)
      }
      pass.recorder?.add(.weightGradient, delta)
      pass.kernels.raggedCombineTransposed(
        trace.weights, contextGradient, spans: spans, addingTo: gradient.states)
      pass.kernels.raggedSoftmaxBackward(
        delta, weights: trace.weights, spans: spans, limit: scorer.reach)
      pass.recorder?.add(.scoreGradient, delta)
      scorer.backward(
        delta, rated(memory, spans, trace),
        RatedGradient(
          queries: gradient.queries, keys: gradient.keys, history: later,
          partials: gradient.partials), pass)
      pass.recorder?.add(.queryGradient, gradient.queries)
      if let projection = gradient.queryProjection {
        pass.kernels.multiply(gradient.queries, projection, into: decoderGradient, adding: true)
      } else {
        pass.kernels.add(gradient.queries, to: decoderGradient)
      }
    }
  }

  /// Adds to the gradients of the scorer's parameters, after all steps, given the decoder's states, `[n, H]`; ∂h is
  /// then complete.
  ///
  /// In the forward pass: q = s W_qᵀ and k = h W_kᵀ. So ∂W_q += ∂qᵀ s, ∂W_k += ∂kᵀ h and ∂h += ∂k W_k.
  package func finishBack(
    decoder states: Matrix, _ memory: Memory, _ gradient: Gradient, _ pass: Pass,
    gradients: Parameters
  ) {
    pass.timed(.attentionBackward) {
      if let projection = scorer.queryProjection {
        pass.kernels.multiply(
          transposed: gradient.queries, states, into: gradients[projection], adding: true)
      }
      if let projection = scorer.keyProjection {
        pass.recorder?.add(.keyGradient, gradient.keys)
        pass.kernels.multiply(
          transposed: gradient.keys, memory.states.matrix, into: gradients[projection],
          adding: true)
        pass.kernels.multiply(
          gradient.keys, pass.weights[projection], into: gradient.states, adding: true)
      }
      if let gate, let own = gradient.gates {
        gate.finishBack(own, decoder: states, pass, gradients: gradients)
      }
      if !scorer.vectors.isEmpty { pass.recorder?.add(.vectorGradient, gradient.partials) }
      var start = 0
      for vector in scorer.vectors {
        let columns = start..<(start + vector.columns)
        pass.kernels.addColumnSums(
          of: gradient.partials.columns(columns), to: gradients[vector])
        start = columns.upperBound
      }
    }
  }
}

package import DragomanLayers
package import DragomanTensor
package import DragomanText

/// Writes targets: word vectors, a stack of recurrent layers, attention and the readout.
///
///     x_t = dropout(X[y_{t−1}])        s_t = stack([x_t ; c_{t−1}], s_{t−1})        α_t, c_t = attention(s_t)
///     p_t = readout([s_t ; c_t], x_t)
///
/// with the previous context as input only under context feeding (c₀ = 0). Attentional input feeding puts the
/// ``AttentionalState`` h̃_t in the place of both c_t, as an input, and [s_t ; c_t], before the readout (h̃₀ = 0).
///
/// With feeding of either kind, or a scorer that reads earlier weights, attention stands inside the time loop
/// (`RecurrentDecoder+Stepwise.swift`); without them nothing ties attention to the loop, and every layer and then
/// attention run over whole sentences (`RecurrentDecoder+Hoisted.swift`).
package struct RecurrentDecoder: Sendable {
  let start: RecurrentStart
  let embedding: Embedding
  let embeddingDropout: Dropout
  /// The layers.
  package let stack: RecurrentStack
  /// What looks at the source.
  package let attention: Attention
  /// What it costs that positions are not attended to once each, if anything.
  let doublyStochastic: DoublyStochasticTerm?
  /// Makes h̃, which the next step and the readout read, under attentional input feeding.
  package let attentional: AttentionalState?
  /// What stands before the vocabulary.
  package let readout: Readout
  /// What it was made of.
  package let configuration: RecurrentDecoderConfiguration

  /// Adds the parameters `bridge.…`, `decoder.…`, `attention.…`, `attentional.…`, `deepOutput.…` and `output.…` to the
  /// layout, but for a table that is shared.
  init(
    _ decoder: RecurrentDecoderConfiguration, in model: ModelConfiguration, vocabulary: Int,
    shared: Embedding?, layout: inout ParameterLayout
  ) {
    let (dropout, width) = (model.dropout, model.encoder.width)
    start = RecurrentStart(decoder, from: model.encoder, layout: &layout)
    let table =
      shared
      ?? Embedding(
        name: "decoder.embedding", vocabulary: vocabulary, size: model.embedding, layout: &layout)
    embedding = table.dropping(
      Dropout(probability: dropout.targetWords, path: "decoder.embedding.words"))
    embeddingDropout = dropout.mask(dropout.embedding, "decoder.embedding")
    let fed =
      switch decoder.feeding {
      case .none: 0
      case .context: width
      case .attentional: decoder.hidden
      }
    stack = RecurrentStack(
      name: "decoder",
      decoder.shape(inputs: model.embedding + fed, isBidirectional: nil, dropout: dropout),
      layout: &layout)
    attention = Attention(
      scorer: model.scorerType.init(name: "attention", model.scorerSizes, layout: &layout),
      width: width,
      gate: model.attention.gate
        ? ContextGate(name: "attention.gate", decoder: decoder.hidden, layout: &layout) : nil)
    doublyStochastic = DoublyStochasticTerm(weight: model.attention.doublyStochastic)
    attentional =
      decoder.feeding == .attentional
      ? AttentionalState(
        name: "attentional", features: decoder.hidden + width, size: decoder.hidden,
        layout: &layout) : nil
    readout = Readout(
      model, features: decoder.readoutSize(in: model), deep: decoder.deepOutputSize(in: model),
      readsWord: decoder.output.embedding, vocabulary: vocabulary, embedding: embedding,
      layout: &layout)
    configuration = decoder
  }

  /// The cell of the layers.
  package var cell: CellKind { configuration.cell }
  /// What the next step reads of this one.
  package var feeding: InputFeeding { configuration.feeding }
  /// Whether a step of attention has to be done before the next one can begin.
  package var isStepwise: Bool { feeding != .none || attention.scorer.readsHistory }

  /// H.
  package var hidden: Int { stack.width }
}

// MARK: - Teacher forcing

extension RecurrentDecoder {
  /// What the backward pass needs.
  package struct Trace {
    /// How the first states came about.
    package let start: RecurrentStart.Trace
    let order: PackedOrder
    /// The input tokens, in the order of the features.
    let ids: [Int32]
    /// For each feature row, its row sentence by sentence; `nil` where that is the order.
    let rows: [Int32]?
    /// x_t, the embedded tokens, `[N, E]`.
    package let embedded: Matrix
    /// [s_t ; c_t], `[N, H + D]`.
    package let features: Matrix
    /// What goes to the readout: the features, or h̃_t, `[N, H]`.
    package let read: Matrix
    /// What was looked at.
    package let memory: Attention.Memory
    let spans: [AttentionSpan]
    /// α, in the order of the features.
    package let attention: Attention.Trace
    let way: Way

    /// For each feature row, the number of its sentence.
    var sentences: [Int32] { rows == nil ? order.rowSentences : order.packedSentences }

    /// What the layers keep.
    package var layers: RecurrentStack.Trace {
      switch way {
      case .hoisted(let trace): trace
      case .stepwise(let steps): steps.trace
      }
    }
  }

  /// The way in which the layers were run.
  enum Way {
    case hoisted(RecurrentStack.Trace)
    case stepwise(RecurrentSteps)
  }

  /// The features of every target token, `[N, H + D]`, given the tokens before them.
  func forward(_ batch: Batch, _ encoded: EncodedSource, _ pass: Pass) -> Trace {
    let start = start.forward(encoded, pass)
    let memory = attention.memory(of: encoded.states, pass)
    return isStepwise
      ? forwardStepwise(batch, start, memory, pass) : forwardHoisted(batch, start, memory, pass)
  }

  /// The loss of each token, sentence by sentence.
  package func losses(_ trace: Trace, _ batch: Batch, _ pass: Pass) -> [Float] {
    let losses = readout.losses(input(trace, batch), pass)
    guard let rows = trace.rows else { return losses }
    var result = losses
    for (loss, row) in zip(losses, rows) { result[Int(row)] = loss }
    return result
  }

  /// The smoothed loss of all tokens, and what goes on to the encoder; adds `scale` times the gradients.
  ///
  /// In the forward pass: s₀ = start(h); the layers and attention give [s_t ; c_t], or h̃_t; the readout reads that and
  /// x_t.
  func train(
    _ trace: Trace, _ batch: Batch, scale: Float, labelSmoothing: Float, _ pass: Pass,
    gradients: Parameters
  ) -> (loss: Loss, gradient: EncodedGradient) {
    let (loss, readGradient, embeddedGradient) = readout.train(
      input(trace, batch), scale: scale, labelSmoothing: labelSmoothing, pass, gradients: gradients)
    if let embeddedGradient {
      embeddingDropout.apply(to: embeddedGradient, sentences: trace.sentences[...], pass)
      embedding.backward(embeddedGradient, ids: trace.ids, pass, gradients: gradients)
    }
    let term = doublyStochastic.map { term in
      let sums = attended(trace, pass)
      return (value: term.replace(sums, spans: trace.spans, scale: scale), pull: sums)
    }
    let below =
      switch trace.way {
      case .hoisted(let layers):
        backwardHoisted(
          readGradient, pull: term?.pull, trace, layers, pass, gradients: gradients)
      case .stepwise(let steps):
        backwardStepwise(
          readGradient, pull: term?.pull, trace, steps, pass, gradients: gradients)
      }
    let finals = start.backward(
      below.initial, encoderStates: below.states, trace.start, pass, gradients: gradients)
    var total = loss
    total.penalty = term?.value ?? 0
    return (total, EncodedGradient(states: below.states, finals: finals))
  }

  /// Σ_t α_t of each example, `[B, S]`, in the order of the spans.
  private func attended(_ trace: Trace, _ pass: Pass) -> Matrix {
    let weights = trace.attention.weights
    switch trace.way {
    case .hoisted: return DoublyStochasticTerm.sums(of: weights, spans: trace.spans, pass)
    case .stepwise:
      // The examples that a step goes through are the first ones of the spans.
      let sums = pass.workspace.zeros(rows: trace.spans.count, columns: weights.columns)
      for step in 0..<trace.order.steps {
        let rows = trace.order.rows(of: step)
        pass.kernels.add(weights.rows(rows), to: sums.rows(0..<rows.count))
      }
      return sums
    }
  }

  /// What the readout reads, in the order of the features.
  private func input(_ trace: Trace, _ batch: Batch) -> Readout.Features {
    Readout.Features(
      features: trace.read, embedded: trace.embedded,
      targets: trace.rows.map { $0.map { batch.targetIDs[Int($0)] } } ?? batch.targetIDs,
      sentences: trace.sentences)
  }

  /// Goes back through x = dropout(X[y]), given ∂x, `[N, E]`.
  func backwardEmbedded(
    _ gradient: Matrix, _ trace: Trace, _ pass: Pass, gradients: Parameters
  ) {
    embeddingDropout.apply(to: gradient, sentences: trace.sentences[...], pass)
    embedding.backward(gradient, ids: trace.ids, pass, gradients: gradients)
  }
}

// MARK: - What people ask of it

extension RecurrentDecoder {
  /// Multiply-adds of the products in the forward pass through the targets of a batch.
  func multiplications(_ batch: Batch) -> Double {
    let scorer = attention.scorer
    let (keys, queries) = (scorer.keyProjection, scorer.queryProjection)
    let perTarget =
      stack.multiplications + readout.multiplications
      + (attentional.map { $0.inputs * $0.size } ?? 0) + (queries?.count ?? 0)
    var result =
      Double(batch.targetIDs.count) * Double(perTarget)
      + Double(batch.sourceIDs.count) * Double(keys?.count ?? 0)
    // Of each pair of positions: the score, once more for what was attended to before, and the context.
    let scored = keys?.rows ?? 0
    let perCell = attention.width + scored + (scorer.readsHistory ? scored : 0)
    for sentence in 0..<batch.count {
      let cells = batch.source(at: sentence).count * batch.target(at: sentence).count
      result += Double(cells) * Double(perCell)
    }
    return result
  }

  /// The gates and states of each layer.
  func activations(_ trace: Trace) -> [LayerActivations] {
    trace.layers.recurrences.enumerated().map { index, directions in
      LayerActivations(name: "decoder.\(index)", cell: cell, directions[0].layer)
    }
  }
}

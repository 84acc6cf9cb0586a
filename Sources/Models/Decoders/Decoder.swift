import DragomanSystem
package import DragomanLayers
package import DragomanTensor

/// Writes targets: embeddings, a stack of recurrent layers, attention and the output layer.
///
///     x_t = E[y_{t−1}]        s_t = layers([x_t ; c_{t−1}], s_{t−1})        α_t, c_t = attention(s_t)
///     ŷ_t = softmax(W [s_t ; c_t] + b)        or, with a deep output, softmax(W tanh(U [s_t ; c_t ; x_t] + d) + b)
///
/// with the previous context as input only under context feeding (c₀ = 0). Attentional input feeding puts the
/// ``AttentionalState`` h̃_t in the place of both c_t, as an input, and [s_t ; c_t], before the output (h̃₀ = 0).
///
/// With feeding of either kind, or ``Coverage``, attention stands inside the time loop (`Decoder+Feeding.swift`);
/// without them nothing ties attention to the loop, and every layer and then attention run over whole sentences
/// (`Decoder+Hoisted.swift`).
package struct Decoder: Sendable {
  let embedding: Embedding
  let embeddingDropout: Dropout
  /// From the bottom to the top.
  package let layers: [RecurrentLayer]
  /// One under each layer but the lowest.
  let layerDropouts: [Dropout]
  /// Whether a layer above another adds its input to its output; never with a single layer.
  let residual: Bool
  package let attention: Attention
  package let feeding: InputFeeding
  /// Makes h̃, which the next step and the output read, under attentional input feeding.
  package let attentional: AttentionalState?
  /// The layer under the projection, if there is one.
  let deepOutput: DeepOutput?
  /// In what the projection reads.
  let outputDropout: Dropout
  package let output: OutputLayer

  /// Whether a step of attention has to be done before the next one can begin.
  package var isStepwise: Bool { feeding != .none || attention.coverage != nil }

  /// H.
  package var hidden: Int { layers[layers.count - 1].hidden }

  /// What the way back needs.
  package struct Trace {
    let order: PackedOrder
    /// The input tokens, in the order of the features.
    let ids: [Int32]
    /// For each feature row, its row sentence by sentence; `nil` where that is the order.
    let rows: [Int32]?
    /// x_t, the embedded tokens, `[N, E]`.
    let embedded: Matrix
    /// [s_t ; c_t], `[N, H + D]`.
    package let features: Matrix
    /// What goes to the output: the features, or h̃_t, `[N, H]`.
    package let readout: Matrix
    package let memory: Attention.Memory
    let spans: [AttentionSpan]
    /// α, in the order of the features.
    package let attention: Attention.Trace
    package let layers: LayerTraces

    /// For each feature row, the number of its sentence.
    var sentences: [Int32] { rows == nil ? order.rowSentences : order.packedSentences }
  }

  /// The traces of the recurrent layers, by the way they were run.
  package enum LayerTraces {
    case hoisted([Recurrence.Trace])
    case feeding(FeedingTrace)
  }

  /// The gradients that flow on to the encoder.
  struct Gradient {
    /// Of each layer's first state, in the order of the batch.
    let initial: [CellState]
    /// Of the encoder's states, `[N, D]`.
    let states: Matrix
  }

  /// The features of every target token, given the tokens before them.
  func forward(
    ids: [Int32], offsets: [Int32], initial: [CellState], _ states: RaggedMatrix, _ pass: Pass
  ) -> Trace {
    let memory = attention.memory(of: states, pass)
    let order = PackedOrder(offsets: offsets)
    return isStepwise
      ? forwardFeeding(ids: ids, order: order, initial: initial, memory, pass)
      : forwardHoisted(
        ids: ids, offsets: offsets, order: order, initial: initial, memory, pass)
  }

  /// The loss of each token in the order of the features.
  package func losses(_ trace: Trace, targets: [Int32], _ pass: Pass) -> [Float] {
    output.losses(read(trace, pass).output, targets: ordered(targets, trace), pass)
  }

  /// What the projection reads, before dropout: `[N, F]`.
  package func read(_ trace: Trace, _ pass: Pass) -> (output: Matrix, deep: DeepOutput.Trace?) {
    let deep = pass.timed(.output) {
      deepOutput?.forward(trace.readout, embedded: trace.embedded, pass)
    }
    return (deep?.output ?? trace.readout, deep)
  }

  /// The smoothed loss of all tokens; adds `scale` times its gradients.
  func backward(
    _ trace: Trace, targets: [Int32], scale: Float, labelSmoothing: Float, _ pass: Pass,
    gradients: Parameters
  ) -> (loss: Loss, gradient: Gradient) {
    let workspace = pass.workspace
    let (top, deep) = read(trace, pass)
    var dropped = top
    if outputDropout.probability > 0, pass.noise != nil {
      // The way back needs the states, or tanh, as they were.
      dropped = workspace.matrix(rows: top.rows, columns: top.columns)
      pass.kernels.copy(top, to: dropped)
      outputDropout.apply(to: dropped, sentences: trace.sentences[...], pass)
    }
    var featureGradient = workspace.matrix(rows: top.rows, columns: top.columns)
    let loss = output.train(
      dropped, targets: ordered(targets, trace), scale: scale, labelSmoothing: labelSmoothing,
      featureGradient: featureGradient, pass, gradients: gradients)
    outputDropout.apply(to: featureGradient, sentences: trace.sentences[...], pass)
    if let deepOutput, let deep {
      let below = pass.timed(.outputBackward) {
        deepOutput.backward(
          featureGradient, deep, features: trace.readout.columns, pass, gradients: gradients)
      }
      featureGradient = below.features
      if let embedded = below.embedded {
        embeddingDropout.apply(to: embedded, sentences: trace.sentences[...], pass)
        embedding.backward(embedded, ids: trace.ids, pass, gradients: gradients)
      }
    }
    let gradient =
      switch trace.layers {
      case .hoisted(let traces):
        backwardHoisted(featureGradient, trace, traces, pass, gradients: gradients)
      case .feeding(let traces):
        backwardFeeding(featureGradient, trace, traces, pass, gradients: gradients)
      }
    return (loss, gradient)
  }

  /// Token ids in the order of a trace's features.
  private func ordered(_ ids: [Int32], _ trace: Trace) -> [Int32] {
    trace.rows.map { $0.map { ids[Int($0)] } } ?? ids
  }
}

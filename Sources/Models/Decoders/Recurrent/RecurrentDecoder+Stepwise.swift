import DragomanLayers
import DragomanTensor
import DragomanText

/// Decoding with feeding: each step reads the context, or the attentional state, of the step before; or, with a scorer
/// that reads earlier weights, what the steps before attended to.
extension RecurrentDecoder {
  func forwardStepwise(
    _ batch: Batch, _ start: RecurrentStart.Trace, _ memory: Attention.Memory, _ pass: Pass
  ) -> Trace {
    let workspace = pass.workspace
    let order = PackedOrder(offsets: batch.targetOffsets)
    let features = workspace.matrix(
      rows: order.count, columns: hidden + memory.states.matrix.columns)
    let states = features.columns(0..<hidden)
    let contexts = features.columns(hidden..<features.columns)
    let attentionals = attentional.map { workspace.matrix(rows: order.count, columns: $0.size) }
    let ids = order.forwardRows.map { batch.inputIDs[Int($0)] }
    let embedded = embedding.forward(ids, pass)
    embeddingDropout.apply(to: embedded, sentences: order.packedSentences[...], pass)
    let steps = stack.steps(
      embedded, order: order, initial: start.results, output: states,
      fed: feeding == .none ? nil : attentionals ?? contexts, pass)
    let spans = AttentionSpan.oneEach(of: order.sentences, sources: memory.states.offsets)
    let attended = attention.trace(decoder: states, memory, pass)
    workspace.scoped {
      let weights = steps.begin(pass)
      let attentionalWeight = attentional?.packed(pass)
      for step in 0..<order.steps {
        let rows = order.rows(of: step)
        if step > 0 {
          attention.addHistory(
            of: attended.rows(steps.rows(before: step)), into: attended.rows(rows).history, pass)
        }
        steps.step(step, with: weights, pass)
        attention.forward(
          decoder: states.rows(rows), memory, spans: spans[..<rows.count],
          contexts: contexts.rows(rows), attended.rows(rows), pass)
        if let attentional, let attentionals, let attentionalWeight {
          attentional.forward(
            features.rows(rows), with: attentionalWeight, into: attentionals.rows(rows), pass)
        }
      }
    }
    return Trace(
      start: start, order: order, ids: ids, rows: order.forwardRows, embedded: embedded,
      features: features, read: attentionals ?? features, memory: memory, spans: spans,
      attention: attended, way: .stepwise(steps))
  }

  /// Returns ∂s₀ of each layer, `[B, H]`, and ∂hᵢ, `[N, D]`, given that of what the readout read, `[N, H + D]` or
  /// `[N, H]`, and what the sums of the weights pull at them, `[B, S]`.
  func backwardStepwise(
    _ readGradient: Matrix, pull: Matrix?, _ trace: Trace, _ steps: RecurrentSteps, _ pass: Pass,
    gradients: Parameters
  ) -> (initial: [CellState], states: Matrix) {
    let attended = attention.gradient(
      of: trace.attention, trace.memory, spans: trace.spans.count, pull: pull, pass)
    let initial = trace.start.results.map { state in
      CellState(
        hidden: pass.workspace.matrix(rows: state.hidden.rows, columns: state.hidden.columns),
        cell: state.cell.map { pass.workspace.matrix(rows: $0.rows, columns: $0.columns) })
    }
    pass.workspace.scoped {
      backwardStepwise(
        readGradient, trace, steps, attended, initial: initial, pass, gradients: gradients)
    }
    return (initial, attended.states)
  }

  /// Goes back through the steps, the last one first.
  ///
  /// In the forward pass, at each step: s_t = stack([x_t ; φ_{t−1}], s_{t−1}); α_t, c_t = attention(s_t, h); and under
  /// attentional feeding h̃_t = tanh(W [s_t ; c_t] + b), with φ = h̃, else φ = c. So what step t + 1 read of φ_t is in
  /// its gradient by the time that step t is gone back.
  private func backwardStepwise(
    _ readGradient: Matrix, _ trace: Trace, _ steps: RecurrentSteps,
    _ attended: Attention.Gradient, initial: [CellState], _ pass: Pass, gradients: Parameters
  ) {
    let order = trace.order
    let featureGradient =
      attentional == nil
      ? readGradient
      : pass.workspace.matrix(rows: order.count, columns: trace.features.columns)
    let stateGradient = featureGradient.columns(0..<hidden)
    let contextGradient = featureGradient.columns(hidden..<featureGradient.columns)
    let gradient = steps.beginBack(
      stateGradient, fedGradient: attentional == nil ? contextGradient : readGradient, pass)
    let attentionalWeight = attentional?.packedBack(pass)
    for step in (0..<order.steps).reversed() {
      let rows = order.rows(of: step)
      if let attentional, let attentionalWeight {
        attentional.backward(
          readGradient.rows(rows), output: trace.read.rows(rows), with: attentionalWeight,
          featureGradient: featureGradient.rows(rows), pass)
      }
      attention.backward(
        contexts: contextGradient.rows(rows), decoderGradient: stateGradient.rows(rows),
        trace.memory, spans: trace.spans[..<rows.count], trace.attention.rows(rows),
        attended.rows(rows), pass)
      steps.stepBack(step, gradient, pass)
    }
    attentional?.finishBack(
      readGradient, features: trace.features, pass, gradients: gradients)
    attention.finishBack(
      decoder: trace.features.columns(0..<hidden), trace.memory, attended, pass,
      gradients: gradients)
    let embedded = steps.finishBack(gradient, initial: initial, pass, gradients: gradients)
    backwardEmbedded(embedded, trace, pass, gradients: gradients)
  }
}

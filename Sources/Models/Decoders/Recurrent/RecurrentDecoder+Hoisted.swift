import DragomanLayers
import DragomanTensor
import DragomanText

/// Decoding without feeding: all states first, then attention for whole sentences.
extension RecurrentDecoder {
  func forwardHoisted(
    _ batch: Batch, _ start: RecurrentStart.Trace, _ memory: Attention.Memory, _ pass: Pass
  ) -> Trace {
    let order = PackedOrder(offsets: batch.targetOffsets)
    let features = pass.workspace.matrix(
      rows: order.count, columns: hidden + memory.states.matrix.columns)
    let states = features.columns(0..<hidden)
    let embedded = embedding.forward(batch.inputIDs, pass)
    embeddingDropout.apply(to: embedded, sentences: order.rowSentences[...], pass)
    let (_, layers) = stack.forward(
      embedded, order: order, initial: start.results.map { [$0] }, output: states, pass)
    let spans = AttentionSpan.pairing(
      queries: batch.targetOffsets, sources: memory.states.offsets)
    let attended = attention.trace(decoder: states, memory, pass)
    attention.forward(
      decoder: states, memory, spans: spans[...],
      contexts: features.columns(hidden..<features.columns), attended, pass)
    return Trace(
      start: start, order: order, ids: batch.inputIDs, rows: nil, embedded: embedded,
      features: features, read: features, memory: memory, spans: spans, attention: attended,
      way: .hoisted(layers))
  }

  /// Returns ∂s₀ of each layer, `[B, H]`, and ∂hᵢ, `[N, D]`, given that of the features [s_t ; c_t], `[N, H + D]`,
  /// and what the sums of the weights pull at them, `[B, S]`.
  ///
  /// In the forward pass: s = stack(x, s₀); α, c = attention(s, h).
  func backwardHoisted(
    _ featureGradient: Matrix, pull: Matrix?, _ trace: Trace, _ layers: RecurrentStack.Trace,
    _ pass: Pass,
    gradients: Parameters
  ) -> (initial: [CellState], states: Matrix) {
    let states = trace.features.columns(0..<hidden)
    let stateGradient = featureGradient.columns(0..<hidden)
    let attended = attention.gradient(
      of: trace.attention, trace.memory, spans: trace.spans.count, pull: pull, pass)
    attention.backward(
      contexts: featureGradient.columns(hidden..<featureGradient.columns),
      decoderGradient: stateGradient, trace.memory, spans: trace.spans[...], trace.attention,
      attended, pass)
    attention.finishBack(decoder: states, trace.memory, attended, pass, gradients: gradients)
    let (embedded, initial) = stack.backward(stateGradient, layers, pass, gradients: gradients)
    backwardEmbedded(embedded, trace, pass, gradients: gradients)
    return (initial.map { $0[0] }, attended.states)
  }
}

import DragomanSystem
import DragomanLayers
import DragomanTensor

/// Decoding without feeding and coverage: all states first, then attention for whole sentences.
extension Decoder {
  func forwardHoisted(
    ids: [Int32], offsets: [Int32], order: PackedOrder, initial: [CellState],
    _ memory: Attention.Memory, _ pass: Pass
  ) -> Trace {
    let features = pass.workspace.matrix(
      rows: order.count, columns: hidden + memory.states.matrix.columns)
    let states = features.columns(0..<hidden)
    let embedded = embedding.forward(ids, pass)
    embeddingDropout.apply(to: embedded, sentences: order.rowSentences[...], pass)
    var x = embedded
    var traces: [Recurrence.Trace] = []
    for (index, layer) in layers.enumerated() {
      let below = x
      if index > 0 {
        let dropout = layerDropouts[index - 1]
        if residual, dropout.isActive(in: pass) {
          x = pass.workspace.matrix(rows: below.rows, columns: below.columns)
          pass.kernels.copy(below, to: x)
        }
        dropout.apply(to: x, sentences: order.rowSentences[...], pass)
      }
      let output =
        index == layers.count - 1
        ? states : pass.workspace.matrix(rows: order.count, columns: layer.hidden)
      traces.append(
        Recurrence(layer: layer, direction: .forward).forward(
          x, order: order, initial: initial[index], output: output, pass))
      if residual, index > 0 { pass.kernels.add(below, to: output) }
      x = output
    }
    let sources = memory.states.offsets
    let spans = (0..<memory.states.sentences).map { sentence in
      AttentionSpan(
        queryStart: offsets[sentence], queryCount: offsets[sentence + 1] - offsets[sentence],
        sourceStart: sources[sentence], sourceCount: sources[sentence + 1] - sources[sentence])
    }
    let attended = attention.trace(decoder: states, memory, pass)
    attention.forward(
      decoder: states, memory, spans: spans[...],
      contexts: features.columns(hidden..<features.columns), attended, pass)
    return Trace(
      order: order, ids: ids, rows: nil, embedded: embedded, features: features,
      readout: features, memory: memory,
      spans: spans,
      attention: attended, layers: .hoisted(traces))
  }

  func backwardHoisted(
    _ featureGradient: Matrix, _ trace: Trace, _ traces: [Recurrence.Trace], _ pass: Pass,
    gradients: Parameters
  ) -> Gradient {
    let states = trace.features.columns(0..<hidden)
    var delta = featureGradient.columns(0..<hidden)
    let attended = attention.gradient(
      of: trace.attention, trace.memory, spans: trace.spans.count, pass)
    attention.backward(
      contexts: featureGradient.columns(hidden..<featureGradient.columns),
      decoderGradient: delta, trace.memory, spans: trace.spans[...], trace.attention, attended,
      pass)
    attention.finishBack(decoder: states, trace.memory, attended, pass, gradients: gradients)
    var initial: [CellState] = []
    for index in layers.indices.reversed() {
      let inputGradient = pass.workspace.zeros(
        rows: delta.rows, columns: layers[index].inputs)
      initial.append(
        Recurrence(layer: layers[index], direction: .forward).backward(
          delta, traces[index], inputGradient: inputGradient, pass, gradients: gradients))
      if index > 0 {
        layerDropouts[index - 1].apply(to: inputGradient, sentences: trace.sentences[...], pass)
        if residual { pass.kernels.add(delta, to: inputGradient) }
      }
      delta = inputGradient
    }
    embeddingDropout.apply(to: delta, sentences: trace.sentences[...], pass)
    embedding.backward(delta, ids: trace.ids, pass, gradients: gradients)
    return Gradient(initial: initial.reversed(), states: attended.states)
  }
}

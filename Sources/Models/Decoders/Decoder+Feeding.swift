import DragomanSystem
package import DragomanLayers
package import DragomanTensor

/// Decoding with feeding: each step reads the context, or the attentional state, of the step before; or, with coverage,
/// what the steps before attended to.
///
/// The loop carries only what it must. The lowest layer's input product is split by columns of W_ih: the
/// embedding's part is one product over all steps, the fed part is one per step; and every
/// gradient of a weight is one product after the loop.
extension Decoder {
  /// What the recurrent layers keep, in packed order.
  package struct FeedingTrace {
    /// The embedded tokens, `[N, E]`.
    package let embedded: Matrix
    /// For each layer but the lowest, what it read: `[N, H]`.
    package let inputs: [Matrix]
    package let layers: [RecurrentTrace]
  }

  func forwardFeeding(
    ids: [Int32], order: PackedOrder, initial: [CellState], _ memory: Attention.Memory,
    _ pass: Pass
  ) -> Trace {
    let workspace = pass.workspace
    let count = order.count
    let features = workspace.matrix(
      rows: count, columns: hidden + memory.states.matrix.columns)
    let states = features.columns(0..<hidden)
    let contexts = features.columns(hidden..<features.columns)
    let attentionals = attentional.map { workspace.matrix(rows: count, columns: $0.size) }
    let fed = attentionals ?? contexts
    let ids = order.forwardRows.map { ids[Int($0)] }
    let embedded = embedding.forward(ids, pass)
    embeddingDropout.apply(to: embedded, sentences: order.packedSentences[...], pass)

    let traces = layers.enumerated().map { index, layer in
      layer.trace(
        order: order, initial: initial[index],
        hidden: index == layers.count - 1 && !residual ? states : nil, pass)
    }
    let outputs = traces.enumerated().map { index, trace in
      guard residual, index > 0 else { return trace.states.hidden }
      return index == layers.count - 1
        ? states : workspace.matrix(rows: count, columns: trace.states.hidden.columns)
    }
    let dropsLayers = pass.noise != nil && layerDropouts.contains { $0.probability > 0 }
    let inputs = outputs.dropLast().map { below in
      dropsLayers ? workspace.matrix(rows: count, columns: below.columns) : below
    }
    let sources = memory.states.offsets
    let spans = order.sentences.enumerated().map { row, sentence in
      AttentionSpan(
        queryStart: Int32(row), queryCount: 1, sourceStart: sources[Int(sentence)],
        sourceCount: sources[Int(sentence) + 1] - sources[Int(sentence)])
    }
    let attended = attention.trace(decoder: states, memory, pass)
    workspace.scoped {
      layers[0].project(
        embedded, with: layers[0].packedInput(columns: 0..<embedded.columns, pass),
        rows: 0..<count, into: traces[0], pass)
      let fedWeight =
        feeding == .none
        ? nil : layers[0].packedInput(columns: embedded.columns..<layers[0].inputs, pass)
      let inputWeights = layers.dropFirst().map { $0.packedInput(pass) }
      let recurrentWeights = layers.map { $0.packedRecurrent(pass) }
      let attentionalWeight = attentional?.packed(pass)
      for step in 0..<order.steps {
        let rows = order.rows(of: step)
        if step > 0 {
          let previous = before(rows, step, order)
          if let fedWeight {
            layers[0].project(
              fed.rows(previous), with: fedWeight, rows: rows, adding: true, into: traces[0], pass)
          }
          attention.cover(
            after: attended.rows(previous), into: attended.rows(rows).coverage, pass)
        }
        layers[0].step(step, with: recurrentWeights[0], traces[0], pass)
        for index in layers.indices.dropFirst() {
          let input = inputs[index - 1].rows(rows)
          if dropsLayers {
            pass.kernels.copy(outputs[index - 1].rows(rows), to: input)
            layerDropouts[index - 1].apply(
              to: input, firstRow: rows.lowerBound, sentences: order.sentences[..<rows.count],
              pass)
          }
          layers[index].project(
            input, with: inputWeights[index - 1], rows: rows, into: traces[index], pass)
          layers[index].step(step, with: recurrentWeights[index], traces[index], pass)
          if residual {
            let output = outputs[index].rows(rows)
            pass.kernels.copy(traces[index].states.hidden.rows(rows), to: output)
            pass.kernels.add(outputs[index - 1].rows(rows), to: output)
          }
        }
        attention.forward(
          decoder: states.rows(rows), memory, spans: spans[..<rows.count],
          contexts: contexts.rows(rows), attended.rows(rows), pass)
        if let attentional, let attentionalWeight {
          attentional.forward(
            features.rows(rows), with: attentionalWeight, into: fed.rows(rows), pass)
        }
      }
    }
    return Trace(
      order: order, ids: ids, rows: order.forwardRows, embedded: embedded, features: features,
      readout: attentionals ?? features, memory: memory,
      spans: spans, attention: attended,
      layers: .feeding(FeedingTrace(embedded: embedded, inputs: inputs, layers: traces)))
  }

  func backwardFeeding(
    _ readoutGradient: Matrix, _ trace: Trace, _ fed: FeedingTrace, _ pass: Pass,
    gradients: Parameters
  ) -> Gradient {
    let attended = attention.gradient(
      of: trace.attention, trace.memory, spans: trace.spans.count, pass)
    let initial = layers.map { $0.state(rows: trace.order.sentences.count, pass.workspace) }
    pass.workspace.scoped {
      backwardFeeding(
        readoutGradient, trace, fed, attended, initial: initial, pass, gradients: gradients)
    }
    return Gradient(initial: initial, states: attended.states)
  }

  private func backwardFeeding(
    _ readoutGradient: Matrix, _ trace: Trace, _ fed: FeedingTrace,
    _ attended: Attention.Gradient, initial: [CellState], _ pass: Pass, gradients: Parameters
  ) {
    let order = trace.order
    let embeddingColumns = 0..<fed.embedded.columns
    let fedColumns = fed.embedded.columns..<layers[0].inputs
    let states = trace.features.columns(0..<hidden)
    let featureGradient =
      attentional == nil
      ? readoutGradient
      : pass.workspace.matrix(rows: order.count, columns: trace.features.columns)
    let contextGradient = featureGradient.columns(hidden..<featureGradient.columns)
    let fedGradient = attentional == nil ? contextGradient : readoutGradient
    /// ∂L/∂(output) of each layer.
    let deltas =
      layers.dropLast().map {
        pass.workspace.matrix(rows: order.count, columns: $0.hidden)
      } + [featureGradient.columns(0..<hidden)]
    let carried = zip(layers, fed.layers).map { $0.gradient(of: $1, pass) }
    let weights = layers.dropFirst().map { $0.packedInputBack(pass) }
    let fedWeight =
      feeding == .none ? nil : layers[0].packedInputBack(columns: fedColumns, pass)
    let recurrentWeights = layers.map { $0.packedRecurrentBack(pass) }
    let attentionalWeight = attentional?.packedBack(pass)

    for step in (0..<order.steps).reversed() {
      let rows = order.rows(of: step)
      if let attentional, let attentionalWeight {
        attentional.backward(
          readoutGradient.rows(rows), output: trace.readout.rows(rows), with: attentionalWeight,
          featureGradient: featureGradient.rows(rows), pass)
      }
      attention.backward(
        contexts: contextGradient.rows(rows),
        decoderGradient: deltas[layers.count - 1].rows(rows), trace.memory,
        spans: trace.spans[..<rows.count], trace.attention.rows(rows), attended.rows(rows), pass)
      for index in layers.indices.dropFirst().reversed() {
        layers[index].stepBack(
          step, with: recurrentWeights[index], outputGradient: deltas[index].rows(rows),
          fed.layers[index], carried[index], pass)
        let below = deltas[index - 1].rows(rows)
        layers[index].inputGradient(
          with: weights[index - 1], rows: rows, into: below, adding: false, fed.layers[index],
          pass)
        layerDropouts[index - 1].apply(
          to: below, firstRow: rows.lowerBound, sentences: order.sentences[..<rows.count], pass)
        if residual { pass.kernels.add(deltas[index].rows(rows), to: below) }
      }
      layers[0].stepBack(
        step, with: recurrentWeights[0], outputGradient: deltas[0].rows(rows), fed.layers[0],
        carried[0], pass)
      if step > 0, let fedWeight {
        layers[0].inputGradient(
          with: fedWeight, rows: rows,
          into: fedGradient.rows(before(rows, step, order)), adding: true, fed.layers[0],
          pass)
      }
    }

    attentional?.finishBack(
      readoutGradient, features: trace.features, pass, gradients: gradients)
    attention.finishBack(
      decoder: states, trace.memory, attended, pass, gradients: gradients)
    layers[0].accumulateInput(
      fed.embedded, rows: 0..<order.count, columns: embeddingColumns, fed.layers[0], pass,
      gradients: gradients)
    accumulateFed(trace, fed, columns: fedColumns, pass, gradients: gradients)
    for index in layers.indices.dropFirst() {
      layers[index].accumulateInput(
        fed.inputs[index - 1], rows: 0..<order.count, fed.layers[index], pass,
        gradients: gradients)
    }
    for index in layers.indices {
      layers[index].finishBack(
        fed.layers[index], carried[index], initial: initial[index], pass, gradients: gradients)
    }
    let embedded = pass.workspace.matrix(rows: order.count, columns: fed.embedded.columns)
    layers[0].inputGradient(
      with: layers[0].packedInputBack(columns: embeddingColumns, pass), rows: 0..<order.count,
      into: embedded, adding: false, fed.layers[0], pass)
    embeddingDropout.apply(to: embedded, sentences: trace.sentences[...], pass)
    embedding.backward(embedded, ids: trace.ids, pass, gradients: gradients)
  }

  /// Adds ∂aᵀ c_{t−1}, or ∂aᵀ h̃_{t−1}, to the gradient of W_ih, over all steps but the first, which is fed 0.
  private func accumulateFed(
    _ trace: Trace, _ fed: FeedingTrace, columns: Range<Int>, _ pass: Pass, gradients: Parameters
  ) {
    let order = trace.order
    guard feeding != .none, order.steps > 1 else { return }
    let source =
      attentional == nil
      ? trace.features.columns(hidden..<trace.features.columns) : trace.readout
    let first = order.starts[1]
    let inputs = pass.workspace.matrix(rows: order.count - first, columns: source.columns)
    for step in 1..<order.steps {
      let rows = order.rows(of: step)
      pass.kernels.copy(
        source.rows(before(rows, step, order)),
        to: inputs.rows((rows.lowerBound - first)..<(rows.upperBound - first)))
    }
    layers[0].accumulateInput(
      inputs, rows: first..<order.count, columns: columns, fed.layers[0], pass,
      gradients: gradients)
  }

  /// The rows of the step before of the sentences alive at this one.
  private func before(_ rows: Range<Int>, _ step: Int, _ order: PackedOrder) -> Range<Int> {
    let start = order.starts[step - 1]
    return start..<(start + rows.count)
  }
}

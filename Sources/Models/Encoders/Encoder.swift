package import DragomanLayers
import DragomanTensor

/// Reads a batch of sources: embeddings and a stack of recurrent layers.
///
///     x = E[ids]        h⁽⁰⁾ = x        h⁽ˡ⁾ = layerₗ(dropout(h⁽ˡ⁻¹⁾))        (+ h⁽ˡ⁻¹⁾ for l > 1 if residual)
///
/// An encoder's result is a ragged list of vectors per sentence, which is all that attention asks for.
package struct Encoder: Sendable {
  let embedding: Embedding
  let embeddingDropout: Dropout
  /// From the bottom to the top.
  package let layers: [SequenceLayer]
  /// One under each layer but the lowest.
  let layerDropouts: [Dropout]
  /// In what comes out: attention, and a first state that is a mean, read it; final states are as they are.
  let encodedDropout: Dropout?
  /// Whether a layer above another adds its input to its output.
  ///
  /// Wu et al. 2016, section 3.1 (arXiv:1609.08144).
  let residual: Bool

  /// D, the numbers per source token that come out.
  package var width: Int { layers[layers.count - 1].width }
  /// Whether the layers' states have a cell vector.
  package var hasCell: Bool { layers[0].hasCell }

  /// What the decoder starts from, and what the way back needs.
  package struct Trace {
    /// hᵢ of the top layer.
    package let states: RaggedMatrix
    let ids: [Int32]
    let order: PackedOrder
    /// For each layer, for each direction.
    package let recurrences: [[Recurrence.Trace]]
  }

  /// Encodes sources given as ids sentence by sentence.
  package func forward(ids: [Int32], offsets: [Int32], _ pass: Pass) -> Trace {
    let order = PackedOrder(offsets: offsets)
    var x = embedding.forward(ids, pass)
    embeddingDropout.apply(to: x, sentences: order.rowSentences[...], pass)
    var recurrences: [[Recurrence.Trace]] = []
    for (index, layer) in layers.enumerated() {
      let below = x
      if index > 0 {
        let dropout = layerDropouts[index - 1]
        // The layer below keeps its undropped states packed, so its output can be changed in place, but for one
        // that is added later.
        if residual, dropout.isActive(in: pass) {
          x = pass.workspace.matrix(rows: below.rows, columns: below.columns)
          pass.kernels.copy(below, to: x)
        }
        dropout.apply(to: x, sentences: order.rowSentences[...], pass)
      }
      let (output, traces) = layer.forward(x, order: order, pass)
      recurrences.append(traces)
      if residual, index > 0 { pass.kernels.add(below, to: output) }
      x = output
    }
    encodedDropout?.apply(to: x, sentences: order.rowSentences[...], pass)
    return Trace(
      states: RaggedMatrix(x, offsets: offsets), ids: ids, order: order,
      recurrences: recurrences)
  }

  /// The final state of each direction of a layer, in the order of the batch; nothing is added to it.
  func finalStates(layer: Int, _ trace: Trace, _ pass: Pass) -> [CellState] {
    trace.recurrences[layer].map { $0.layer.finalState(pass.workspace) }
  }

  /// Adds to the gradients of all encoder parameters.
  ///
  /// - Parameters:
  ///   - stateGradient: ∂L/∂hᵢ of the top layer, `[N, D]`.
  ///   - finals: for each layer, for each direction, the gradient of the final state, if it was used.
  ///   - trace: what ``forward(ids:offsets:_:)`` returned.
  ///   - pass: the pass of the way forward.
  ///   - gradients: added to.
  func backward(
    stateGradient: Matrix, finals: [[CellState?]], _ trace: Trace, _ pass: Pass,
    gradients: Parameters
  ) {
    var gradient = stateGradient
    pass.recorder?.add(.encodedGradient, gradient)
    encodedDropout?.apply(to: gradient, sentences: trace.order.rowSentences[...], pass)
    for index in layers.indices.reversed() {
      let above = gradient
      gradient = layers[index].backward(
        above, finals: finals[index], trace.recurrences[index], pass, gradients: gradients)
      if index > 0 {
        layerDropouts[index - 1].apply(
          to: gradient, sentences: trace.order.rowSentences[...], pass)
        if residual { pass.kernels.add(above, to: gradient) }
      }
    }
    embeddingDropout.apply(to: gradient, sentences: trace.order.rowSentences[...], pass)
    pass.recorder?.add(.embeddedGradient, gradient)
    embedding.backward(gradient, ids: trace.ids, pass, gradients: gradients)
  }
}

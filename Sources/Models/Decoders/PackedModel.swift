import DragomanSystem
package import DragomanLayers
package import DragomanTensor

/// A model's weights packed once for decoding, and the steps of it.
///
/// Every number of a sentence is computed from its own rows alone, in an order that does not depend on
/// the others, so a translation does not depend on what stands beside it in a batch.
package struct PackedModel: Sendable {
  /// The architecture.
  package let model: TranslationModel
  package let weights: Parameters
  let layers: [PackedRecurrentLayer]
  let deepOutput: PackedMatrix?
  let attentional: PackedMatrix?
  let output: PackedMatrix
  /// The output in 8 bits, for the most probable token alone.
  package let screen: Screen?

  /// Packs weights, which must not change as long as the result is in use.
  ///
  /// A screen changes no result. By default there is one where it makes decoding faster.
  package init(
    _ model: TranslationModel, weights: Parameters, _ kernels: Kernels, withScreen: Bool? = nil
  ) {
    self.model = model
    self.weights = weights
    layers = model.decoder.layers.map { $0.packed(weights, kernels) }
    deepOutput = model.decoder.deepOutput?.packed(weights, kernels)
    attentional = model.decoder.attentional?.packed(weights, kernels)
    output = model.decoder.output.linear.packed(weights, kernels)
    screen =
      withScreen ?? kernels.screensAreFast
      ? model.decoder.output.linear.screen(weights, kernels) : nil
  }

  /// Where the decoders of some sentences stand.
  package struct State {
    /// s of each layer, a row per sentence.
    var layers: [CellState]
    /// c_{t−1}, `[n, D]`, or h̃_{t−1}, `[n, H]`.
    var fed: Matrix
    /// C, `[n, S]`: what was attended to, with coverage.
    var coverage: Matrix?

    /// The states at `rows`, in new memory.
    package func gathered(_ rows: [Int32], _ workspace: Workspace) -> State {
      func gathered(_ matrix: Matrix) -> Matrix {
        let result = workspace.matrix(rows: rows.count, columns: matrix.columns)
        workspace.kernels.gather(rows, of: matrix, into: result)
        return result
      }
      return State(
        layers: layers.map { $0.gathered(rows, workspace) }, fed: gathered(fed),
        coverage: coverage.map(gathered))
    }
  }

  /// Encodes sources, each ending in its end token, and returns what attention looks at, the spans of one
  /// query per sentence, and the state before the first step.
  package func encode(
    _ sources: [[Int32]], _ pass: Pass
  ) -> (memory: Attention.Memory, spans: [AttentionSpan], state: State) {
    var offsets: [Int32] = [0]
    for source in sources { offsets.append(offsets[offsets.count - 1] + Int32(source.count)) }
    let encoded = model.encoder.forward(ids: sources.flatMap(\.self), offsets: offsets, pass)
    let memory = model.decoder.attention.memory(of: encoded.states, pass)
    let started = model.start.forward(model.encoder, encoded, pass)
    let fed = pass.workspace.zeros(
      rows: sources.count, columns: model.decoder.attentional?.size ?? model.encoder.width)
    let spans = sources.indices.map { sentence in
      AttentionSpan(
        queryStart: Int32(sentence), queryCount: 1, sourceStart: offsets[sentence],
        sourceCount: offsets[sentence + 1] - offsets[sentence])
    }
    let coverage = model.decoder.attention.coverage.map { _ in
      pass.workspace.zeros(rows: sources.count, columns: memory.longest)
    }
    return (memory, spans, State(layers: started.results, fed: fed, coverage: coverage))
  }

  /// Goes one step: what the output layer reads after `tokens`, `[n, F]`, the attention of that step, `[n, S]`, and
  /// the state after it.
  package func step(
    _ tokens: [Int32], _ state: State, _ memory: Attention.Memory,
    spans: ArraySlice<AttentionSpan>, _ pass: Pass
  ) -> (features: Matrix, weights: Matrix, state: State) {
    let workspace = pass.workspace
    let decoder = model.decoder
    let rows = tokens.count
    let hidden = decoder.hidden
    let embeddingSize = decoder.embedding.size
    var x = workspace.matrix(rows: rows, columns: layers[0].inputs)
    let embedded = x.columns(0..<embeddingSize)
    decoder.embedding.forward(tokens, into: embedded, pass)
    if decoder.feeding != .none {
      pass.kernels.copy(state.fed, to: x.columns(embeddingSize..<x.columns))
    }
    let features = workspace.matrix(rows: rows, columns: hidden + model.encoder.width)
    let top = features.columns(0..<hidden)
    var next: [CellState] = []
    for (index, layer) in layers.enumerated() {
      let before = state.layers[index]
      let isTop = index == layers.count - 1
      let isAdding = decoder.residual && index > 0
      let after = CellState(
        hidden: isTop && !isAdding ? top : workspace.matrix(rows: rows, columns: layer.hidden),
        cell: before.cell.map { workspace.matrix(rows: rows, columns: $0.columns) })
      layer.step(x, from: before, to: after, pass)
      next.append(after)
      guard isAdding else {
        x = after.hidden
        continue
      }
      let sum = isTop ? top : workspace.matrix(rows: rows, columns: layer.hidden)
      pass.kernels.copy(after.hidden, to: sum)
      pass.kernels.add(x, to: sum)
      x = sum
    }
    let contexts = features.columns(hidden..<features.columns)
    let attended = decoder.attention.trace(
      decoder: top, coverage: state.coverage, memory, pass)
    decoder.attention.forward(
      decoder: top, memory, spans: spans, contexts: contexts, attended, pass)
    let coverage = state.coverage.map { workspace.matrix(rows: rows, columns: $0.columns) }
    decoder.attention.cover(after: attended, into: coverage, pass)
    var (readout, fed) = (features, contexts)
    if let layer = decoder.attentional, let attentional {
      fed = workspace.matrix(rows: rows, columns: layer.size)
      layer.forward(features, with: attentional, into: fed, pass)
      readout = fed
    }
    let deep = decoder.deepOutput?.forward(
      readout, embedded: embedded, with: deepOutput, pass)
    return (
      deep?.output ?? readout, attended.weights,
      State(layers: next, fed: fed, coverage: coverage)
    )
  }

  /// The scores of all tokens, `[n, V]`, from what the output layer reads.
  package func logits(of features: Matrix, _ pass: Pass) -> Matrix {
    let logits = pass.workspace.matrix(
      rows: features.rows, columns: model.decoder.output.vocabulary)
    model.decoder.output.linear.forward(features, output, into: logits, pass)
    return logits
  }
}

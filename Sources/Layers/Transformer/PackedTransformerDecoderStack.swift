package import DragomanTensor

/// The weights of a Transformer's decoder packed once, and the steps of decoding.
package final class PackedTransformerDecoderStack: Sendable {
  private struct Layer: Sendable {
    let layer: TransformerDecoderStack.Layer
    let projection: PackedLinear
    let attended: PackedLinear
    let query: PackedLinear
    let seen: PackedLinear
    let inner: PackedLinear
    let outer: PackedLinear
  }

  private let layers: [Layer]
  private let top: LayerNorm?
  private let width: Int

  /// Packs weights, which must not change as long as the result is in use.
  package init(_ stack: TransformerDecoderStack, _ weights: Parameters, _ kernels: Kernels) {
    layers = stack.layers.map { layer in
      func packed(_ linear: Linear) -> PackedLinear { PackedLinear(linear, weights, kernels) }
      return Layer(
        layer: layer, projection: packed(layer.attention.projection),
        attended: packed(layer.attention.output), query: packed(layer.cross.query),
        seen: packed(layer.cross.output), inner: packed(layer.feedForward.inner),
        outer: packed(layer.feedForward.outer))
    }
    (top, width) = (stack.top, stack.width)
  }

  /// Where the decoding of some hypotheses stands: a row for each.
  package struct State {
    /// Of each layer; shared by all states of a search.
    fileprivate let caches: [KeyValueCache]
    /// k and v of the sources, of each layer, `[M, 2D]`.
    fileprivate let memories: [Matrix]
    fileprivate let offsets: [Int32]
    fileprivate let longest: Int
    /// For each row, the number of its source.
    fileprivate let sentences: [Int32]
    /// For each row, where its tokens stand in the caches.
    fileprivate let histories: [[Int32]]

    /// Tokens of each hypothesis so far.
    package var length: Int { histories.first?.count ?? 0 }

    /// The states at `rows`: numbers stay where they are.
    package func gathered(_ rows: [Int32]) -> State {
      State(
        caches: caches, memories: memories, offsets: offsets, longest: longest,
        sentences: rows.map { sentences[Int($0)] }, histories: rows.map { histories[Int($0)] })
    }
  }

  /// The state before the first step, a row for each source.
  package func start(_ states: RaggedMatrix, _ pass: Pass) -> State {
    State(
      caches: layers.map { _ in KeyValueCache(columns: 2 * width) },
      memories: layers.map { $0.layer.cross.memory(of: states, pass) }, offsets: states.offsets,
      longest: states.longest, sentences: Array(0..<Int32(states.sentences)),
      histories: [[Int32]](repeating: [], count: states.sentences))
  }

  /// Goes one step with what the lowest layer reads, `[n, D]`: what the top layer gives, `[n, D]`, the weights of the last
  /// layer's attention to the source, `[n, h·S]`, and the state after it.
  package func step(
    _ x: Matrix, _ state: State, _ pass: Pass
  ) -> (output: Matrix, weights: Matrix, state: State) {
    let workspace = pass.workspace
    let first = Int32(state.caches[0].count)
    let histories = state.histories.enumerated().map { $1 + [first + Int32($0)] }
    let rows = histories.flatMap(\.self)
    let offsets = histories.reduce(into: [0 as Int32]) {
      $0.append($0[$0.count - 1] + Int32($1.count))
    }
    let own = AttentionSpan.oneEach(of: 0..<Int32(histories.count), sources: offsets)
    let sources = AttentionSpan.oneEach(of: state.sentences, sources: state.offsets)
    var x = x
    var weights = x
    for (index, packed) in layers.enumerated() {
      let (layer, cache) = (packed.layer, state.caches[index])
      let projected = packed.projection.forward(layer.first.enterStep(x, pass), pass)
      cache.append(projected.columns(width..<(3 * width)), pass.kernels)
      let attended = see(
        projected.columns(0..<width), cache.rows, own, rows: rows[...],
        longest: state.length + 1, layer.attention.heads, pass)
      let looking = packed.attended.forward(attended.result, pass)
      layer.first.leaveStep(x, into: looking, pass)
      let query = packed.query.forward(layer.second.enterStep(looking, pass), pass)
      let seen = see(
        query, state.memories[index], sources, rows: nil, longest: state.longest,
        layer.cross.heads, pass)
      let middle = packed.seen.forward(seen.result, pass)
      layer.second.leaveStep(looking, into: middle, pass)
      let inner = packed.inner.forward(layer.third.enterStep(middle, pass), pass)
      pass.kernels.activate(layer.feedForward.activation, inner, into: inner)
      let output = packed.outer.forward(inner, pass)
      layer.third.leaveStep(middle, into: output, pass)
      (x, weights) = (output, seen.weights)
    }
    if let top {
      let output = workspace.matrix(rows: x.rows, columns: x.columns)
      pass.kernels.copy(x, to: output)
      top.apply(to: output, pass)
      x = output
    }
    return (
      x, weights,
      State(
        caches: state.caches, memories: state.memories, offsets: state.offsets,
        longest: state.longest, sentences: state.sentences, histories: histories)
    )
  }

  /// Lets queries see keys and values that stand side by side.
  private func see(
    _ queries: Matrix, _ memory: Matrix, _ spans: [AttentionSpan], rows: ArraySlice<Int32>?,
    longest: Int, _ heads: AttentionHeads, _ pass: Pass
  ) -> (weights: Matrix, result: Matrix) {
    let weights = pass.workspace.matrix(rows: queries.rows, columns: heads.count * longest)
    let result = pass.workspace.matrix(rows: queries.rows, columns: width)
    pass.kernels.headWeights(
      heads, queries: queries, keys: memory.columns(0..<width), spans: spans[...], rows: rows,
      into: weights)
    pass.kernels.headCombine(
      heads, weights: weights, values: memory.columns(width..<(2 * width)), spans: spans[...],
      rows: rows, into: result)
    return (weights, result)
  }
}

package import DragomanTensor

/// The weights of a Transformer's decoder packed once, and the steps of decoding.
package final class PackedTransformerStack: Sendable {
  private let sublayers: [(sublayer: Sublayer, function: PackedSublayerFunction)]
  private let top: LayerNorm?

  /// Packs weights, which must not change as long as the result is in use.
  package init(_ stack: TransformerStack, _ weights: Parameters, _ kernels: Kernels) {
    sublayers = stack.layers.joined().map {
      ($0, PackedSublayerFunction($0.function, weights, kernels))
    }
    top = stack.top
  }

  /// Where the decoding of some hypotheses stands: a row for each.
  package struct State {
    /// Of each sublayer.
    fileprivate let functions: [PackedSublayerFunction.State]
    fileprivate let offsets: [Int32]
    fileprivate let longest: Int
    /// For each row, the number of its source.
    fileprivate let sentences: [Int32]
    /// Tokens of each hypothesis so far.
    package fileprivate(set) var length: Int
    /// For each row, where its tokens stand in the caches; empty without caches.
    fileprivate let histories: [[Int32]]

    /// The states at `rows`: what caches hold stays where it is.
    package func gathered(_ rows: [Int32], _ workspace: Workspace) -> State {
      State(
        functions: functions.map { $0.gathered(rows, workspace) }, offsets: offsets,
        longest: longest, sentences: rows.map { sentences[Int($0)] }, length: length,
        histories: histories.isEmpty ? [] : rows.map { histories[Int($0)] })
    }
  }

  /// The state before the first step, a row for each source.
  package func start(_ states: RaggedMatrix, _ pass: Pass) -> State {
    let functions = sublayers.map { $0.function.start(states, pass) }
    let hasCache = functions.contains { $0.cached != nil }
    return State(
      functions: functions, offsets: states.offsets, longest: states.longest,
      sentences: Array(0..<Int32(states.sentences)), length: 0,
      histories: hasCache ? [[Int32]](repeating: [], count: states.sentences) : [])
  }

  /// Goes one step with what the lowest layer reads, `[n, D]`: what the top layer gives, `[n, D]`, the weights of the
  /// last layer's attention to the source, `[n, h·S]`, and the state after it.
  package func step(
    _ x: Matrix, _ state: State, _ pass: Pass
  ) -> (output: Matrix, weights: Matrix, state: State) {
    // Other states may have gone on with the same caches.
    let cached = state.functions.lazy.compactMap(\.cached).first ?? 0
    let histories = state.histories.enumerated().map { $1 + [Int32(cached + $0)] }
    let views = StepViews(
      history: histories.flatMap(\.self),
      own: AttentionSpan.oneEach(
        of: 0..<Int32(histories.count),
        sources: (0...Int32(histories.count)).map { $0 * Int32(state.length + 1) }),
      length: state.length + 1,
      sources: AttentionSpan.oneEach(of: state.sentences, sources: state.offsets),
      longest: state.longest)
    var x = x
    var weights = x
    var functions: [PackedSublayerFunction.State] = []
    for ((sublayer, _), function) in zip(sublayers, state.functions) {
      let input = sublayer.enterStep(x, pass)
      let (output, seen, next) = function.step(input, views, pass)
      sublayer.leaveStep(x, into: output, pass)
      x = output
      weights = seen ?? weights
      functions.append(next)
    }
    if let top {
      let output = pass.workspace.matrix(rows: x.rows, columns: x.columns)
      pass.kernels.copy(x, to: output)
      top.apply(to: output, pass)
      x = output
    }
    return (
      x, weights,
      State(
        functions: functions, offsets: state.offsets, longest: state.longest,
        sentences: state.sentences, length: state.length + 1, histories: histories)
    )
  }
}

extension Sublayer {
  /// What f reads of a step's rows, in memory of its own.
  fileprivate func enterStep(_ x: Matrix, _ pass: Pass) -> Matrix {
    let input = pass.workspace.matrix(rows: x.rows, columns: x.columns)
    pass.kernels.copy(x, to: input)
    switch place {
    case .before: norm.apply(to: input, pass)
    case .after: break
    }
    return input
  }

  /// Turns what f gave into what comes out, in place.
  fileprivate func leaveStep(_ x: Matrix, into output: Matrix, _ pass: Pass) {
    pass.kernels.add(x, to: output)
    switch place {
    case .before: break
    case .after: norm.apply(to: output, pass)
    }
  }
}

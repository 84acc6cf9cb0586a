import DragomanTensor

/// f of a sublayer with its weights packed once.
enum PackedSublayerFunction: Sendable {
  case attention(AttentionHeads, projection: PackedLinear, output: PackedLinear)
  case recurrence(PackedRecurrentLayer)
  case cross(CrossAttention, query: PackedLinear, output: PackedLinear)
  case feedForward(Activation, inner: PackedLinear, outer: PackedLinear)

  /// What a step leaves to the next one, beside f.
  enum State {
    /// Keys and values of the tokens so far, shared by all states of a search.
    case attention(AttentionHeads, projection: PackedLinear, output: PackedLinear, KeyValueCache)
    /// m, `[n, D]`.
    case recurrence(PackedRecurrentLayer, CellState)
    /// k and v of the sources, `[M, 2D]`.
    case cross(AttentionHeads, query: PackedLinear, output: PackedLinear, memory: Matrix)
    /// Nothing.
    case feedForward(Activation, inner: PackedLinear, outer: PackedLinear)
  }

  init(_ function: SublayerFunction, _ weights: Parameters, _ kernels: Kernels) {
    func packed(_ linear: Linear) -> PackedLinear { PackedLinear(linear, weights, kernels) }
    self =
      switch function {
      case .attention(let attention):
        .attention(
          attention.heads, projection: packed(attention.projection),
          output: packed(attention.output))
      case .recurrence(let recurrence):
        .recurrence(recurrence.recurrence.layer.packed(weights, kernels))
      case .cross(let attention):
        .cross(attention, query: packed(attention.query), output: packed(attention.output))
      case .feedForward(let network):
        .feedForward(
          network.activation, inner: packed(network.inner), outer: packed(network.outer))
      }
  }

  /// The state before the first step, a row for each source.
  func start(_ states: RaggedMatrix, _ pass: Pass) -> State {
    switch self {
    case .attention(let heads, let projection, let output):
      .attention(
        heads, projection: projection, output: output,
        KeyValueCache(columns: 2 * output.linear.outputs))
    case .recurrence(let layer):
      .recurrence(layer, layer.layer.zeroState(rows: states.sentences, pass.workspace))
    case .cross(let attention, let query, let output):
      .cross(
        attention.heads, query: query, output: output, memory: attention.memory(of: states, pass))
    case .feedForward(let activation, let inner, let outer):
      .feedForward(activation, inner: inner, outer: outer)
    }
  }
}

extension PackedSublayerFunction.State {
  /// Rows in its cache; `nil` if it has none.
  var cached: Int? {
    switch self {
    case .attention(_, _, _, let cache): cache.count
    case .recurrence, .cross, .feedForward: nil
    }
  }

  /// The states at `rows`; those of caches stay where they are.
  func gathered(_ rows: [Int32], _ workspace: Workspace) -> Self {
    switch self {
    case .recurrence(let layer, let state): .recurrence(layer, state.gathered(rows, workspace))
    case .attention, .cross, .feedForward: self
    }
  }

  /// f of this step's rows, `[n, D]`, the weights if it looks at the source, `[n, h·S]`, and the state after it.
  func step(
    _ x: Matrix, _ views: StepViews, _ pass: Pass
  ) -> (output: Matrix, weights: Matrix?, state: Self) {
    switch self {
    case .attention(let heads, let projection, let output, let cache):
      let width = x.columns
      let projected = projection.forward(x, pass)
      cache.append(projected.columns(width..<(3 * width)), pass.kernels)
      let seen = heads.see(
        projected.columns(0..<width), cache.rows, views.own, rows: views.history,
        longest: views.length, pass)
      return (output.forward(seen.result, pass), nil, self)
    case .recurrence(let layer, let state):
      let next = layer.layer.state(rows: x.rows, pass.workspace)
      layer.step(x, from: state, to: next, pass)
      // What is added to the output must not reach the state.
      let output = pass.workspace.matrix(rows: x.rows, columns: x.columns)
      pass.kernels.copy(next.hidden, to: output)
      return (output, nil, .recurrence(layer, next))
    case .cross(let heads, let query, let output, let memory):
      let seen = heads.see(
        query.forward(x, pass), memory, views.sources, longest: views.longest, pass)
      return (output.forward(seen.result, pass), seen.weights, self)
    case .feedForward(let activation, let inner, let outer):
      let activated = inner.forward(x, pass)
      pass.kernels.activate(activation, activated, into: activated)
      return (outer.forward(activated, pass), nil, self)
    }
  }
}

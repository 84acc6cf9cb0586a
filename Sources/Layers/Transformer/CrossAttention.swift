package import DragomanTensor

/// Attention of a decoder's rows to an encoder's states, through several heads.
///
///     q = W_q x + b_q        [k ; v] = W_kv h + b_kv
///     α = softmax(q kᵀ / √d_k) per head        y = W_O [heads] + b_O
///
/// Vaswani et al. 2017, section 3.2.3 (arXiv:1706.03762). W_q is `[D, D]`, W_kv `[2D, D_h]` with the encoder's width
/// D_h: the states are projected once per batch.
package struct CrossAttention: Sendable {
  let query: Linear
  let keyValue: Linear
  let output: Linear
  /// How queries see.
  package let heads: AttentionHeads
  let weightDropout: Dropout

  /// Adds `name.query.…`, `name.keyValue.…` and `name.output.…`; `dropout` is applied to the weights α.
  package init(
    name: String, size: Int, memory: Int, heads: AttentionHeads, dropout: Dropout,
    layout: inout ParameterLayout
  ) {
    query = Linear(name: "\(name).query", from: size, to: size, layout: &layout)
    keyValue = Linear(
      name: "\(name).keyValue", from: memory, to: 2 * size, blocks: 2, layout: &layout)
    output = Linear(name: "\(name).output", from: size, to: size, layout: &layout)
    self.heads = heads
    weightDropout = dropout
  }

  /// D.
  var size: Int { output.outputs }

  /// Multiply-adds of the products for one token of the target.
  package var multiplicationsPerTarget: Int { 2 * size * size }
  /// Multiply-adds of the products for one token of the source.
  package var multiplicationsPerSource: Int { keyValue.inputs * keyValue.outputs }

  /// What is looked at: k and v side by side, `[M, 2D]`, computed once per batch.
  package func memory(of states: RaggedMatrix, _ pass: Pass) -> Matrix {
    keyValue.forward(states.matrix, pass)
  }

  /// What the backward pass needs.
  package struct Trace {
    let input: Matrix
    let states: Matrix
    /// α of all heads, `[N, h·S]`, before dropout.
    package let weights: Matrix
    let seen: HeadedWeights
    /// Which queries have which sources.
    package var spans: [AttentionSpan] { seen.spans }
  }

  /// Maps `[N, D]` to `[N, D]`, in memory of the caller's; row blocks of `offsets` look at the sentences of the states.
  package func forward(
    _ x: Matrix, into y: Matrix, offsets: [Int32], _ states: RaggedMatrix, longest: Int,
    sentences: [Int32], _ pass: Pass
  ) -> Trace {
    let memory = memory(of: states, pass)
    let seen = HeadedWeights(
      heads, of: output.weight, queries: query.forward(x, pass), keys: memory.columns(0..<size),
      values: memory.columns(size..<(2 * size)),
      spans: AttentionSpan.pairing(queries: offsets, sources: states.offsets), longest: longest,
      dropout: weightDropout, sentences: sentences, pass)
    output.forward(seen.result, into: y, pass)
    return Trace(input: x, states: states.matrix, weights: seen.weights, seen: seen)
  }

  /// Adds to the gradients of the parameters and of the states, `[M, D_h]`, and returns ∂x, `[N, D]`, given ∂y.
  package func backward(
    _ gradient: Matrix, addingTo stateGradient: Matrix, _ trace: Trace, _ pass: Pass,
    gradients: Parameters
  ) -> Matrix {
    let workspace = pass.workspace
    let combined = workspace.matrix(rows: gradient.rows, columns: size)
    output.backward(
      gradient, input: trace.seen.result, inputGradient: combined, pass, gradients: gradients)
    let queries = workspace.matrix(rows: gradient.rows, columns: size)
    let memory = workspace.zeros(rows: trace.states.rows, columns: 2 * size)
    trace.seen.backward(
      combined, queryGradient: queries, keyGradient: memory.columns(0..<size),
      valueGradient: memory.columns(size..<(2 * size)), pass)
    keyValue.backward(
      memory, input: trace.states, inputGradient: stateGradient, adding: true, pass,
      gradients: gradients)
    let x = workspace.matrix(rows: gradient.rows, columns: size)
    query.backward(queries, input: trace.input, inputGradient: x, pass, gradients: gradients)
    return x
  }
}

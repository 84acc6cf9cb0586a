package import DragomanTensor

/// Attention of a sentence to itself, through several heads.
///
///     [q ; k ; v] = W x + b        α = softmax(q kᵀ / √d_k) per head        y = W_O [heads side by side] + b_O
///
/// Vaswani et al. 2017, section 3.2 (arXiv:1706.03762). W is `[3D, D]`, the blocks of q, k and v one below the other,
/// each drawn by itself; head i is column block i of each. A query sees positions of its own sentence only, none after
/// its own if the heads are causal: there is no padding, and no mask either.
package struct SelfAttention: Sendable {
  let projection: Linear
  let output: Linear
  /// How queries see.
  package let heads: AttentionHeads
  let weightDropout: Dropout

  /// Adds `name.queryKeyValue.…` and `name.output.…`; `dropout` is applied to the weights α.
  package init(
    name: String, size: Int, heads: AttentionHeads, dropout: Dropout,
    layout: inout ParameterLayout
  ) {
    projection = Linear(
      name: "\(name).queryKeyValue", from: size, to: 3 * size, blocks: 3, layout: &layout)
    output = Linear(name: "\(name).output", from: size, to: size, layout: &layout)
    self.heads = heads
    weightDropout = dropout
  }

  /// D.
  var size: Int { output.outputs }

  /// Multiply-adds of the products for one token.
  package var multiplications: Int { 4 * size * size }

  /// What the backward pass needs.
  package struct Trace {
    let input: Matrix
    /// q, k and v side by side, `[N, 3D]`.
    let projected: Matrix
    /// α of all heads, `[N, h·S]`, before dropout.
    package let weights: Matrix
    let seen: HeadedWeights
    /// Which queries have which sources.
    package var spans: [AttentionSpan] { seen.spans }
  }

  /// Maps `[N, D]` to `[N, D]`, in memory of the caller's; `offsets` say where sentences begin, `longest` is the tokens
  /// of the longest.
  package func forward(
    _ x: Matrix, into y: Matrix, offsets: [Int32], longest: Int, sentences: [Int32], _ pass: Pass
  ) -> Trace {
    let projected = projection.forward(x, pass)
    let spans = AttentionSpan.pairing(queries: offsets, sources: offsets)
    let seen = HeadedWeights(
      heads, of: output.weight, queries: projected.columns(0..<size),
      keys: projected.columns(size..<(2 * size)),
      values: projected.columns((2 * size)..<(3 * size)), spans: spans, longest: longest,
      dropout: weightDropout, sentences: sentences, pass)
    output.forward(seen.result, into: y, pass)
    return Trace(input: x, projected: projected, weights: seen.weights, seen: seen)
  }

  /// Adds to the gradients of the parameters and returns ∂x, `[N, D]`, given ∂y.
  package func backward(
    _ gradient: Matrix, _ trace: Trace, _ pass: Pass, gradients: Parameters
  ) -> Matrix {
    let workspace = pass.workspace
    let combined = workspace.matrix(rows: gradient.rows, columns: size)
    output.backward(
      gradient, input: trace.seen.result, inputGradient: combined, pass, gradients: gradients)
    let projected = workspace.zeros(rows: gradient.rows, columns: 3 * size)
    trace.seen.backward(
      combined, queryGradient: projected.columns(0..<size),
      keyGradient: projected.columns(size..<(2 * size)),
      valueGradient: projected.columns((2 * size)..<(3 * size)), pass)
    let x = workspace.matrix(rows: gradient.rows, columns: size)
    projection.backward(
      projected, input: trace.input, inputGradient: x, pass, gradients: gradients)
    return x
  }
}

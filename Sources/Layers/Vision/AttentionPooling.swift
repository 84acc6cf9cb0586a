package import DragomanTensor

/// One vector for a list of vectors: their mean, weighed by how well each fits a query that is learnt.
///
///     e_i = q · h_i        α = softmax(e)        y = Σ_i α_i h_i
///
/// Luong's dot attention with one query for all; it begins with q = 0, which is the mean.
package struct AttentionPooling: Sendable {
  /// q, `[D]`.
  let query: Parameter

  /// Adds `name.query` (zeros).
  package init(name: String, size: Int, layout: inout ParameterLayout) {
    query = layout.vector("\(name).query", size: size, .zeros)
  }

  /// What the backward pass needs.
  package struct Trace: Sendable {
    let layer: AttentionPooling
    let rows: RaggedMatrix
    /// q once for each list, `[B, D]`.
    let queries: Matrix
    /// α, `[B, longest]`.
    package let weights: Matrix
    let spans: [AttentionSpan]
  }

  /// Maps B lists of vectors, `[N, D]`, to `[B, D]`.
  package func forward(_ rows: RaggedMatrix, _ pass: Pass) -> (output: Matrix, trace: Trace) {
    let (workspace, kernels, count) = (pass.workspace, pass.kernels, rows.sentences)
    let spans = AttentionSpan.oneEach(of: 0..<Int32(count), sources: rows.offsets)
    let queries = workspace.gathered(
      [Int32](repeating: 0, count: count), of: pass.weights[query])
    let weights = workspace.matrix(rows: count, columns: rows.longest)
    kernels.raggedDot(queries, rows.matrix, spans: spans[...], into: weights)
    pass.recorder?.add(.scores, weights)
    kernels.raggedSoftmax(weights, spans: spans[...])
    let y = workspace.matrix(rows: count, columns: rows.matrix.columns)
    kernels.raggedCombine(weights, rows.matrix, spans: spans[...], into: y)
    return (
      y, Trace(layer: self, rows: rows, queries: queries, weights: weights, spans: spans)
    )
  }
}

extension AttentionPooling.Trace {
  /// Adds to the gradient of q and to that of the vectors, `[N, D]`, given ∂y, `[B, D]`.
  ///
  ///     ∂α_i = ∂y · h_i        ∂e = α ⊙ (∂α − Σ α ∂α)        ∂q += Σ ∂e_i h_i        ∂h_i += α_i ∂y + ∂e_i q
  package func backward(
    _ gradient: Matrix, addingTo rowGradient: Matrix, _ pass: Pass, gradients: Parameters
  ) {
    let (workspace, kernels) = (pass.workspace, pass.kernels)
    workspace.scoped {
      let delta = workspace.matrix(rows: weights.rows, columns: weights.columns)
      kernels.raggedDot(gradient, rows.matrix, spans: spans[...], into: delta)
      pass.recorder?.add(.weightGradient, delta)
      kernels.raggedSoftmaxBackward(delta, weights: weights, spans: spans[...])
      pass.recorder?.add(.scoreGradient, delta)
      let queryGradient = workspace.matrix(rows: queries.rows, columns: queries.columns)
      kernels.raggedCombine(delta, rows.matrix, spans: spans[...], into: queryGradient)
      kernels.addColumnSums(of: queryGradient, to: gradients[layer.query])
      kernels.raggedCombineTransposed(
        weights, gradient, spans: spans[...], addingTo: rowGradient)
      kernels.raggedCombineTransposed(delta, queries, spans: spans[...], addingTo: rowGradient)
    }
  }
}

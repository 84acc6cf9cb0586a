import DragomanTensor

/// What queries saw through several heads: the weights, and the values they were given.
///
///     α = softmax(q kᵀ / √d_k)        R = dropout(α) v        per head, side by side
///
/// The backward pass, per head and query, over the positions seen:
///
///     ∂α = dropout(∂R vᵀ)      ∂v += dropout(α)ᵀ ∂R      ∂e = α ⊙ (∂α − Σ α ∂α)
///     ∂q = ∂e k / √d_k      ∂k += ∂eᵀ q / √d_k
struct HeadedWeights {
  let heads: AttentionHeads
  let queries: Matrix
  let keys: Matrix
  let values: Matrix
  let spans: [AttentionSpan]
  /// α, `[N, h·S]`.
  let weights: Matrix
  /// α after dropout: α itself where nothing is dropped.
  let dropped: Matrix
  /// R, `[N, D]`.
  let result: Matrix
  let dropout: Dropout
  let sentences: [Int32]
  /// W_O, by which a recorder knows this attention.
  let name: Parameter

  /// Lets queries `[N, D]` see keys and values `[M, D]`; `name` is W_O of the attention.
  init(
    _ heads: AttentionHeads, of name: Parameter, queries: Matrix, keys: Matrix, values: Matrix,
    spans: [AttentionSpan], longest: Int, dropout: Dropout, sentences: [Int32], _ pass: Pass
  ) {
    let workspace = pass.workspace
    (self.heads, self.queries, self.keys, self.values) = (heads, queries, keys, values)
    (self.spans, self.dropout, self.sentences) = (spans, dropout, sentences)
    self.name = name
    weights = workspace.matrix(rows: queries.rows, columns: heads.count * longest)
    result = workspace.matrix(rows: queries.rows, columns: values.columns)
    let (weights, result) = (weights, result)
    dropped =
      dropout.isActive(in: pass)
      ? workspace.matrix(rows: weights.rows, columns: weights.columns) : weights
    let dropped = dropped
    pass.timed(.attention) {
      pass.kernels.headWeights(
        heads, queries: queries, keys: keys, spans: spans[...], into: weights)
      if dropout.isActive(in: pass) {
        pass.kernels.copy(weights, to: dropped)
        dropout.apply(to: dropped, sentences: sentences[...], pass)
      }
      pass.kernels.headCombine(
        heads, weights: dropped, values: values, spans: spans[...], into: result)
    }
    recordWeights(pass)
  }

  /// Writes ∂q, and adds to ∂k and ∂v, given ∂R.
  func backward(
    _ gradient: Matrix, queryGradient: Matrix, keyGradient: Matrix, valueGradient: Matrix,
    _ pass: Pass
  ) {
    pass.timed(.attentionBackward) {
      let delta = pass.workspace.matrix(rows: weights.rows, columns: weights.columns)
      pass.kernels.headCombineBackward(
        heads, gradient: gradient, weights: dropped, values: values, spans: spans[...],
        weightGradient: delta, valueGradient: valueGradient)
      dropout.apply(to: delta, sentences: sentences[...], pass)
      pass.recorder?.add(.headWeightGradient(name), delta)
      pass.kernels.headWeightsBackward(
        heads, gradient: delta, weights: weights, queries: queries, keys: keys, spans: spans[...],
        queryGradient: queryGradient, keyGradient: keyGradient)
      recordScoreGradient(delta, pass)
    }
  }
}

import DragomanTensor

/// What the rows of a step of decoding see.
struct StepViews {
  /// For each row, the rows of its own tokens so far, one after the other.
  let history: [Int32]
  /// Where each row's begin in them.
  let own: [AttentionSpan]
  /// Tokens of each row so far, this step's included.
  let length: Int
  /// Where each row's source stands.
  let sources: [AttentionSpan]
  /// Positions of the longest source.
  let longest: Int
}

extension AttentionHeads {
  /// Lets queries, `[n, D]`, see keys and values that stand side by side, `[M, 2D]`.
  func see(
    _ queries: Matrix, _ memory: Matrix, _ spans: [AttentionSpan], rows: [Int32]? = nil,
    longest: Int, _ pass: Pass
  ) -> (weights: Matrix, result: Matrix) {
    let width = queries.columns
    let weights = pass.workspace.matrix(rows: queries.rows, columns: count * longest)
    let result = pass.workspace.matrix(rows: queries.rows, columns: width)
    pass.kernels.headWeights(
      self, queries: queries, keys: memory.columns(0..<width), spans: spans[...],
      rows: rows?[...], into: weights)
    pass.kernels.headCombine(
      self, weights: weights, values: memory.columns(width..<(2 * width)), spans: spans[...],
      rows: rows?[...], into: result)
    return (weights, result)
  }
}

package import DragomanTensor

extension AttentionHeads {
  /// The mean of all heads' weights, `[n, S]`, of those side by side, `[n, h·S]`.
  package func mean(of weights: Matrix, _ pass: Pass) -> Matrix {
    let result = pass.workspace.matrix(rows: weights.rows, columns: weights.columns / count)
    pass.kernels.copy(self.weights(of: 0, in: weights), to: result)
    for head in 1..<max(count, 1) {
      pass.kernels.add(self.weights(of: head, in: weights), to: result)
    }
    pass.kernels.scale(result, by: 1 / Float(count))
    return result
  }

  /// Multiply-adds of scores and contexts of D numbers, for queries of sentences that see sources of these.
  func multiplications(width: Int, queries: [Int32], sources: [Int32]) -> Double {
    var pairs = 0.0
    for sentence in queries.indices.dropLast() {
      let count = Int(queries[sentence + 1] - queries[sentence])
      let seen = Int(sources[sentence + 1] - sources[sentence])
      for query in 0..<count {
        pairs += Double(self.seen(by: query, queries: count, sources: seen).count)
      }
    }
    return 2 * Double(width) * pairs
  }
}

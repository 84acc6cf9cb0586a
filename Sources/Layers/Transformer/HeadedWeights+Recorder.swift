import DragomanTensor

/// What people see of scores and weights; the kernels turn the ones into the others in place.
extension HeadedWeights {
  /// Keeps α and e = q kᵀ / √d_k, if somebody records: the products anew, each the same chain of multiply-adds.
  func recordWeights(_ pass: Pass) {
    guard let recorder = pass.recorder else { return }
    let scores = pass.workspace.zeros(rows: weights.rows, columns: weights.columns)
    let size = queries.columns / heads.count
    for span in spans {
      let rows = Int(span.queryStart)..<Int(span.queryStart + span.queryCount)
      let sources = Int(span.sourceStart)..<Int(span.sourceStart + span.sourceCount)
      for head in 0..<heads.count {
        let columns = (head * size)..<((head + 1) * size)
        pass.kernels.multiply(
          queries.rows(rows).columns(columns), transposed: keys.rows(sources).columns(columns),
          into: heads.weights(of: head, in: scores).rows(rows).columns(0..<sources.count))
      }
    }
    pass.kernels.scale(scores, by: 1 / Float(size).squareRoot())
    recorder.add(.headScores(name), scores)
    recorder.add(.headWeights(name), weights)
  }

  /// Keeps ∂e = √d_k ∂(q·k), if somebody records.
  func recordScoreGradient(_ gradient: Matrix, _ pass: Pass) {
    guard let recorder = pass.recorder else { return }
    let scores = pass.workspace.matrix(rows: gradient.rows, columns: gradient.columns)
    pass.kernels.copy(gradient, to: scores)
    pass.kernels.scale(scores, by: Float(queries.columns / heads.count).squareRoot())
    recorder.add(.headScoreGradient(name), scores)
  }
}

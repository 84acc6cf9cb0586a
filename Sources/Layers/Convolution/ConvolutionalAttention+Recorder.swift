import DragomanTensor

/// What people see of the attention of pixels.
extension ConvolutionalAttention {
  /// Keeps e, α, v, r and pe of all heads, if somebody records: scores as products anew, each the same chain of
  /// multiply-adds.
  func record(
    _ projected: Matrix, values: Matrix, _ weights: Matrix, _ result: Matrix, _ term: Matrix,
    _ spans: [AttentionSpan], _ pass: Pass
  ) {
    guard let recorder = pass.recorder else { return }
    let name = output.convolution.weight
    let pixels = weights.columns / shape.heads
    let scores = pass.workspace.zeros(rows: weights.rows, columns: weights.columns)
    for span in spans {
      let rows = Int(span.queryStart)..<Int(span.queryStart + span.queryCount)
      for head in 0..<shape.heads {
        let parts = shape.parts(of: head)
        pass.kernels.multiply(
          projected.rows(rows).columns(parts.query),
          transposed: projected.rows(rows).columns(parts.key),
          into: scores.columns(shape.weights(of: head, pixels: pixels)).rows(rows))
      }
    }
    pass.kernels.scale(scores, by: 1 / Float(shape.key).squareRoot())
    recorder.add(.headScores(name), scores)
    recorder.add(.headWeights(name), weights)
    for (part, matrix) in [
      (Recorder.Part.values, values), (.result, result), (.term, term),
    ] {
      recorder.add(.part(part, name), matrix)
    }
  }
}

internal import CDragomanKernels

// Softmax over whole rows. Matrices: rows of V scores, one per word of the vocabulary.
extension Kernels {
  /// `losses[offset + i] = −log softmax(logits[i])[targets[i]]`, or with smoothing ε the mean of that, by a share of
  /// 1 − ε, and of −log softmax of all columns alike, by a share of ε.
  ///
  /// With a scale, `logits` becomes the gradient (softmax − (1 − ε) onehot − ε / V) · scale in place; without one it
  /// is left as it is.
  package func crossEntropy(
    _ logits: Matrix, targets: ArraySlice<Int32>, losses: inout [Float], at offset: Int,
    gradientScale: Float?, labelSmoothing: Float = 0
  ) {
    precondition((0..<1).contains(labelSmoothing), "smoothing of \(labelSmoothing); not in 0..<1")
    precondition(
      targets.count == logits.rows && offset >= 0 && offset + logits.rows <= losses.count,
      "\(targets.count) targets and losses \(offset)... of \(losses.count) for \(logits.shape)")
    for target in targets {
      precondition(
        target >= 0 && Int(target) < logits.columns, "target \(target) of \(logits.columns) columns"
      )
    }
    unsafe targets.withUnsafeBufferPointer { targets in
      unsafe losses.withUnsafeMutableBufferPointer { losses in
        guard let first = losses.baseAddress else { return }
        unsafe dragoman_cross_entropy(
          engine, logits.view, targets.baseAddress, first + offset, gradientScale != nil,
          gradientScale ?? 0, labelSmoothing)
      }
    }
  }

  /// `m[i] = log softmax(m[i])`, row by row.
  package func logSoftmax(_ m: Matrix) {
    unsafe dragoman_log_softmax(engine, m.view)
  }

  /// The `count` greatest scores of each row, falling, and their columns, the lowest first on ties; with
  /// `logProbabilities`, the log softmax of these columns.
  ///
  /// Row i has the elements from `i · count` on. Column −1 and −∞ stand where a row has no more scores
  /// above −∞; NaN is passed over.
  package func top(
    _ count: Int, of scores: Matrix, logProbabilities: Bool
  ) -> (columns: [Int32], scores: [Float]) {
    precondition(count > 0, "the top \(count) of \(scores.shape)")
    var columns = [Int32](repeating: -1, count: scores.rows * count)
    var values = [Float](repeating: -.infinity, count: scores.rows * count)
    unsafe columns.withUnsafeMutableBufferPointer { columns in
      unsafe values.withUnsafeMutableBufferPointer { values in
        unsafe dragoman_top(
          engine, scores.view, count, logProbabilities, columns.baseAddress, values.baseAddress)
      }
    }
    return (columns, values)
  }
}

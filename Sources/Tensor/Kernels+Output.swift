import CDragomanKernels

/// Softmax, loss and choice over a vocabulary.
extension Kernels {
  /// losses[i] = −log softmax(logits[i])[targets[i]]; with a scale, the logits become
  /// (softmax − onehot(target)) · scale.
  public func crossEntropy(
    _ logits: Matrix, targets: ArraySlice<Int32>, losses: inout ArraySlice<Float>,
    gradientScale: Float?
  ) {
    precondition(
      targets.count == logits.rows && losses.count == logits.rows,
      "\(targets.count) targets and \(losses.count) losses of logits \(logits.shape)")
    precondition(
      targets.allSatisfy { $0 >= 0 && Int($0) < logits.columns },
      "a target outside 0..<\(logits.columns)")
    unsafe targets.withUnsafeBufferPointer { targets in
      unsafe losses.withUnsafeMutableBufferPointer { losses in
        guard let targets = targets.baseAddress, let losses = losses.baseAddress else { return }
        split(logits.rows, work: logits.columns * 8) { range in
          let i = range.lowerBound
          unsafe table.pointee.cross_entropy(
            range.count, logits.columns, logits.pointer + i * logits.stride, logits.stride,
            targets + i, losses + i, gradientScale == nil ? 0 : 1, gradientScale ?? 0)
        }
      }
    }
  }

  /// Every row becomes its log softmax.
  public func logSoftmax(_ m: Matrix) {
    split(m.rows, work: m.columns * 8) { range in
      unsafe table.pointee.log_softmax(
        range.count, m.columns, m.pointer + range.lowerBound * m.stride, m.stride)
    }
  }

  /// The column of each row's maximum, the lowest of equal ones, and its log softmax if asked for.
  public func best(
    _ logits: Matrix, logProbabilities: Bool
  ) -> (tokens: [Int32], scores: [Float]) {
    var tokens = [Int32](repeating: 0, count: logits.rows)
    var scores = [Float](repeating: 0, count: logits.rows)
    unsafe tokens.withUnsafeMutableBufferPointer { tokens in
      unsafe scores.withUnsafeMutableBufferPointer { scores in
        guard let tokens = tokens.baseAddress, let scores = scores.baseAddress else { return }
        split(logits.rows, work: logits.columns * (logProbabilities ? 6 : 1)) { range in
          let i = range.lowerBound
          unsafe table.pointee.best(
            range.count, logits.columns, logits.pointer + i * logits.stride, logits.stride,
            tokens + i, logProbabilities ? scores + i : nil)
        }
      }
    }
    return (tokens, scores)
  }
}

import CDragomanKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Functions of whole slabs of parameters.
extension Kernels {
  /// Σ x², in double precision: blocks of 4096 floats, then the blocks in order.
  public func sumOfSquares(_ m: Matrix) -> Double {
    precondition(m.isContiguous, "sum of squares of \(m.shape) with stride \(m.stride)")
    let blocks = (m.count + 4095) / 4096
    var sums = [Double](repeating: 0, count: blocks)
    unsafe sums.withUnsafeMutableBufferPointer { sums in
      guard let sums = sums.baseAddress else { return }
      split(blocks, work: 4096) { range in
        for block in range {
          unsafe sums[block] = table.pointee.sum_of_squares(
            min(4096, m.count - block * 4096), m.pointer + block * 4096)
        }
      }
    }
    return sums.reduce(0, +)
  }

  /// m *= factor.
  public func scale(_ m: Matrix, by factor: Float) {
    precondition(m.isContiguous, "scaling \(m.shape) with stride \(m.stride)")
    split(m.count, work: 1, unit: 16) { range in
      unsafe table.pointee.scale(range.count, factor, m.pointer + range.lowerBound)
    }
  }

  /// One update of Adam with the gradients times `scale`; the equations are those of Optimizer in Training.
  public func adam(
    weights: Matrix, gradients: Matrix, first: Matrix, second: Matrix, scale: Float,
    learningRate: Float, beta1: Float, beta2: Float, epsilon: Float, step: Int
  ) {
    check(weights, [gradients, first, second])
    let rate = Float(Double(learningRate) / (1 - pow(Double(beta1), Double(step))))
    let root = Float(1 / (1 - pow(Double(beta2), Double(step))).squareRoot())
    split(weights.count, work: 8, unit: 16) { range in
      let i = range.lowerBound
      unsafe table.pointee.adam(
        range.count, weights.pointer + i, gradients.pointer + i, first.pointer + i,
        second.pointer + i, scale, rate, beta1, beta2, root, epsilon)
    }
  }

  /// One update of gradient descent with momentum and the gradients times `scale`.
  public func momentum(
    weights: Matrix, gradients: Matrix, velocity: Matrix, scale: Float, learningRate: Float,
    momentum: Float
  ) {
    check(weights, [gradients, velocity])
    split(weights.count, work: 4, unit: 16) { range in
      let i = range.lowerBound
      unsafe table.pointee.momentum(
        range.count, weights.pointer + i, gradients.pointer + i, velocity.pointer + i, scale,
        learningRate, momentum)
    }
  }

  private func check(_ weights: Matrix, _ others: [Matrix]) {
    precondition(
      weights.isContiguous && others.allSatisfy { $0.isContiguous && $0.count == weights.count },
      "slabs of \(weights.count) and \(others.map(\.count)) floats")
  }
}

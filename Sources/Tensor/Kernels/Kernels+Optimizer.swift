internal import CDragomanKernels

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

// Updates of whole slabs: weights, gradients and moments are matrices of one shape.
extension Kernels {
  /// Σ m², in Double; the partial sums and their order depend on the shape alone.
  package func sumOfSquares(_ m: Matrix) -> Double {
    unsafe dragoman_sum_of_squares(engine, m.view)
  }

  /// `m *= factor`.
  package func scale(_ m: Matrix, by factor: Float) {
    unsafe dragoman_scale(engine, m.view, factor)
  }

  /// One step of Adam, number `step` counted from 1, on `g = scale · gradients`.
  ///
  ///     m += (1 − β₁)(g − m)    v += (1 − β₂)(g² − v)
  ///     w −= learningRate · m / (1 − β₁ᵗ) / (√(v / (1 − β₂ᵗ)) + ε)
  ///
  /// Kingma and Ba 2015, algorithm 1 (arXiv:1412.6980), as in `torch.optim.Adam`. The corrections are
  /// computed in Double.
  package func adam(
    weights: Matrix, gradients: Matrix, first: Matrix, second: Matrix, scale: Float,
    learningRate: Float, beta1: Float, beta2: Float, epsilon: Float, step: Int
  ) {
    requireEqualShapes(gradients, weights, "adam: gradients")
    requireEqualShapes(first, weights, "adam: first moments")
    requireEqualShapes(second, weights, "adam: second moments")
    precondition(step >= 1, "adam: step \(step); the first is 1")
    let correction1 = 1 - pow(Double(beta1), Double(step))
    let correction2 = 1 - pow(Double(beta2), Double(step))
    unsafe dragoman_adam(
      engine, weights.view, gradients.view, first.view, second.view,
      dragoman_adam_step(
        scale: scale, rate: Float(Double(learningRate) / correction1),
        rest1: Float(1 - Double(beta1)), rest2: Float(1 - Double(beta2)), epsilon: epsilon,
        root: Float(1 / correction2.squareRoot())))
  }

  /// One step of gradient descent with momentum, as `torch.optim.SGD`.
  ///
  ///     v = momentum · v + scale · gradients    w −= learningRate · v
  package func momentum(
    weights: Matrix, gradients: Matrix, velocity: Matrix, scale: Float, learningRate: Float,
    momentum: Float
  ) {
    requireEqualShapes(gradients, weights, "momentum: gradients")
    requireEqualShapes(velocity, weights, "momentum: velocity")
    unsafe dragoman_momentum(
      engine, weights.view, gradients.view, velocity.view, scale, learningRate, momentum)
  }

  /// `m += share · (target − m)`: what keeps an exponential moving average.
  package func approach(_ m: Matrix, _ target: Matrix, share: Float) {
    requireEqualShapes(target, m, "approach: target")
    unsafe dragoman_approach(engine, m.view, target.view, share)
  }
}

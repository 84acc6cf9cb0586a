internal import CDragomanKernels

/// What bends the inner layer of a feed-forward network.
package enum Activation: String, CaseIterable, Sendable {
  /// max(x, 0).
  case relu
  /// x Φ(x), with Φ the normal distribution, (1 + erf(x/√2)) / 2, and no approximation by tanh.
  ///
  /// Hendrycks and Gimpel 2016 (arXiv:1606.08415).
  case gelu
  /// x σ(x), also called swish.
  ///
  /// Elfwing et al. 2018 (arXiv:1702.03118).
  case silu

  var code: Int32 {
    switch self {
    case .relu: 0
    case .gelu: 1
    case .silu: 2
    }
  }
}

// The backward pass reads x and not y, from which gelu and silu cannot be told.
extension Kernels {
  /// `y = φ(x)`; `y` may be `x` where nobody asks for the derivative, and with relu, whose derivative is that of y.
  package func activate(_ activation: Activation, _ x: Matrix, into y: Matrix) {
    requireEqualShapes(x, y, "the \(activation.rawValue) of a matrix")
    unsafe dragoman_activate(engine, activation.code, x.view, y.view)
  }

  /// `gradient *= φ′(x)`, with `x` what ``activate(_:_:into:)`` was given.
  ///
  ///     relu: [x > 0]        gelu: Φ(x) + x e^(−x²/2) / √(2π)        silu: σ(x) (1 + x (1 − σ(x)))
  package func activateBackward(_ activation: Activation, _ gradient: Matrix, input x: Matrix) {
    requireEqualShapes(gradient, x, "the gradient of a \(activation.rawValue)")
    unsafe dragoman_activate_backward(engine, activation.code, gradient.view, x.view)
  }
}

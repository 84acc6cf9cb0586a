internal import CDragomanKernels

// Depthwise convolution: each channel has a window of weights of its own and sees no other channel. Here weights are
// [k·k, C], so that channels are side by side as in images. Sums are chains over the part of the window that falls on
// the image, by increasing place in the window.
extension Kernels {
  /// `y = b + Σ w[p] ⊙ x[what place p of the window meets]`.
  package func depthwise(
    _ x: Matrix, _ window: Window, weights: Matrix, bias: Matrix? = nil, into y: Matrix
  ) {
    check(x, window, weights, y)
    if let bias { requireShape(bias, 1, y.columns, "the bias of a convolution to \(y.shape)") }
    unsafe dragoman_depthwise(engine, window.view, x.view, weights.view, bias?.pointer, y.view)
  }

  /// The gradient of x: `∂x = Σ w[p] ⊙ ∂y[the position whose place p meets this pixel]`.
  package func depthwiseBackward(
    _ gradient: Matrix, _ window: Window, weights: Matrix, into x: Matrix
  ) {
    check(x, window, weights, gradient)
    unsafe dragoman_depthwise_backward(
      engine, window.view, gradient.view, weights.view, x.view)
  }

  /// `w[p] += Σ ∂y ⊙ x[what place p meets]`, over the positions in increasing order.
  package func addDepthwiseWeights(
    _ gradient: Matrix, _ x: Matrix, _ window: Window, to weights: Matrix
  ) {
    check(x, window, weights, gradient)
    unsafe dragoman_depthwise_weights(
      engine, window.view, gradient.view, x.view, weights.view)
  }

  /// `b = aᵀ`: for weights, which are few; on one thread.
  package func transpose(_ a: Matrix, into b: Matrix) {
    requireShape(b, a.columns, a.rows, "the transposed of \(a.shape)")
    unsafe dragoman_transpose(a.view, b.view)
  }

  private func check(_ x: Matrix, _ window: Window, _ weights: Matrix, _ y: Matrix) {
    window.check(x, y, "depthwise convolution")
    window.checkSize()
    requireShape(weights, window.pixels, x.columns, "the weights of a depthwise convolution")
    precondition(x.columns == y.columns, "channels of \(x.shape) and of \(y.shape)")
  }
}

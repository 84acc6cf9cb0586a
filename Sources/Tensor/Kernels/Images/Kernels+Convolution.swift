internal import CDragomanKernels

// Products with the patches of images: row r of patches(x), [B·H·W, k·k·C], is what a window sees at position r, line
// by line, column by column, channel by channel. The matrix is never there; see patches.inc.h. As in all products, an
// element is one chain of fused multiply-adds, of which the zeros around an image are part.
extension Kernels {
  /// `y = patches(x)·Wᵀ + bias`: images `[B·H·W, C]`, weights `[out, k·k·C]`, a bias of `[1, out]`.
  package func convolve(
    _ x: Matrix, _ window: Window, transposed weights: Matrix, bias: Matrix? = nil, into y: Matrix
  ) {
    check(x, window, weights.columns, weights.rows, y)
    if let bias { requireShape(bias, 1, y.columns, "the bias of a convolution to \(y.shape)") }
    unsafe dragoman_convolve(
      engine, window.view, x.view, weights.view, true, bias?.pointer, y.view)
  }

  /// `y = patches(x)·W`: images `[B·H·W, C]`, weights `[k·k·C, out]`.
  package func convolve(_ x: Matrix, _ window: Window, _ weights: Matrix, into y: Matrix) {
    check(x, window, weights.rows, weights.columns, y)
    unsafe dragoman_convolve(engine, window.view, x.view, weights.view, false, nil, y.view)
  }

  /// `W += ∂yᵀ·patches(x)`, over the positions in increasing order: weights `[out, k·k·C]`.
  package func addConvolutionWeights(
    _ gradient: Matrix, _ x: Matrix, _ window: Window, to weights: Matrix
  ) {
    check(x, window, weights.columns, weights.rows, gradient)
    unsafe dragoman_convolve_weights(
      engine, window.view, gradient.view, x.view, weights.view)
  }

  private func check(
    _ x: Matrix, _ window: Window, _ depth: Int, _ outputs: Int, _ y: Matrix
  ) {
    window.check(x, y, "convolution")
    precondition(
      window.pixels * x.columns == depth && outputs == y.columns,
      "\(window.height) × \(window.width) of \(x.shape) with weights of \(depth) for \(outputs) "
        + "do not give \(y.shape)")
  }
}

internal import CDragomanKernels

// The greatest of each window, channel by channel; what lies outside of an image never wins.
extension Kernels {
  /// `y` = the greatest that the window sees, the first of equals; `winners` = its place there, for the backward pass.
  package func maxPool(_ x: Matrix, _ window: Window, into y: Matrix, winners: Matrix) {
    check(x, window, y, winners)
    unsafe dragoman_max_pool(engine, window.view, x.view, y.view, winners.view)
  }

  /// `∂x` = for each pixel, the sum of ∂y over the windows in which it won.
  package func maxPoolBackward(
    _ gradient: Matrix, _ window: Window, winners: Matrix, into x: Matrix
  ) {
    check(x, window, gradient, winners)
    unsafe dragoman_max_pool_backward(
      engine, window.view, gradient.view, winners.view, x.view)
  }

  private func check(_ x: Matrix, _ window: Window, _ y: Matrix, _ winners: Matrix) {
    window.check(x, y, "pooling")
    window.checkSize()
    requireEqualShapes(y, winners, "the winners of pooling")
    precondition(x.columns == y.columns, "channels of \(x.shape) and of \(y.shape)")
  }
}

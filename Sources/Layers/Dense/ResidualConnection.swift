import DragomanTensor

/// A way past a layer: what it reads is added to what it gives.
///
///     y = layer(x) + x        ∂x = ∂layer(∂y) + ∂y
///
/// He et al. 2016, section 3.2 (arXiv:1512.03385). Every way through a stack adds by this one place.
struct ResidualConnection: Sendable {
  /// Adds x to y.
  func add(_ x: Matrix, to y: Matrix, _ pass: Pass) {
    pass.kernels.add(x, to: y)
  }

  /// Adds ∂y to ∂x.
  func addBack(_ outputGradient: Matrix, to inputGradient: Matrix, _ pass: Pass) {
    pass.kernels.add(outputGradient, to: inputGradient)
  }
}

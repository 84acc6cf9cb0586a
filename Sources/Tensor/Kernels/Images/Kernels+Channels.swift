internal import CDragomanKernels

// Channels of an image as a whole: [B·H·W, C] with a factor for each channel of each image, [B, C].
extension Kernels {
  /// `y = x ⊙ the factors of its image`; `y` may be `x`.
  package func scaleChannels(
    _ x: Matrix, by factors: Matrix, _ shape: GridShape, into y: Matrix
  ) {
    requireEqualShapes(x, y, "scaled channels")
    check(x, factors, shape)
    unsafe dragoman_scale_channels(engine, x.view, factors.view, shape.pixels, y.view)
  }

  /// `sums = Σ a ⊙ b` over the pixels of each image, in increasing order: the gradient of the factors.
  package func channelProducts(
    _ a: Matrix, _ b: Matrix, _ shape: GridShape, into sums: Matrix
  ) {
    requireEqualShapes(a, b, "products of channels")
    check(a, sums, shape)
    unsafe dragoman_channel_products(engine, a.view, b.view, shape.pixels, sums.view)
  }

  private func check(_ x: Matrix, _ factors: Matrix, _ shape: GridShape) {
    precondition(
      x.rows == shape.rows && factors.rows == shape.images && x.columns == factors.columns,
      "factors of \(factors.shape) for \(x.shape), \(shape)")
  }
}

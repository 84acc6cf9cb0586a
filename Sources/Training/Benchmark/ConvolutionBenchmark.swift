package import DragomanLayers
package import DragomanTensor

/// Times a convolution, forward and back: the operation that an encoder of images mostly consists of.
package struct ConvolutionBenchmark: Sendable, Equatable {
  /// The images, all channels of them.
  package let images: GridShape
  /// What they go through.
  package let shape: ConvolutionShape

  /// A convolution of images.
  package init(_ shape: ConvolutionShape, _ images: GridShape) {
    (self.images, self.shape) = (images, shape)
  }

  /// Floating-point operations: two per multiply-add, as many for y as for ∂x and for ∂W.
  package var operations: Double { 6 * shape.multiplications(images) }

  /// The layers of a small residual network, its first one, a wide one at the end, one of 1 × 1 and a depthwise one.
  package static let common = [
    ConvolutionBenchmark(
      ConvolutionShape(from: 64, to: 64, kernel: 3), GridShape(images: 64, height: 32, width: 32)),
    ConvolutionBenchmark(
      ConvolutionShape(from: 64, to: 128, kernel: 3, stride: 2),
      GridShape(images: 64, height: 32, width: 32)),
    ConvolutionBenchmark(
      ConvolutionShape(from: 3, to: 32, kernel: 3), GridShape(images: 64, height: 32, width: 32)),
    ConvolutionBenchmark(
      ConvolutionShape(from: 256, to: 256, kernel: 3), GridShape(images: 64, height: 8, width: 8)),
    ConvolutionBenchmark(
      ConvolutionShape(from: 128, to: 128), GridShape(images: 64, height: 16, width: 16)),
    ConvolutionBenchmark(
      .depthwise(64, kernel: 3), GridShape(images: 64, height: 32, width: 32)),
  ]

  /// Seconds of the forward pass, and of both ways: the median of several rounds.
  package func run(_ kernels: Kernels) -> (forward: Double, both: Double) {
    var layout = ParameterLayout()
    let layer = Convolution(name: "layer", shape, hasBias: true, layout: &layout)
    let (weights, gradients) = (Parameters(layout: layout), Parameters(layout: layout))
    weights.initialize(seed: 1)
    let target = shape.output(of: images)
    // Small numbers, all different from 0, so that no product is denormal.
    let x = Matrix(rows: images.rows, columns: shape.inputs, repeating: 1e-3)
    let delta = Matrix(rows: target.rows, columns: shape.outputs, repeating: 1e-3)
    let dx = Matrix(rows: images.rows, columns: shape.inputs)
    let pass = Pass(weights: weights, workspace: Workspace(kernels: kernels))
    func forward() -> Convolution.Trace {
      pass.workspace.reset()
      return layer.forward(Grid(x, images), pass).trace
    }
    func both() {
      forward().backward(delta, inputGradient: dx, pass, gradients: gradients)
    }
    let seconds = Timing.medians(9, [{ _ = forward() }, both])
    return (seconds[0], seconds[1])
  }
}

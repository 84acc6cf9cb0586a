package import DragomanTensor

/// The mean of each window, channel by channel: a depthwise convolution by 1/k².
///
///     y = (1/k²) Σ_p x[what place p of the window meets]        ∂x[i] = (1/k²) Σ ∂y over the windows that meet i
///
/// Zeros around the image count, as in `torch.nn.AvgPool2d`.
package struct AveragePooling: Sendable, Hashable {
  /// The side of the window.
  package let kernel: Int
  /// Pixels from one position to the next.
  package let stride: Int
  /// Zeros around the image, at most half of the window.
  package let padding: Int

  /// A window; its stride is its side if nothing else is said.
  package init(kernel: Int, stride: Int? = nil, padding: Int = 0) {
    precondition(2 * padding <= kernel, "a padding of \(padding) around windows of \(kernel)")
    (self.kernel, self.stride, self.padding) = (kernel, stride ?? kernel, padding)
  }

  /// What the backward pass needs.
  package struct Trace: Sendable {
    let window: Window
    /// 1/k², `[k·k, C]`.
    let weights: Matrix
  }

  /// Maps images to smaller ones of the same channels.
  package func forward(_ x: Grid, _ pass: Pass) -> (output: Grid, trace: Trace) {
    let window = Window(side: kernel, stride: stride, padding: padding, over: x.shape)
    let weights = pass.workspace.matrix(rows: window.pixels, columns: x.channels)
    pass.kernels.fill(weights, with: 1 / Float(window.pixels))
    let y = pass.workspace.matrix(rows: window.target.rows, columns: x.channels)
    pass.kernels.depthwise(x.matrix, window, weights: weights, into: y)
    return (Grid(y, window.target), Trace(window: window, weights: weights))
  }
}

extension AveragePooling.Trace {
  /// ∂x, given ∂y.
  package func backward(_ gradient: Matrix, _ pass: Pass) -> Matrix {
    let x = pass.workspace.matrix(rows: window.source.rows, columns: gradient.columns)
    pass.kernels.depthwiseBackward(gradient, window, weights: weights, into: x)
    return x
  }
}

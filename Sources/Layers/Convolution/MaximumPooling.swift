package import DragomanTensor

/// The greatest number of each window, channel by channel.
///
///     y = max over p of x[what place p of the window meets]        ∂x[i] = Σ ∂y over the windows in which i won
///
/// Of equals the first one wins, and what lies outside of the image never does, as in `torch.nn.MaxPool2d`.
package struct MaximumPooling: Sendable, Hashable {
  /// The side of the window.
  package let kernel: Int
  /// Pixels from one position to the next.
  package let stride: Int
  /// Places around the image, at most half of the window.
  package let padding: Int

  /// A window; its stride is its side if nothing else is said.
  package init(kernel: Int, stride: Int? = nil, padding: Int = 0) {
    precondition(2 * padding <= kernel, "a padding of \(padding) around windows of \(kernel)")
    (self.kernel, self.stride, self.padding) = (kernel, stride ?? kernel, padding)
  }

  /// What the backward pass needs.
  package struct Trace: Sendable {
    let window: Window
    /// The place in the window of each winner, `[rows of y, C]`.
    let winners: Matrix
  }

  /// Maps images to smaller ones of the same channels.
  package func forward(_ x: Grid, _ pass: Pass) -> (output: Grid, trace: Trace) {
    let window = Window(side: kernel, stride: stride, padding: padding, over: x.shape)
    let y = pass.workspace.matrix(rows: window.target.rows, columns: x.channels)
    let winners = pass.workspace.matrix(rows: y.rows, columns: y.columns)
    pass.kernels.maxPool(x.matrix, window, into: y, winners: winners)
    return (Grid(y, window.target), Trace(window: window, winners: winners))
  }
}

extension MaximumPooling.Trace {
  /// ∂x, given ∂y.
  package func backward(_ gradient: Matrix, _ pass: Pass) -> Matrix {
    let x = pass.workspace.matrix(rows: window.source.rows, columns: gradient.columns)
    pass.kernels.maxPoolBackward(gradient, window, winners: winners, into: x)
    return x
  }
}

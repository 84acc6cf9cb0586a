package import DragomanTensor

/// A convolution: a window of weights moves over the image and sees all channels of its group.
///
///     y[o, r] = b_r + Σ_(p, c) W[r, (p, c)] x[i, c]        i the pixel that place p meets from position o
///
/// with places p line by line and 0 outside of the image. W is `[C_out, k·k·C_in/groups]`, PyTorch's weight with its
/// axes in the order (out, ky, kx, in). It is one product with the patches of the image ([LeCun et al.
/// 1989](https://doi.org/10.1162/neco.1989.1.4.541); as a product Chellapilla et al. 2006), whose matrix is never
/// there; one window is the whole row of it:
///
///     y = patches(x) Wᵀ + b
///
/// A convolution of 1 × 1 is a linear map of each pixel, and one with a group for each channel has kernels of its own.
package struct Convolution: Sendable {
  /// W.
  package let weight: Parameter
  /// b, `[C_out]`.
  let bias: Parameter?
  /// Its sizes.
  package let shape: ConvolutionShape

  /// Adds `name.weight` (Glorot uniform, each group by itself) and, if it has one, `name.bias` (zeros).
  package init(
    name: String, _ shape: ConvolutionShape, hasBias: Bool, layout: inout ParameterLayout
  ) {
    weight = layout.matrix(
      "\(name).weight", rows: shape.outputs, columns: shape.depth, .glorot(gates: shape.groups))
    bias = hasBias ? layout.vector("\(name).bias", size: shape.outputs, .zeros) : nil
    self.shape = shape
  }

  /// What the backward pass needs.
  package struct Trace: Sendable {
    let layer: Convolution
    let input: Matrix
    let window: Window
  }

  /// Maps images of C_in channels to images of C_out channels.
  package func forward(_ x: Grid, _ pass: Pass) -> (output: Grid, trace: Trace) {
    precondition(
      x.channels == shape.inputs, "\(x.channels) channels; the convolution reads \(shape.inputs)")
    let window = shape.window(over: x.shape)
    let y = pass.workspace.matrix(rows: window.target.rows, columns: shape.outputs)
    let (weights, bias) = (pass.weights[weight], bias.map { pass.weights[$0] })
    if shape.isDepthwise {
      pass.kernels.depthwise(
        x.matrix, window, weights: placewise(weights, pass), bias: bias, into: y)
    } else {
      for (inputs, outputs) in zip(
        shape.blocks(of: shape.inputs), shape.blocks(of: shape.outputs))
      {
        let (part, target) = (x.matrix.columns(inputs), y.columns(outputs))
        let (rows, bias) = (weights.rows(outputs), bias?.columns(outputs))
        if shape.isPointwise {
          pass.kernels.multiply(part, transposed: rows, bias: bias, into: target)
        } else {
          pass.kernels.convolve(part, window, transposed: rows, bias: bias, into: target)
        }
      }
    }
    pass.recorder?.add(.read(weight), x.matrix)
    pass.recorder?.add(.gave(weight), y)
    return (Grid(y, window.target), Trace(layer: self, input: x.matrix, window: window))
  }

  /// The weights of a depthwise convolution with the channels side by side, `[k·k, C]`.
  func placewise(_ weights: Matrix, _ pass: Pass) -> Matrix {
    let result = pass.workspace.matrix(rows: weights.columns, columns: weights.rows)
    pass.kernels.transpose(weights, into: result)
    return result
  }
}

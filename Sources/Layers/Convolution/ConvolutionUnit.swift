package import DragomanTensor

/// A convolution, its batch normalisation, if it has one, and an activation, if it has one.
///
///     y = φ(BN(conv(x)))        or        y = φ(conv(x) + b)
///
/// A bias before a normalisation would be taken away again with the mean, so that only the second form has one.
package struct ConvolutionUnit: Sendable {
  /// The convolution.
  package let convolution: Convolution
  let norm: BatchNormalization?
  let activation: Activation?

  /// Adds `name.convolution.…` and, with a normalisation, `name.norm.…`.
  package init(
    name: String, _ shape: ConvolutionShape, normalization: BatchNormalization.Settings?,
    _ activation: Activation?, layout: inout ParameterLayout
  ) {
    convolution = Convolution(
      name: "\(name).convolution", shape, hasBias: normalization == nil, layout: &layout)
    norm = normalization.map {
      BatchNormalization(name: "\(name).norm", channels: shape.outputs, $0, layout: &layout)
    }
    self.activation = activation
  }

  /// Its sizes.
  package var shape: ConvolutionShape { convolution.shape }

  /// What the backward pass needs.
  package struct Trace: Sendable {
    let convolution: Convolution.Trace
    let norm: BatchNormalization.Trace?
    let activation: Activation?
    /// What φ read.
    let before: Matrix
  }

  /// Maps images of C_in channels to images of C_out channels.
  package func forward(_ x: Grid, _ pass: Pass) -> (output: Grid, trace: Trace) {
    let (y, convolved) = convolution.forward(x, pass)
    let normalized = norm?.forward(y.matrix, pass)
    let before = normalized?.output ?? y.matrix
    var after = before
    if let activation {
      after = pass.workspace.matrix(rows: before.rows, columns: before.columns)
      pass.kernels.activate(activation, before, into: after)
      pass.recorder?.add(.part(.activated, convolution.weight), after)
    }
    return (
      Grid(after, y.shape),
      Trace(
        convolution: convolved, norm: normalized?.trace, activation: activation, before: before)
    )
  }
}

extension ConvolutionUnit.Trace {
  /// Adds to the gradients of the parameters and writes ∂x, `[rows, C_in]`, if anybody wants it; ∂y is used up.
  ///
  ///     ∂BN = ∂y ⊙ φ′        ∂conv = BN back        ∂x = conv back
  package func backward(
    _ gradient: Matrix, inputGradient: Matrix?, _ pass: Pass, gradients: Parameters
  ) {
    if let activation {
      pass.kernels.activateBackward(activation, gradient, input: before)
    }
    norm?.backward(gradient, pass, gradients: gradients)
    convolution.backward(gradient, inputGradient: inputGradient, pass, gradients: gradients)
  }
}

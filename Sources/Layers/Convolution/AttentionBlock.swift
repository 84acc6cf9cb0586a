package import DragomanTensor

/// Attention of pixels and a network for each of them, with a way past either: what C2PSA is made of.
///
///     x ← x + attention(x)        x ← x + W₂ silu(W₁ x)        W₁: C to 2C, W₂: 2C to C, convolutions of 1 × 1
///
/// The block "PSA" of YOLO11; the second network has no activation on top.
package struct AttentionBlock: Sendable {
  let attention: ConvolutionalAttention
  let inner: ConvolutionUnit
  let outer: ConvolutionUnit

  /// Adds `name.attention.…`, `name.inner.…` and `name.outer.…`.
  package init(
    name: String, _ shape: ConvolutionalAttentionShape, layout: inout ParameterLayout
  ) {
    let width = shape.channels
    attention = ConvolutionalAttention(name: "\(name).attention", shape, layout: &layout)
    inner = ConvolutionUnit(
      name: "\(name).inner", ConvolutionShape(from: width, to: 2 * width),
      normalization: shape.normalization, .silu, layout: &layout)
    outer = ConvolutionUnit(
      name: "\(name).outer", ConvolutionShape(from: 2 * width, to: width),
      normalization: shape.normalization, nil, layout: &layout)
  }

  /// What the backward pass needs.
  package struct Trace: Sendable {
    /// Of the attention, with its weights.
    package let attention: ConvolutionalAttention.Trace
    let inner: ConvolutionUnit.Trace
    let outer: ConvolutionUnit.Trace
    let width: Int
  }

  /// Maps images to images of the same size.
  package func forward(_ x: Grid, _ pass: Pass) -> (output: Grid, trace: Trace) {
    let residual = ResidualConnection()
    let (attended, seen) = attention.forward(x, pass)
    residual.add(x.matrix, to: attended.matrix, pass)
    let (hidden, first) = inner.forward(attended, pass)
    let (y, second) = outer.forward(hidden, pass)
    residual.add(attended.matrix, to: y.matrix, pass)
    return (
      y, Trace(attention: seen, inner: first, outer: second, width: hidden.channels)
    )
  }
}

extension AttentionBlock.Trace {
  /// Adds to the gradients of the parameters and turns ∂y, `[N, C]`, into ∂x in place.
  ///
  ///     ∂x ← ∂x + network back(∂x)        ∂x ← ∂x + attention back(∂x)
  package func backward(_ gradient: Matrix, _ pass: Pass, gradients: Parameters) {
    let (workspace, residual) = (pass.workspace, ResidualConnection())
    func copy() -> Matrix {
      let result = workspace.matrix(rows: gradient.rows, columns: gradient.columns)
      pass.kernels.copy(gradient, to: result)
      return result
    }
    workspace.scoped {
      let (delta, hidden) = (copy(), workspace.matrix(rows: gradient.rows, columns: width))
      outer.backward(delta, inputGradient: hidden, pass, gradients: gradients)
      inner.backward(hidden, inputGradient: delta, pass, gradients: gradients)
      residual.addBack(delta, to: gradient, pass)
    }
    workspace.scoped {
      let x = attention.backward(copy(), pass, gradients: gradients)
      residual.addBack(x, to: gradient, pass)
    }
  }
}

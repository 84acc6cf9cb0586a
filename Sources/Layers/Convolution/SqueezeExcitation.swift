package import DragomanTensor

/// Weighs the channels of an image by what the image is like as a whole.
///
///     x̄ = mean over H·W of x        g = σ(W₂ relu(W₁ x̄))        y = x ⊙ g
///
/// Hu, Shen and Sun 2018, section 3 (arXiv:1709.01507). W₁ is `[max(1, ⌊C/r⌋), C]`, W₂ its counterpart, both without
/// bias.
package struct SqueezeExcitation: Sendable {
  /// W₁.
  let inner: Parameter
  /// W₂.
  let outer: Parameter

  /// Adds `name.inner.weight` and `name.outer.weight`, both Glorot uniform; `ratio` is r.
  package init(name: String, channels: Int, ratio: Int = 16, layout: inout ParameterLayout) {
    precondition(ratio >= 1, "a ratio of \(ratio); it must be at least 1")
    let size = max(1, channels / ratio)
    inner = layout.matrix("\(name).inner.weight", rows: size, columns: channels, .glorot(gates: 1))
    outer = layout.matrix("\(name).outer.weight", rows: channels, columns: size, .glorot(gates: 1))
  }

  /// Numbers of the hidden layer.
  package var hiddenSize: Int { inner.rows }

  /// What the backward pass needs.
  package struct Trace: Sendable {
    let layer: SqueezeExcitation
    let input: Grid
    let mean: SentenceMean
    /// x̄, `[B, C]`.
    let squeezed: Matrix
    /// W₁ x̄, and its relu.
    let before: Matrix
    let hidden: Matrix
    /// g, `[B, C]`.
    package let factors: Matrix
  }

  /// Maps images to images of the same size.
  package func forward(_ x: Grid, _ pass: Pass) -> (output: Grid, trace: Trace) {
    let (workspace, kernels) = (pass.workspace, pass.kernels)
    let mean = SentenceMean(of: x.ragged, pass)
    let squeezed = mean.forward(x.matrix, pass)
    let before = workspace.matrix(rows: x.shape.images, columns: inner.rows)
    kernels.multiply(squeezed, transposed: pass.weights[inner], into: before)
    pass.recorder?.add(.read(inner), squeezed)
    pass.recorder?.add(.gave(inner), before)
    let hidden = workspace.matrix(rows: before.rows, columns: before.columns)
    kernels.activate(.relu, before, into: hidden)
    let factors = workspace.matrix(rows: squeezed.rows, columns: squeezed.columns)
    kernels.multiply(hidden, transposed: pass.weights[outer], into: factors)
    pass.recorder?.add(.read(outer), hidden)
    pass.recorder?.add(.gave(outer), factors)
    kernels.sigmoid(factors)
    pass.recorder?.add(.factors(outer), factors)
    let y = workspace.matrix(rows: x.matrix.rows, columns: x.channels)
    kernels.scaleChannels(x.matrix, by: factors, x.shape, into: y)
    return (
      Grid(y, x.shape),
      Trace(
        layer: self, input: x, mean: mean, squeezed: squeezed, before: before, hidden: hidden,
        factors: factors)
    )
  }
}

extension SqueezeExcitation.Trace {
  /// Adds to the gradients of W₁ and W₂ and turns ∂y, `[B·H·W, C]`, into ∂x in place.
  ///
  /// In the forward pass: y = x ⊙ g, g = σ(a), a = W₂ relu(W₁ x̄). So over the pixels of an image
  ///
  ///     ∂g = Σ ∂y ⊙ x        ∂a = ∂g ⊙ g ⊙ (1 − g)
  ///     ∂x̄ = ((∂a W₂) ⊙ [W₁ x̄ > 0]) W₁        ∂x = ∂y ⊙ g + ∂x̄ / (H·W)
  package func backward(_ gradient: Matrix, _ pass: Pass, gradients: Parameters) {
    let (workspace, kernels) = (pass.workspace, pass.kernels)
    workspace.scoped {
      let delta = workspace.matrix(rows: factors.rows, columns: factors.columns)
      kernels.channelProducts(gradient, input.matrix, input.shape, into: delta)
      kernels.scaleChannels(gradient, by: factors, input.shape, into: gradient)
      kernels.sigmoidBackward(delta, output: factors)
      kernels.multiply(transposed: delta, hidden, into: gradients[layer.outer], adding: true)
      let inner = workspace.matrix(rows: before.rows, columns: before.columns)
      kernels.multiply(delta, pass.weights[layer.outer], into: inner)
      kernels.activateBackward(.relu, inner, input: before)
      kernels.multiply(transposed: inner, squeezed, into: gradients[layer.inner], adding: true)
      kernels.multiply(inner, pass.weights[layer.inner], into: delta)
      mean.backward(delta, addingTo: gradient, pass)
    }
  }
}

package import DragomanTensor

extension ConvolutionalAttention.Trace {
  /// Adds to the gradients of the parameters and returns ∂x, `[N, C]`, given ∂y, which is used up.
  ///
  /// In the forward pass: y = conv(r + pe(v)), or conv(r + pe(r)). With ∂pe what comes back through that convolution,
  ///
  ///     values:  ∂r = ∂pe                       ∂v = ∂v of pe(v) + αᵀ ∂r
  ///     output:  ∂r = ∂pe + ∂r of pe(r)         ∂v = αᵀ ∂r
  ///
  /// and from ∂r per head, as in all attention, ∂α = ∂r vᵀ, ∂e = α ⊙ (∂α − Σ α ∂α), ∂q = ∂e k / √d_k, ∂k = ∂eᵀ q /
  /// √d_k.
  package func backward(_ gradient: Matrix, _ pass: Pass, gradients: Parameters) -> Matrix {
    let (workspace, kernels) = (pass.workspace, pass.kernels)
    func matrix(_ columns: Int) -> Matrix {
      workspace.matrix(rows: gradient.rows, columns: columns)
    }
    let x = matrix(shape.channels)
    workspace.scoped {
      let (sum, copy, placed) = (matrix(x.columns), matrix(x.columns), matrix(x.columns))
      output.backward(gradient, inputGradient: sum, pass, gradients: gradients)
      kernels.copy(sum, to: copy)
      positions.backward(copy, inputGradient: placed, pass, gradients: gradients)
      switch shape.positions {
      case .values: break
      case .output:
        kernels.add(placed, to: sum)
        kernels.fill(placed, with: 0)
      }
      let delta = workspace.zeros(rows: gradient.rows, columns: projected.columns)
      for head in 0..<shape.heads {
        backward(
          head, sum.columns(shape.channels(of: head)),
          valueGradient: placed.columns(shape.channels(of: head)), delta, pass)
      }
      projection.backward(delta, inputGradient: x, pass, gradients: gradients)
    }
    return x
  }

  /// Writes ∂q, ∂k and ∂v of a head to the gradient of the projection, given ∂r and the rest of ∂v.
  private func backward(
    _ head: Int, _ gradient: Matrix, valueGradient: Matrix, _ projectionGradient: Matrix,
    _ pass: Pass
  ) {
    let (kernels, one) = (pass.kernels, AttentionHeads(count: 1))
    let (parts, channels) = (shape.parts(of: head), shape.channels(of: head))
    let own = weights.columns(shape.weights(of: head, pixels: grid.pixels))
    pass.workspace.scoped {
      let delta = pass.workspace.matrix(rows: own.rows, columns: own.columns)
      kernels.headCombineBackward(
        one, gradient: gradient, weights: own, values: values.columns(channels),
        spans: spans[...], weightGradient: delta, valueGradient: valueGradient)
      kernels.headWeightsBackward(
        one, gradient: delta, weights: own, queries: projected.columns(parts.query),
        keys: projected.columns(parts.key), spans: spans[...],
        queryGradient: projectionGradient.columns(parts.query),
        keyGradient: projectionGradient.columns(parts.key))
    }
    kernels.copy(valueGradient, to: projectionGradient.columns(parts.value))
  }
}

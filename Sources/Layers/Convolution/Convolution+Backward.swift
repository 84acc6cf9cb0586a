package import DragomanTensor

extension Convolution.Trace {
  /// Adds to the gradients of W and b, and writes ∂x, `[B·H·W, C_in]`, if anybody wants it, given ∂y.
  ///
  /// In the forward pass: y = patches(x) Wᵀ + b. So ∂W += ∂yᵀ patches(x) and ∂b += Σ ∂y, and
  ///
  ///     ∂x[i, c] = Σ_(p, r) ∂y[o, r] W[r, (p, c)]        o the position whose place p meets i
  ///
  /// which is a convolution of ∂y with the places in falling order, `WindowPhase`. No sum is over what several threads
  /// write.
  package func backward(
    _ gradient: Matrix, inputGradient: Matrix?, _ pass: Pass, gradients: Parameters
  ) {
    if let bias = layer.bias { pass.kernels.addColumnSums(of: gradient, to: gradients[bias]) }
    if layer.shape.isDepthwise {
      depthwiseBackward(gradient, inputGradient, pass, gradients)
      return
    }
    addWeights(gradient, to: gradients[layer.weight], pass)
    guard let inputGradient else { return }
    if layer.shape.isPointwise {
      for (inputs, outputs) in blocks {
        pass.kernels.multiply(
          gradient.columns(outputs), pass.weights[layer.weight].rows(outputs),
          into: inputGradient.columns(inputs))
      }
    } else {
      writeInput(gradient, inputGradient, pass)
    }
  }

  private var blocks: [(inputs: Range<Int>, outputs: Range<Int>)] {
    let shape = layer.shape
    return zip(shape.blocks(of: shape.inputs), shape.blocks(of: shape.outputs)).map { ($0, $1) }
  }

  private func addWeights(_ gradient: Matrix, to weights: Matrix, _ pass: Pass) {
    for (inputs, outputs) in blocks {
      let (delta, x) = (gradient.columns(outputs), input.columns(inputs))
      if layer.shape.isPointwise {
        pass.kernels.multiply(transposed: delta, x, into: weights.rows(outputs), adding: true)
      } else {
        pass.kernels.addConvolutionWeights(delta, x, window, to: weights.rows(outputs))
      }
    }
  }

  private func writeInput(_ gradient: Matrix, _ inputGradient: Matrix, _ pass: Pass) {
    let (shape, workspace) = (layer.shape, pass.workspace)
    if window.leavesOut { pass.kernels.fill(inputGradient, with: 0) }
    // A row for each place of each channel that comes out.
    let weights = pass.weights[layer.weight].reshaped(columns: shape.inputs / shape.groups)
    for phase in window.phases {
      workspace.scoped {
        let isWhole = phase.rows.isEmpty
        let pixels =
          isWhole
          ? inputGradient
          : workspace.matrix(rows: phase.rows.count, columns: inputGradient.columns)
        for (inputs, outputs) in blocks {
          let rows = phase.places.flatMap { place in
            outputs.map { Int32($0 * window.pixels + place) }
          }
          pass.kernels.convolve(
            gradient.columns(outputs), phase.window, workspace.gathered(rows, of: weights),
            into: pixels.columns(inputs))
        }
        if !isWhole { pass.kernels.scatter(pixels, to: phase.rows, of: inputGradient) }
      }
    }
  }

  /// The same for each channel by itself.
  private func depthwiseBackward(
    _ gradient: Matrix, _ inputGradient: Matrix?, _ pass: Pass, _ gradients: Parameters
  ) {
    pass.workspace.scoped {
      let sums = layer.placewise(gradients[layer.weight], pass)
      pass.kernels.addDepthwiseWeights(gradient, input, window, to: sums)
      pass.kernels.transpose(sums, into: gradients[layer.weight])
      guard let inputGradient else { return }
      pass.kernels.depthwiseBackward(
        gradient, window, weights: layer.placewise(pass.weights[layer.weight], pass),
        into: inputGradient)
    }
  }
}

package import DragomanTensor

/// Attention in half of the channels, beside which the other half passes by.
///
///     [a ; b] = unit(x)        b ← blocks(b)        y = unit([a ; b])
///
/// The block "C2PSA" of YOLO11: both units are convolutions of 1 × 1 with batch normalisation and silu, a and b have c
/// = ⌊C/2⌋ channels, and the ``AttentionBlock``s have max(⌊c/64⌋, 1) heads, keys half as long as values, and positions
/// from the values.
package struct C2PSA: Sendable {
  let split: ConvolutionUnit
  let blocks: [AttentionBlock]
  let merge: ConvolutionUnit

  /// Adds `name.split.…`, `name.0.attention.…`, …, and `name.merge.…`.
  package init(
    name: String, channels: Int, blocks count: Int = 1, normalization: BatchNormalization.Settings,
    layout: inout ParameterLayout
  ) {
    let half = channels / 2
    split = ConvolutionUnit(
      name: "\(name).split", ConvolutionShape(from: channels, to: 2 * half),
      normalization: normalization, .silu, layout: &layout)
    let shape = ConvolutionalAttentionShape(
      channels: half, heads: Self.heads(channels: channels), normalization: normalization)
    var blocks: [AttentionBlock] = []
    for index in 0..<count {
      blocks.append(AttentionBlock(name: "\(name).\(index)", shape, layout: &layout))
    }
    self.blocks = blocks
    merge = ConvolutionUnit(
      name: "\(name).merge", ConvolutionShape(from: 2 * half, to: channels),
      normalization: normalization, .silu, layout: &layout)
  }

  /// Heads of the attention in one of so many channels.
  package static func heads(channels: Int) -> Int { max(channels / 2 / 64, 1) }

  /// What the backward pass needs.
  package struct Trace: Sendable {
    let split: ConvolutionUnit.Trace
    /// Of each block, with its attention.
    package let blocks: [AttentionBlock.Trace]
    let merge: ConvolutionUnit.Trace
    /// c.
    let half: Int
    let channels: Int
  }

  /// Maps images to images of the same size.
  package func forward(_ x: Grid, _ pass: Pass) -> (output: Grid, trace: Trace) {
    let (both, first) = split.forward(x, pass)
    let half = both.channels / 2
    var right = Grid(both.matrix.columns(half..<(2 * half)), x.shape)
    let traces = blocks.map { block in
      let (output, trace) = block.forward(right, pass)
      right = output
      return trace
    }
    let joined = pass.workspace.matrix(rows: x.matrix.rows, columns: 2 * half)
    pass.kernels.copy(both.matrix.columns(0..<half), to: joined.columns(0..<half))
    pass.kernels.copy(right.matrix, to: joined.columns(half..<(2 * half)))
    let (y, last) = merge.forward(Grid(joined, x.shape), pass)
    return (
      y, Trace(split: first, blocks: traces, merge: last, half: half, channels: x.channels)
    )
  }
}

extension C2PSA.Trace {
  /// Adds to the gradients of the parameters and returns ∂x, `[N, C]`, given ∂y, which is used up.
  ///
  ///     [∂a ; ∂b] = unit back(∂y)        ∂b ← blocks back(∂b)        ∂x = unit back([∂a ; ∂b])
  package func backward(_ gradient: Matrix, _ pass: Pass, gradients: Parameters) -> Matrix {
    let workspace = pass.workspace
    let x = workspace.matrix(rows: gradient.rows, columns: channels)
    workspace.scoped {
      let joined = workspace.matrix(rows: gradient.rows, columns: 2 * half)
      merge.backward(gradient, inputGradient: joined, pass, gradients: gradients)
      for block in blocks.reversed() {
        block.backward(joined.columns(half..<(2 * half)), pass, gradients: gradients)
      }
      split.backward(joined, inputGradient: x, pass, gradients: gradients)
    }
    return x
  }
}

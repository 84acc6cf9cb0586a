import DragomanLayers
import DragomanTensor

/// One stage of a convolutional encoder.
///
///     y = unit(x)        y ← y ⊙ squeeze(y)        y ← y + x        y ← attention(y)        y ← pool(y)
///
/// each but the first only if it is asked for; unit is a convolution with its normalisation and activation.
struct ConvolutionalStage: Sendable {
  let name: String
  let unit: ConvolutionUnit
  let squeeze: SqueezeExcitation?
  let isResidual: Bool
  let attention: Attention
  let pool: Pool

  /// Attention of the pixels to each other.
  enum Attention: Sendable {
    case none
    case block(AttentionBlock)
    case half(C2PSA)
  }

  /// What makes the images smaller.
  enum Pool: Sendable {
    case none
    case maximum(MaximumPooling)
    case average(AveragePooling)
  }

  /// Adds `name.convolution.…`, `name.norm.…`, `name.squeeze.…` and `name.attention.…`.
  init(
    _ stage: ConvolutionalStageConfiguration, name: String, inputs: Int,
    normalization: BatchNormalization.Settings?, layout: inout ParameterLayout
  ) {
    self.name = name
    unit = ConvolutionUnit(
      name: name,
      ConvolutionShape(
        from: inputs, to: stage.channels, kernel: stage.kernel, stride: stage.stride,
        groups: stage.groups),
      normalization: normalization, stage.activation.activation, layout: &layout)
    squeeze = stage.squeeze.map { ratio in
      SqueezeExcitation(
        name: "\(name).squeeze", channels: stage.channels, ratio: ratio, layout: &layout)
    }
    isResidual = stage.residual
    func block(_ positions: ConvolutionalAttentionShape.Positions) -> AttentionBlock {
      AttentionBlock(
        name: "\(name).attention",
        ConvolutionalAttentionShape(
          channels: stage.channels, heads: stage.heads, positions: positions,
          normalization: positions == .values ? normalization : nil), layout: &layout)
    }
    attention =
      switch stage.attentionBlock {
      case .none: .none
      case .values: .block(block(.values))
      case .output: .block(block(.output))
      case .c2psa:
        .half(
          C2PSA(
            name: "\(name).attention", channels: stage.channels,
            normalization: normalization ?? BatchNormalization.Settings(), layout: &layout))
      }
    pool =
      switch stage.pool {
      case .none: .none
      case .maximum: .maximum(MaximumPooling(kernel: 2))
      case .average: .average(AveragePooling(kernel: 2))
      }
  }

  /// What the backward pass needs.
  struct Trace {
    let unit: ConvolutionUnit.Trace
    let squeeze: SqueezeExcitation.Trace?
    let block: AttentionBlock.Trace?
    let half: C2PSA.Trace?
    let maximum: MaximumPooling.Trace?
    let average: AveragePooling.Trace?
  }

  func forward(_ x: Grid, _ pass: Pass) -> (output: Grid, trace: Trace) {
    var (y, convolved) = unit.forward(x, pass)
    let weighed = squeeze?.forward(y, pass)
    if let weighed {
      y = weighed.output
      record(.weighed, y, pass)
    }
    // The gradient of the activation is taken from what it read, so that its output may change.
    if isResidual {
      pass.kernels.add(x.matrix, to: y.matrix)
      record(.added, y, pass)
    }
    var (block, half): (AttentionBlock.Trace?, C2PSA.Trace?)
    switch attention {
    case .none: break
    case .block(let layer):
      let (output, trace) = layer.forward(y, pass)
      (y, block) = (output, trace)
      record(.attended, y, pass)
    case .half(let layer):
      let (output, trace) = layer.forward(y, pass)
      (y, half) = (output, trace)
      record(.attended, y, pass)
    }
    var (maximum, average): (MaximumPooling.Trace?, AveragePooling.Trace?)
    switch pool {
    case .none: break
    case .maximum(let layer):
      let (output, trace) = layer.forward(y, pass)
      (y, maximum) = (output, trace)
      record(.pooled, y, pass)
    case .average(let layer):
      let (output, trace) = layer.forward(y, pass)
      (y, average) = (output, trace)
      record(.pooled, y, pass)
    }
    return (
      y,
      Trace(
        unit: convolved, squeeze: weighed?.trace, block: block, half: half, maximum: maximum,
        average: average)
    )
  }

  private func record(_ part: Recorder.Part, _ y: Grid, _ pass: Pass) {
    pass.recorder?.add(.part(part, unit.convolution.weight), y.matrix)
  }

  /// Adds to the gradients of the parameters and writes ∂x, if anybody wants it, given ∂y, which is used up.
  ///
  /// In the forward pass the parts come one after the other, so that here they go back from the last to the first; what
  /// went past the convolution, y + x, gives ∂x a second summand.
  func backward(
    _ gradient: Matrix, inputGradient: Matrix?, _ trace: Trace, _ pass: Pass,
    gradients: Parameters
  ) {
    pass.workspace.scoped {
      var gradient = gradient
      if let maximum = trace.maximum { gradient = maximum.backward(gradient, pass) }
      if let average = trace.average { gradient = average.backward(gradient, pass) }
      if let half = trace.half { gradient = half.backward(gradient, pass, gradients: gradients) }
      trace.block?.backward(gradient, pass, gradients: gradients)
      var past: Matrix?
      if isResidual {
        let copy = pass.workspace.matrix(rows: gradient.rows, columns: gradient.columns)
        pass.kernels.copy(gradient, to: copy)
        past = copy
      }
      trace.squeeze?.backward(gradient, pass, gradients: gradients)
      trace.unit.backward(
        gradient, inputGradient: inputGradient, pass, gradients: gradients)
      if let past, let inputGradient { pass.kernels.add(past, to: inputGradient) }
    }
  }

  /// What comes out of one image of a shape, and the multiply-adds for it.
  func size(of shape: GridShape) -> (output: GridShape, multiplications: Double) {
    let convolved = unit.shape.output(of: shape)
    let channels = Double(unit.shape.outputs)
    let pixels = Double(convolved.rows)
    var count = unit.shape.multiplications(shape)
    if let squeeze { count += 2 * channels * Double(squeeze.hiddenSize) }
    switch attention {
    case .none: break
    // Projections of q, k and v with keys of half the size, scores, sums, positions, projection, and the network.
    case .block:
      count += pixels * (7 * channels * channels + 1.5 * pixels * channels + 9 * channels)
    case .half:
      let half = channels / 2
      count += pixels * (2 * channels * channels + 7 * half * half + 1.5 * pixels * half + 9 * half)
    }
    switch pool {
    case .none: return (convolved, count)
    case .maximum, .average:
      return (
        GridShape(
          images: convolved.images, height: convolved.height / 2, width: convolved.width / 2), count
      )
    }
  }
}

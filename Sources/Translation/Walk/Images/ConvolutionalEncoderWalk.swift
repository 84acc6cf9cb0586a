import DragomanLayers
package import DragomanModels
import DragomanTensor

/// The way through convolutions, stage after stage.
package struct ConvolutionalEncoderWalk: Sendable {
  /// Its choices.
  package let configuration: ConvolutionalEncoderConfiguration
  /// What each stage did.
  package let stages: [ConvolutionalStageWalk]
}

/// The way through one stage of convolutions.
package struct ConvolutionalStageWalk: Sendable {
  /// The stage, as its parameters are named: `encoder.stage.0`.
  package let name: String
  /// Its choices.
  package let configuration: ConvolutionalStageConfiguration
  /// Convolution, normalisation and activation.
  package let unit: WalkUnit
  /// Squeeze-and-excitation, if the stage has it.
  package let squeeze: WalkSqueeze?
  /// y + x, if what the stage reads goes past it.
  package let added: WalkGrid?
  /// Attention of the pixels, if the stage has it.
  package let attention: WalkStageAttention?
  /// What pooling leaves, if anything does.
  package let pooled: WalkGrid?

  /// What the next stage reads.
  package var output: WalkGrid {
    pooled ?? attention?.output ?? added ?? squeeze?.output ?? unit.output
  }
}

/// A convolution with what follows it.
package struct WalkUnit: Sendable {
  /// The unit, as its parameters are named.
  package let name: String
  /// What the convolution gives.
  package let convolved: WalkGrid
  /// What its normalisation makes of that, if it has one.
  package let normalized: WalkGrid?
  /// φ of that, if there is an activation.
  package let activated: WalkGrid?

  /// What comes out.
  package var output: WalkGrid { activated ?? normalized ?? convolved }
}

/// Squeeze-and-excitation.
package struct WalkSqueeze: Sendable {
  /// Its name.
  package let name: String
  /// x̄, `[C]`.
  package let mean: [Float]
  /// W₁ x̄, and its relu.
  package let hidden: (before: [Float], after: [Float])
  /// W₂ relu(W₁ x̄), `[C]`.
  package let scores: [Float]
  /// g, `[C]`: the share of each channel that is kept.
  package let factors: [Float]
  /// x ⊙ g.
  package let output: WalkGrid
}

// MARK: - What was recorded

extension ConvolutionalEncoderWalk {
  /// What an encoder did with the only image of a batch.
  init(
    _ configuration: ConvolutionalEncoderConfiguration, _ image: WalkImage,
    _ recorded: RecordedLayers
  ) {
    var stages: [ConvolutionalStageWalk] = []
    var read = image.numbers
    for (index, stage) in configuration.stages.enumerated() {
      let walk = ConvolutionalStageWalk("encoder.stage.\(index)", stage, reading: read, recorded)
      stages.append(walk)
      read = walk.output
    }
    (self.configuration, self.stages) = (configuration, stages)
  }
}

extension ConvolutionalStageWalk {
  fileprivate init(
    _ name: String, _ stage: ConvolutionalStageConfiguration, reading image: WalkGrid,
    _ recorded: RecordedLayers
  ) {
    let shape = ConvolutionShape(
      from: image.channels, to: stage.channels, kernel: stage.kernel, stride: stage.stride,
      groups: stage.groups
    ).output(of: GridShape(images: 1, height: image.height, width: image.width))
    let layers = RecordedGrids(recorded, height: shape.height, width: shape.width)
    (self.name, configuration) = (name, stage)
    unit = layers.unit(name, isBent: stage.activation != .none)
    squeeze = stage.squeeze.map { _ in
      WalkSqueeze("\(name).squeeze", output: layers.part(.weighed, name), recorded)
    }
    added = stage.residual ? layers.part(.added, name) : nil
    attention = WalkStageAttention(name, stage, layers)
    switch stage.pool {
    case .none: pooled = nil
    case .maximum, .average:
      pooled = RecordedGrids(recorded, height: shape.height / 2, width: shape.width / 2)
        .part(.pooled, name)
    }
  }
}

extension WalkSqueeze {
  fileprivate init(_ name: String, output: WalkGrid, _ recorded: RecordedLayers) {
    let (inner, outer) = ("\(name).inner.weight", "\(name).outer.weight")
    func only(_ rows: [[Float]]) -> [Float] { rows.first ?? [] }
    self.init(
      name: name, mean: only(recorded.read(inner)),
      hidden: (only(recorded.gave(inner)), only(recorded.read(outer))),
      scores: only(recorded.gave(outer)),
      factors: only(recorded[Recorder.Value.factors, outer]), output: output)
  }
}

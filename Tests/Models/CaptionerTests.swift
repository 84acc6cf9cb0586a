import DragomanLayers
import DragomanTensor
import DragomanTestSupport
import DragomanText
import Testing

@testable import DragomanModels

/// Models that read images, and write.
@Suite struct `A captioning model` {
  static let shape = ImageShape(height: 6, width: 9, channels: 2)
  static let numbers = (0..<(3 * shape.count)).map { index -> Float in
    let place = (index * 37 + index * index % 11) % 23
    return Float(place) / 11 - 1
  }
  static let images = Source.images(numbers, shape)

  private static var vision: EncoderConfiguration {
    var vision = VisionEncoderConfiguration()
    (vision.patch, vision.width, vision.layers, vision.heads, vision.inner) = (3, 6, 2, 3, 10)
    return .vision(vision)
  }

  private static var convolutional: EncoderConfiguration {
    var encoder = ConvolutionalEncoderConfiguration()
    encoder.stages = [StagePooling.maximum, .none].map { pool in
      var stage = ConvolutionalStageConfiguration()
      (stage.channels, stage.activation, stage.pool) = (6, .silu, pool)
      return stage
    }
    return .convolutional(encoder)
  }

  private typealias StagePooling = ConvolutionalStageConfiguration.StagePooling

  /// Both encoders of images under every scorer, with gate and term, and under a Transformer's decoder.
  static func models() -> [ModelConfiguration] {
    [vision, convolutional].flatMap { encoder -> [ModelConfiguration] in
      var model = ModelConfiguration()
      ModelFamily.transformer.apply(to: &model, width: 6, layers: 2)
      (model.embedding, model.encoder) = (7, encoder)
      // No kink.
      model.decoder.transformer?.activation = .gelu
      model.dropout = DropoutConfiguration(encoder.kind == .vision ? 0.1 : 0)
      model.dropout.encoded = 0.1
      return [model]
        + ScorerKind.allCases.flatMap { score in
          [InputFeeding.none, .context].map { feeding in
            var model = model
            var decoder = RecurrentDecoderConfiguration()
            (decoder.cell, decoder.hidden, decoder.feeding) = (.lstm, 6, feeding)
            decoder.initialState = .mean
            model.decoder = .recurrent(decoder)
            model.attention.score = score
            model.attention.size = 5
            model.attention.positions = 12
            (model.attention.gate, model.attention.doublyStochastic) = (true, 0.5)
            return model
          }
        }
    }
  }

  @Test(arguments: Self.models())
  func `has the gradients that differences of its loss have`(_ model: ModelConfiguration) {
    #expect(model.conflicts == [])
    `Gradients equal differences of the loss`().check(
      model, reading: Self.images, Workspace(kernels: Kernels(threads: 1)))
  }

  @Test(arguments: Self.models())
  func `learns one batch by heart`(_ configuration: ModelConfiguration) {
    var configuration = configuration
    configuration.dropout = DropoutConfiguration(0)
    configuration.attention.doublyStochastic = 0
    let model = SequenceModel(
      configuration, reading: .images(Self.shape), targetVocabulary: 10)
    let weights = Parameters(layout: model.layout)
    weights.initialize(seed: 2)
    let gradients = Parameters(layout: model.layout)
    let workspace = Workspace(kernels: Kernels(threads: 1))
    let batch = `Gradients equal differences of the loss`.batch
    let rate: Float = configuration.decoder.transformer == nil ? 0.5 : 0.1
    var loss = Double.infinity
    for update in 0..<1500 where loss > 0.05 {
      workspace.reset()
      gradients.clear(workspace.kernels)
      let pass = Pass(
        weights: weights, workspace: workspace, noise: Noise(seed: 1, update: UInt64(update)))
      loss =
        model.train(
          batch, reading: Self.images, scale: 1 / Float(batch.targetIDs.count), pass,
          gradients: gradients
        ).mean
      let norm = model.layout.entries.filter { !$0.isStatistic }.reduce(0.0) { sum, entry in
        sum + workspace.kernels.sumOfSquares(gradients[entry.handle])
      }.squareRoot()
      let step = rate * Float(min(1, 1 / norm))
      for entry in model.layout.entries where !entry.isStatistic {
        let (weight, gradient) = (weights[entry.handle], gradients[entry.handle].elements)
        weight.write(zip(weight.elements, gradient).map { $0 - step * $1 }, at: 0)
      }
    }
    #expect(loss <= 0.05, "\(configuration.words)")
  }

  @Test func `gives the same bits to an image whatever stands beside it, and on any threads`() {
    for configuration in Self.models() {
      let model = SequenceModel(
        configuration, reading: .images(Self.shape), targetVocabulary: 10)
      let weights = Parameters(layout: model.layout)
      weights.initialize(seed: 5)
      let batch = `Gradients equal differences of the loss`.batch
      let second = Source.images(
        Array(Self.numbers[Self.shape.count..<(2 * Self.shape.count)]), Self.shape)
      let alone = Batch(
        [EncodedPair(source: [], target: Array(batch.target(at: 1)))], begin: batch.begin)
      var all: [[Float]] = []
      for kernels in Kernels.available.flatMap({ set in
        [1, 3].map { Kernels(threads: $0, instructions: set) }
      }) {
        let pass = Pass(weights: weights, workspace: Workspace(kernels: kernels))
        let losses = model.losses(batch, reading: Self.images, pass)
        all.append(losses)
        let rows = Int(batch.targetOffsets[1])..<Int(batch.targetOffsets[2])
        #expect(model.losses(alone, reading: second, pass) == Array(losses[rows]))
      }
      #expect(all.allSatisfy { $0 == all[0] }, "\(configuration.words)")
    }
  }

  @Test func `tells the grid that its regions are the places of`() {
    for (encoder, grid) in [(Self.vision, [2, 3]), (Self.convolutional, [3, 4])] {
      var configuration = ModelConfiguration()
      configuration.encoder = encoder
      configuration.decoder.recurrent?.initialState = .mean
      let model = SequenceModel(
        configuration, reading: .images(Self.shape), targetVocabulary: 10)
      #expect(model.encoder.gridSize.map { [$0.height, $0.width] } == grid)
    }
  }
}

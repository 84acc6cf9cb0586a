import DragomanLayers
import DragomanTensor
import DragomanTestSupport
import Testing

@testable import DragomanModels

@Suite struct `A classifier` {
  /// A classifier and what it reads.
  struct Case: Sendable {
    let configuration: ClassifierConfiguration
    let input: SourceShape
    let source: Source
    /// One of the examples, the third, by itself.
    let alone: Source

    var name: String { configuration.words }
  }

  static let classes: [Int32] = [1, 0, 2, 1]
  static let texts: [[Int32]] = [[3, 5, 4, 7, 2], [6, 2], [4, 3, 5, 2], [8, 8, 3, 6, 5, 4, 2]]

  /// Every family of encoders of texts with every pooling, encoders of images with every part, and of features.
  static let cases: [Case] =
    ModelFamily.allCases.flatMap { family in
      RowPoolingKind.allCases.map { pooling in
        var model = ModelConfiguration()
        family.apply(to: &model, width: 12, layers: 2)
        var configuration = ClassifierConfiguration()
        configuration.embedding = 10
        configuration.encoder = model.encoder
        configuration.pooling = pooling
        configuration.dropout = ClassifierDropout(0.1)
        configuration.dropout.encoded = 0.1
        return Case(
          configuration: configuration, input: .tokens(vocabulary: 9),
          source: .tokens(texts), alone: .tokens([texts[2]]))
      }
    } + images + features

  /// Features of five numbers straight to every pooling, and under both families of layers.
  private static var features: [Case] {
    let lengths = [4, 1, 3, 6]
    let examples = lengths.enumerated().map { index, length in
      (0..<(length * 5)).map { place -> Float in
        Float((place * 37 + index * 19 + place * place % 11) % 23) / 11 - 1
      }
    }
    let encoders: [(EncoderConfiguration, [RowPoolingKind])] =
      [(.features(FeaturesEncoderConfiguration()), RowPoolingKind.allCases)]
      + ModelFamily.allCases.map { family in
        var model = ModelConfiguration()
        family.apply(to: &model, width: 12, layers: 2)
        return (model.encoder, [.mean, .attention])
      }
    return encoders.flatMap { encoder, poolings in
      poolings.map { pooling in
        var configuration = ClassifierConfiguration()
        configuration.embedding = 7
        (configuration.encoder, configuration.pooling) = (encoder, pooling)
        configuration.dropout = ClassifierDropout(0.1)
        configuration.dropout.encoded = 0.1
        if encoder.kind == .features {
          (configuration.dropout.embedding, configuration.dropout.layers) = (0, 0)
        } else {
          configuration.input = .features
        }
        return Case(
          configuration: configuration, input: .features(size: 5),
          source: .features(FeatureRows(examples, size: 5)),
          alone: .features(FeatureRows([examples[2]], size: 5)))
      }
    }
  }

  private static let shape = ImageShape(height: 6, width: 9, channels: 2)

  private static var images: [Case] {
    var vision = VisionEncoderConfiguration()
    (vision.patch, vision.width, vision.layers, vision.heads, vision.inner) = (3, 12, 2, 3, 10)
    func stages(
      _ changes: (inout ConvolutionalStageConfiguration) -> Void...
    ) -> EncoderConfiguration {
      var encoder = ConvolutionalEncoderConfiguration()
      encoder.stages = changes.map { change in
        var stage = ConvolutionalStageConfiguration()
        stage.channels = 6
        stage.activation = .silu
        change(&stage)
        return stage
      }
      return .convolutional(encoder)
    }
    var plain = ConvolutionalEncoderConfiguration()
    plain.batchNormalization = false
    let encoders: [(EncoderConfiguration, [RowPoolingKind])] = [
      (.vision(vision), RowPoolingKind.allCases),
      (stages({ $0.pool = .maximum }, { $0.squeeze = 2 }), [.mean]),
      (stages({ $0.pool = .average }, { $0.residual = true }), [.attention]),
      (
        stages({ $0.stride = 2 }, { ($0.attentionBlock, $0.heads) = (.values, 3) }),
        [.mean, .attention]
      ),
      (stages({ $0.kernel = 5 }, { ($0.attentionBlock, $0.groups) = (.output, 2) }), [.mean]),
      (stages({ $0.channels = 8 }, { ($0.attentionBlock, $0.channels) = (.c2psa, 8) }), [.mean]),
      (.convolutional(plain), [.attention]),
    ]
    let numbers = (0..<(4 * shape.count)).map { index -> Float in
      let place = (index * 37 + index * index % 11) % 23
      return Float(place) / 11 - 1
    }
    let third = Array(numbers[(2 * shape.count)..<(3 * shape.count)])
    return encoders.flatMap { encoder, poolings in
      poolings.map { pooling in
        var configuration = ClassifierConfiguration()
        (configuration.encoder, configuration.pooling) = (encoder, pooling)
        configuration.dropout = ClassifierDropout(encoder.kind == .vision ? 0.1 : 0)
        configuration.dropout.pooled = 0.2
        return Case(
          configuration: configuration, input: .images(shape), source: .images(numbers, shape),
          alone: .images(third, shape))
      }
    }
  }

  private func weights(_ model: Classifier) -> Parameters {
    let weights = Parameters(layout: model.layout)
    weights.initialize(seed: 7)
    // No query of 0, which would weigh all vectors alike, and no bias of 0 on a kink.
    for entry in model.layout.entries where entry.shape.count == 1 && !entry.isStatistic {
      for column in 0..<entry.shape[0] {
        weights[entry.handle][0, column] += Float(column * 5 % 7 - 3) / 10
      }
    }
    return weights
  }

  @Test func `has the gradients that differences of its loss have`() {
    let workspace = Workspace(kernels: Kernels(threads: 1))
    for example in Self.cases {
      let model = Classifier(example.configuration, input: example.input, classes: 3)
      let weights = weights(model)
      let pass = Pass(weights: weights, workspace: workspace, noise: Noise(seed: 3, update: 11))
      func loss(_ gradients: Parameters) -> Double {
        workspace.reset()
        return model.train(
          example.source, classes: Self.classes, scale: 1, labelSmoothing: 0.1, pass,
          gradients: gradients
        ).sum
      }
      let gradients = Parameters(layout: model.layout)
      let ignored = Parameters(layout: model.layout)
      _ = loss(gradients)
      let entries = model.layout.entries.filter { !$0.isStatistic }
      let norm = entries.reduce(0.0) { sum, entry in
        gradients[entry.handle].elements.reduce(sum) { $0 + Double($1) * Double($1) }
      }.squareRoot()
      for entry in entries {
        let (weight, gradient) = (weights[entry.handle], gradients[entry.handle])
        let original = weight.elements
        let tolerance = 2e-3 * norm * Double(weight.count).squareRoot() / 3
        var (found, expected) = (0.0, 0.0)
        // A point may lie on the other side of a kink of relu or of a maximum: then a nearer one, or another direction.
        for attempt in 0..<9 {
          let direction = (0..<weight.count).map { index -> Float in
            (index * 7 + index / 3 + index * index * (attempt / 3)) % 2 == 0 ? 1 : -1
          }
          let step: Float =
            0.004 / Float(weight.count).squareRoot() / [1, 4, 12][attempt % 3]
          func moved(_ step: Float) -> Double {
            for (index, value) in original.enumerated() {
              weight[index / weight.columns, index % weight.columns] =
                value + step * direction[index]
            }
            return loss(ignored)
          }
          found =
            (8 * (moved(step / 2) - moved(-step / 2)) - (moved(step) - moved(-step)))
            / (6 * Double(step))
          expected = zip(gradient.elements, direction).reduce(0) { $0 + Double($1.0 * $1.1) }
          if abs(found - expected) <= tolerance { break }
        }
        weight.write(original, at: 0)
        #expect(
          abs(found - expected) <= tolerance,
          "\(example.name): \(entry.name) \(expected), by differences \(found)")
      }
    }
  }

  @Test func `gives the same bits to an example whatever stands beside it, and on any threads`() {
    for example in Self.cases {
      let model = Classifier(example.configuration, input: example.input, classes: 3)
      let weights = weights(model)
      var all: [[Float]] = []
      for kernels in Kernels.available.flatMap({ set in
        [1, 3].map { Kernels(threads: $0, instructions: set) }
      }) {
        let pass = Pass(weights: weights, workspace: Workspace(kernels: kernels))
        let logits = model.logits(model.forward(example.source, pass), pass)
        all.append(logits.elements)
        let alone = model.logits(model.forward(example.alone, pass), pass)
        #expect(alone.elements == Array(logits.elements[6..<9]), "\(example.name)")
      }
      #expect(all.allSatisfy { $0 == all[0] }, "\(example.name)")
    }
  }

  @Test func `learns one batch by heart`() {
    for example in Self.cases {
      var configuration = example.configuration
      configuration.dropout = ClassifierDropout(0)
      let model = Classifier(configuration, input: example.input, classes: 3)
      let weights = Parameters(layout: model.layout)
      weights.initialize(seed: 2)
      let gradients = Parameters(layout: model.layout)
      let workspace = Workspace(kernels: Kernels(threads: 1))
      var loss = Double.infinity
      for update in 0..<500 where loss > 0.05 {
        workspace.reset()
        gradients.clear(workspace.kernels)
        let pass = Pass(
          weights: weights, workspace: workspace, noise: Noise(seed: 1, update: UInt64(update)))
        loss =
          model.train(
            example.source, classes: Self.classes, scale: 0.25, pass, gradients: gradients
          ).mean
        for entry in model.layout.entries where !entry.isStatistic {
          let (weight, gradient) = (weights[entry.handle], gradients[entry.handle].elements)
          weight.write(zip(weight.elements, gradient).map { $0 - 0.1 * $1 }, at: 0)
        }
      }
      #expect(loss <= 0.05, "\(configuration.words)")
    }
  }

  @Test func `tells layers with what comes out of them`() throws {
    let example = try #require(Self.cases.first { $0.name.hasPrefix("convolutions of 6, 6") })
    let model = Classifier(example.configuration, input: example.input, classes: 3)
    let sizes = model.sizes
    #expect(sizes.map(\.name) == ["encoder.stage.0", "encoder.stage.1", "head"])
    #expect(sizes[0].output == [3, 4, 6] && sizes[2].output == [3])
    // 6 × 9 places, 2 channels and 6 of 3 × 3.
    #expect(sizes[0].multiplications == Double(6 * 9 * 9 * 2 * 6))
    #expect(model.gridSize.map { [$0.height, $0.width] } == [3, 4])
  }
}

import DragomanLayers
import DragomanTensor
import DragomanTestSupport
import Testing

@testable import DragomanModels

@Suite struct `A classifier` {
  static let source = Source.tokens([
    [3, 5, 4, 7, 2], [6, 2], [4, 3, 5, 2], [8, 8, 3, 6, 5, 4, 2],
  ])
  static let classes: [Int32] = [1, 0, 2, 1]

  /// Every family of encoders with every pooling.
  static let configurations: [ClassifierConfiguration] = ModelFamily.allCases.flatMap { family in
    RowPoolingKind.allCases.map { pooling in
      var model = ModelConfiguration()
      family.apply(to: &model, width: 12, layers: 2)
      var configuration = ClassifierConfiguration()
      (configuration.embedding, configuration.encoder) = (10, model.encoder)
      configuration.pooling = pooling
      configuration.dropout.embedding = 0.1
      configuration.dropout.layers = 0.1
      configuration.dropout.encoded = 0.1
      configuration.dropout.pooled = 0.2
      return configuration
    }
  }

  private func weights(_ model: Classifier, _ kernels: Kernels) -> Parameters {
    let weights = Parameters(layout: model.layout)
    weights.initialize(seed: 7)
    // No query of 0, which would weigh all vectors alike, and no bias of 0 on a kink.
    for entry in model.layout.entries where entry.shape.count == 1 {
      for column in 0..<entry.shape[0] {
        weights[entry.handle][0, column] += Float(column * 5 % 7 - 3) / 10
      }
    }
    return weights
  }

  @Test func `has the gradients that differences of its loss have`() {
    let workspace = Workspace(kernels: Kernels(threads: 1))
    for configuration in Self.configurations {
      let model = Classifier(configuration, vocabulary: 9, classes: 3)
      let weights = weights(model, workspace.kernels)
      let pass = Pass(weights: weights, workspace: workspace, noise: Noise(seed: 3, update: 11))
      func loss(_ gradients: Parameters) -> Double {
        workspace.reset()
        return model.train(
          Self.source, classes: Self.classes, scale: 1, labelSmoothing: 0.1, pass,
          gradients: gradients
        ).sum
      }
      let gradients = Parameters(layout: model.layout)
      let ignored = Parameters(layout: model.layout)
      _ = loss(gradients)
      let norm = workspace.kernels.sumOfSquares(gradients.slab).squareRoot()
      for entry in model.layout.entries {
        let (weight, gradient) = (weights[entry.handle], gradients[entry.handle])
        let original = weight.elements
        let step: Float = 0.004 / Float(weight.count).squareRoot()
        let tolerance = 2e-3 * norm * Double(weight.count).squareRoot() / 3
        var (found, expected) = (0.0, 0.0)
        // A point may lie on the other side of a kink of relu: then a nearer one, or another direction.
        for attempt in 0..<6 {
          let direction = (0..<weight.count).map { index -> Float in
            (index * 7 + index / 3 + index * index * (attempt / 2)) % 2 == 0 ? 1 : -1
          }
          func moved(_ step: Float) -> Double {
            for (index, value) in original.enumerated() {
              weight[index / weight.columns, index % weight.columns] =
                value + step * direction[index]
            }
            return loss(ignored)
          }
          let step = step / [1, 6][attempt % 2]
          found =
            (8 * (moved(step / 2) - moved(-step / 2)) - (moved(step) - moved(-step)))
            / (6 * Double(step))
          expected = zip(gradient.elements, direction).reduce(0) { $0 + Double($1.0 * $1.1) }
          if abs(found - expected) <= tolerance { break }
        }
        weight.write(original, at: 0)
        #expect(
          abs(found - expected) <= tolerance,
          "\(configuration.words): \(entry.name) \(expected), by differences \(found)")
      }
    }
  }

  @Test func `gives the same bits to a text whatever stands beside it, and on any threads`() {
    for configuration in Self.configurations {
      let model = Classifier(configuration, vocabulary: 9, classes: 3)
      let weights = weights(model, Kernels(threads: 1))
      var all: [[Float]] = []
      for kernels in Kernels.available.flatMap({ set in
        [1, 3].map { Kernels(threads: $0, instructions: set) }
      }) {
        let pass = Pass(weights: weights, workspace: Workspace(kernels: kernels))
        let logits = model.logits(model.forward(Self.source, pass), pass)
        all.append(logits.elements)
        let alone = model.logits(model.forward(.tokens([[4, 3, 5, 2]]), pass), pass)
        #expect(alone.elements == Array(logits.elements[6..<9]), "\(configuration.words)")
      }
      #expect(all.allSatisfy { $0 == all[0] }, "\(configuration.words)")
    }
  }

  @Test func `learns one batch by heart`() {
    for configuration in Self.configurations {
      var configuration = configuration
      configuration.dropout = ClassifierDropout()
      configuration.dropout.embedding = 0
      configuration.dropout.layers = 0
      configuration.dropout.pooled = 0
      let model = Classifier(configuration, vocabulary: 9, classes: 3)
      let weights = Parameters(layout: model.layout)
      weights.initialize(seed: 2)
      let gradients = Parameters(layout: model.layout)
      let workspace = Workspace(kernels: Kernels(threads: 1))
      var loss = Double.infinity
      for _ in 0..<400 where loss > 0.05 {
        workspace.reset()
        gradients.clear(workspace.kernels)
        let pass = Pass(weights: weights, workspace: workspace)
        loss =
          model.train(
            Self.source, classes: Self.classes, scale: 0.25, pass, gradients: gradients
          ).mean
        for (index, gradient) in gradients.slab.elements.enumerated() {
          weights.slab[0, index] -= 0.3 * gradient
        }
      }
      #expect(loss <= 0.05, "\(configuration.words)")
    }
  }
}

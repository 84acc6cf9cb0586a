import DragomanLayers
import DragomanTensor
import Foundation
import Testing

@testable import DragomanModels

/// Losses of classes with weights, against the two terms that `torch.nn.CrossEntropyLoss` adds.
@Suite struct `Weights of classes` {
  private static let weights: [Float] = [0.25, 3, 1.5, 1, 0.75]
  private static let targets: [Int32] = [1, 4, 0, 1, 2, 0, 3]
  private static let logits: [Float] = (0..<35).map { index in
    Float((index * 37 + index * index % 13) % 41) / 8 - 2.5
  }

  /// −w[y] log p[y], and −Σ_j w_j log p_j / V: the terms of which labels that are smoothed by ε take 1 − ε and ε.
  private func terms(_ logits: [Double]) -> (own: [Double], all: [Double]) {
    let weights = Self.weights.map { Double($0) }
    var (own, all): ([Double], [Double]) = ([], [])
    for row in 0..<7 {
      let scores = logits[(row * 5)..<(row * 5 + 5)]
      let sum = log(scores.reduce(0) { $0 + exp($1) })
      let losses = scores.map { sum - $0 }
      let target = Int(Self.targets[row])
      own.append(weights[target] * losses[target])
      all.append(zip(weights, losses).reduce(0) { $0 + $1.0 * $1.1 } / 5)
    }
    return (own, all)
  }

  private func loss(_ logits: [Double], _ smoothing: Double) -> Double {
    let (own, all) = terms(logits)
    return zip(own, all).reduce(0) { $0 + (1 - smoothing) * $1.0 + smoothing * $1.1 }
  }

  @Test(arguments: [0, 0.1, 0.6])
  func `give the losses and gradients of their equations`(smoothing: Double) {
    let weighted = WeightedCrossEntropy(
      weights: Self.weights, labelSmoothing: Float(smoothing))
    let logits = Matrix(rows: 7, columns: 5, Self.logits)
    var losses = [Float](repeating: .nan, count: 7)
    weighted.apply(
      to: logits, targets: Self.targets[...], losses: &losses, scale: 0.5, Kernels(threads: 1))
    let exact = Self.logits.map { Double($0) }
    let (own, all) = terms(exact)
    for row in 0..<7 {
      let expected = (1 - smoothing) * own[row] + smoothing * all[row]
      #expect(abs(Double(losses[row]) - expected) < 1e-5, "row \(row)")
    }
    for (index, found) in logits.elements.enumerated() {
      func moved(_ step: Double) -> Double {
        var logits = exact
        logits[index] += step
        return loss(logits, smoothing)
      }
      let expected = 0.5 * (moved(1e-5) - moved(-1e-5)) / 2e-5
      #expect(abs(Double(found) - expected) < 1e-5, "element \(index)")
    }
    // 3 + 0.75 + 0.25 + 3 + 1.5 + 0.25 + 1
    #expect(weighted.weight(of: Self.targets) == 9.75)
  }

  /// The mean divides by the weights of the examples, which batches of unlike classes show.
  @Test func `are what the mean is divided by`() {
    var joined = Loss(sum: 6, count: 2, weight: 4)
    joined += Loss(sum: 1, count: 3, weight: 0.5)
    #expect(joined == Loss(sum: 7, count: 5, weight: 4.5) && joined.mean == 7 / 4.5)
    #expect(Loss(sum: 6, count: 2).mean == 3 && Loss().mean == 0)
  }

  @Test(arguments: [0, 0.2] as [Float])
  func `go through a whole classifier, both ways`(smoothing: Float) throws {
    let workspace = Workspace(kernels: Kernels(threads: 1))
    for example in `A classifier`.cases.filter({ $0.configuration.pooling == .attention }) {
      let model = Classifier(example.configuration, input: example.input, classes: 3)
      let weights = Parameters(layout: model.layout)
      weights.initialize(seed: 5)
      func train(_ classWeights: [Float]?, _ gradients: Parameters) -> Loss {
        workspace.reset()
        return model.train(
          example.source, classes: `A classifier`.classes, scale: 1, labelSmoothing: smoothing,
          classWeights: classWeights,
          Pass(weights: weights, workspace: workspace, noise: Noise(seed: 3, update: 11)),
          gradients: gradients)
      }
      let gradients = Parameters(layout: model.layout)
      let loss = train([0.5, 2, 3], gradients)
      // Classes 1, 0, 2, 1.
      #expect(loss.weight == 7.5 && loss.count == 4)
      let ignored = Parameters(layout: model.layout)
      let weight = try #require(weights[named: "head.weight"])
      let gradient = try #require(gradients[named: "head.weight"])
      // Rows of features are narrower than what an encoder makes.
      for (row, column) in [(0, 0), (1, 3), (2, 5)] where column < weight.columns {
        let original = weight[row, column]
        func moved(_ step: Float) -> Double {
          weight[row, column] = original + step
          return train([0.5, 2, 3], ignored).sum
        }
        let found = (moved(0.01) - moved(-0.01)) / 0.02
        weight[row, column] = original
        #expect(
          abs(found - Double(gradient[row, column])) < 2e-3 * max(1, abs(found)),
          "\(example.name): \(gradient[row, column]), by differences \(found)")
      }
      // Weights of 1 are not weights, but for the last bits.
      let (plain, ones) = (Parameters(layout: model.layout), Parameters(layout: model.layout))
      let losses = (train(nil, plain), train([1, 1, 1], ones))
      #expect(abs(losses.0.sum - losses.1.sum) < 1e-4 && losses.0.weight == losses.1.weight)
      #expect(
        zip(plain.slab.elements, ones.slab.elements).allSatisfy { abs($0 - $1) < 1e-4 },
        "\(example.name)")
    }
  }
}

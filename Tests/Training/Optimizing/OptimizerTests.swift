import DragomanSystem
import DragomanTensor
import Testing

@testable import DragomanTraining

/// AdamW step by step in Double, as torch.optim.AdamW states it.
@Suite struct `AdamW` {
  @Test func `shrinks the weights of matrices apart from the gradient, and no vector`() throws {
    var layout = ParameterLayout()
    let matrix = layout.matrix("matrix", rows: 3, columns: 5, .zeros)
    let vector = layout.vector("vector", size: 7, .zeros)
    var configuration = OptimizerConfiguration()
    (configuration.kind, configuration.weightDecay) = (.adamw, 0.3)
    (configuration.learningRate, configuration.beta2) = (0.02, 0.98)
    let optimizer = Optimizer(configuration, layout: layout)
    let (weights, gradients) = (Parameters(layout: layout), Parameters(layout: layout))
    let kernels = Kernels(threads: 1)
    for (tensor, decay) in [(matrix, 0.3), (vector, 0)] {
      for place in 0..<tensor.count {
        weights[tensor][place / tensor.columns, place % tensor.columns] = 0.1 * Float(place) - 0.4
      }
      var truth = weights[tensor].elements.map { (w: Double($0), m: 0.0, v: 0.0) }
      for step in 1...6 {
        // The rate changes, as a schedule would have it.
        let rate = 0.02 / Double(step)
        for place in 0..<tensor.count {
          let gradient = Double((place * step) % 5) - 1.7
          gradients[tensor][place / tensor.columns, place % tensor.columns] = Float(gradient)
          var (w, m, v) = truth[place]
          let g = 0.5 * gradient
          w *= 1 - rate * decay
          m = 0.9 * m + 0.1 * g
          v = 0.98 * v + 0.02 * g * g
          let powers = (1...step).reduce((1.0, 1.0)) { power, _ in (power.0 * 0.9, power.1 * 0.98) }
          w -= rate * m / (1 - powers.0) / ((v / (1 - powers.1)).squareRoot() + 1e-8)
          truth[place] = (w, m, v)
        }
        optimizer.update(
          weights, gradients: gradients, scale: 0.5, step: step, learningRate: rate, kernels)
        for (found, expected) in zip(weights[tensor].elements, truth) {
          #expect(abs(Double(found) - expected.w) < 1e-6, "\(found), expected \(expected.w)")
        }
      }
      // The other tensor begins anew.
      optimizer.restart(kernels)
      gradients.clear(kernels)
    }
    #expect(optimizer.moments.allSatisfy { $0.values.slab.elements.allSatisfy { $0 == 0 } })
  }
}

@Suite struct `Running statistics` {
  @Test(arguments: OptimizerKind.allCases)
  func `follow what passes see, and no optimizer moves them`(_ kind: OptimizerKind) {
    var layout = ParameterLayout()
    let weight = layout.matrix("weight", rows: 2, columns: 3, .normal(deviation: 1))
    let mean = layout.statistic("mean", size: 3, .zeros, momentum: 0.5)
    var configuration = OptimizerConfiguration()
    (configuration.kind, configuration.weightDecay) = (kind, 0.3)
    let optimizer = Optimizer(configuration, layout: layout)
    let (weights, gradients) = (Parameters(layout: layout), Parameters(layout: layout))
    weights.initialize(seed: 1)
    let kernels = Kernels(threads: 1)
    var before = weights[weight].elements
    for (step, expected) in ([4, 6, 7, 7.5] as [Float]).enumerated() {
      gradients.clear(kernels)
      gradients[weight].write([3, 0, 0, 0, 4, 0], at: 0)
      gradients[mean].write([8, -8, 16], at: 0)
      weights.follow(statisticsIn: gradients, passes: 1, kernels)
      // The norm is that of the weight alone.
      #expect(kernels.sumOfSquares(gradients.slab) == 25)
      optimizer.update(weights, gradients: gradients, scale: 0.5, step: step + 1, kernels)
      #expect(weights[mean].elements == [expected, -expected, 2 * expected])
      #expect(weights[weight].elements != before)
      before = weights[weight].elements
    }
    for moment in optimizer.moments { #expect(moment.values[mean].elements == [0, 0, 0]) }
  }
}

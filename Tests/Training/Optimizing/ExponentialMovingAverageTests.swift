import DragomanSystem
import DragomanFormats
import DragomanLayers
import DragomanTensor
import DragomanTestSupport
import DragomanTranslation
import Testing

@testable import DragomanTraining

@Suite struct `The exponential moving average` {
  @Test func `follows its formula`() throws {
    var layout = ParameterLayout()
    let tensor = layout.vector("tensor", size: 3, .zeros)
    let weights = Parameters(layout: layout)
    var configuration = AverageConfiguration()
    (configuration.kind, configuration.decay) = (.ema, 0.4)
    for place in 0..<3 { weights[tensor][0, place] = Float(place) }
    let average = try #require(ExponentialMovingAverage(configuration, of: weights))
    #expect(average.values[tensor].elements == [0, 1, 2])
    var truth = [0.0, 1, 2]
    for step in 1...8 {
      // 2/11, 3/12, 4/13, 5/14 and 6/15 = 0.4: the last is the decay that is asked for.
      let decay = min(0.4, Double(1 + step) / Double(10 + step))
      for place in 0..<3 {
        let weight = Double(place * step) - 3
        weights[tensor][0, place] = Float(weight)
        truth[place] = decay * truth[place] + (1 - decay) * weight
      }
      average.update(weights, step: step, Kernels(threads: 1))
      for (found, expected) in zip(average.values[tensor].elements, truth) {
        #expect(abs(Double(found) - expected) < 1e-5)
      }
    }
  }

  @Test func `is there only if it is asked for`() {
    let weights = SmallModel.file().weights
    #expect(ExponentialMovingAverage(AverageConfiguration(), of: weights) == nil)
  }

  /// The best model is the average, whose loss stands in the record; the weights train on beside it.
  @Test func `is what is validated and kept`() throws {
    let fixture = try RunFixture()
    fixture.configuration.training.average.kind = .ema
    fixture.configuration.training.average.decay = 0.95
    fixture.configuration.training.epochs = 2
    let folder = fixture.folder("run")
    let trainer = try Trainer(fixture.configuration, folder: folder, threads: 1)
    try trainer.run()
    let best = try ModelFile(path: folder.best)
    #expect(trainer.record.best?.update == trainer.position.update)
    #expect(best.weights.slab.elements == trainer.state.average?.values.slab.elements)
    #expect(best.weights.slab.elements != trainer.state.weights.slab.elements)
    let pass = Pass(weights: best.weights, workspace: Workspace(kernels: Kernels(threads: 1)))
    let loss = try trainer.state.task.validationLosses(
      pass, batchTokens: 4000, of: .all, .never
    ).reduce(into: Loss()) { $0 += $1 }
    #expect(loss.mean == trainer.record.best?.loss)
    // Without an average the weights learn the same.
    fixture.configuration.training.average = AverageConfiguration()
    let plain = try Trainer(
      fixture.configuration, folder: fixture.folder("plain"), threads: 1)
    try plain.run()
    #expect(plain.state.weights.slab.elements == trainer.state.weights.slab.elements)
  }
}

import DragomanFormats
import DragomanLayers
import DragomanTensor
import DragomanTestSupport
import DragomanTranslation
import Testing

@testable import DragomanTraining

/// Three clipped steps of Adam on whole models against torch.optim.Adam in float64.
@Suite struct `Adam agrees with PyTorch` {
  @Test(arguments: GoldenFixture.models)
  func `trajectory and parameters`(_ name: String) throws {
    let golden = try GoldenFixture(name)
    let adam = try #require(golden.json["adam"])
    func number(_ key: String) throws -> Double { try #require(adam[key]?.double) }
    var configuration = OptimizerConfiguration()
    configuration.learningRate = try number("lr")
    configuration.beta1 = try number("beta1")
    configuration.beta2 = try number("beta2")
    configuration.epsilon = try number("eps")
    let model = try golden.model
    let weights = try golden.parameters(model.layout, golden.json["params"])
    let gradients = Parameters(layout: model.layout)
    let optimizer = Optimizer(configuration, layout: model.layout)
    let kernels = Kernels(threads: 1)
    let workspace = Workspace(kernels: kernels)
    let batch = try golden.batch
    for (index, step) in try #require(adam["trajectory"]?.array).enumerated() {
      workspace.reset()
      gradients.clear(kernels)
      let loss = model.train(
        batch, scale: 1 / Float(batch.targetIDs.count),
        Pass(weights: weights, workspace: workspace), gradients: gradients)
      #expect(abs(loss.mean - (try #require(step["loss_before"]?.double))) < 2e-5)
      let norm = kernels.sumOfSquares(gradients.slab).squareRoot()
      let expected = try #require(step["grad_norm_before_clip"]?.double)
      #expect(abs(norm - expected) < 1e-4 * expected)
      optimizer.update(
        weights, gradients: gradients,
        scale: Clipping.factor(norm: norm, limit: try number("clip")), step: index + 1, kernels)
      guard let after = step["params_after"], !after.isNull else { continue }
      let tensors = try golden.tensors(after)
      for entry in model.layout.entries {
        expectClose(
          weights[entry.handle].elements, try #require(tensors[entry.name]), within: 2e-5,
          "\(entry.name) after step \(index + 1)")
      }
    }
  }

  @Test func `clipping leaves short gradients alone`() {
    #expect(Clipping.factor(norm: 0.5, limit: 1) == 1)
    #expect(Clipping.factor(norm: 4, limit: 1) == Float(1 / (4 + 1e-6)))
    #expect(Clipping.factor(norm: 4, limit: nil) == 1)
    #expect(Clipping.factor(norm: 0, limit: 1) == 1)
  }
}

import DragomanLayers
import DragomanTensor

/// The update of a timed training: gradients from zero, the backward pass, clipping and Adam.
final class BenchmarkUpdate {
  /// What is trained.
  let weights: Parameters
  /// Where numbers of a batch stand.
  let workspace: Workspace
  /// Where the time goes.
  let stopwatch = Stopwatch()
  private let gradients: Parameters
  private let optimizer: Optimizer
  private let kernels: Kernels
  /// Updates so far.
  private(set) var count = 0

  /// Updates of weights that begin at random.
  init(_ layout: ParameterLayout, _ kernels: Kernels) {
    weights = Parameters(layout: layout)
    weights.initialize(seed: 1)
    gradients = Parameters(layout: layout)
    optimizer = Optimizer(OptimizerConfiguration(), layout: layout)
    workspace = Workspace(kernels: kernels)
    self.kernels = kernels
  }

  /// One update by the gradients that `train` adds.
  func callAsFunction(_ train: (Pass, _ gradients: Parameters) -> Void) {
    stopwatch.measure(.optimizer) { gradients.clear(kernels) }
    train(
      Pass(
        weights: weights, workspace: workspace, noise: Noise(seed: 1, update: UInt64(count)),
        stopwatch: stopwatch), gradients)
    count += 1
    stopwatch.measure(.optimizer) {
      weights.follow(statisticsIn: gradients, passes: 1, kernels)
      let norm = kernels.sumOfSquares(gradients.slab).squareRoot()
      optimizer.update(
        weights, gradients: gradients, scale: Clipping.factor(norm: norm, limit: 1), step: count,
        kernels)
    }
  }
}

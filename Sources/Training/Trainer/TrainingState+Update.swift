import DragomanLayers
import DragomanTensor

/// The two halves of an update.
extension TrainingState {
  /// Forward and backward: writes the gradient of some batches and returns their loss, and how long the gradient is.
  func gradient(
    of batches: [any TrainingBatch], into gradients: Parameters, _ workspace: Workspace
  ) -> (loss: Loss, norm: Double) {
    let gradient = AccumulatedGradient(
      seed: training.seed, labelSmoothing: Float(training.labelSmoothing))
    let loss = gradient.compute(
      batches, firstBatch: position.update * training.accumulate, weights: weights,
      into: gradients, workspace)
    // A frozen encoder has looked at no batch, and nothing else has statistics.
    if training.freeze == .none {
      weights.follow(statisticsIn: gradients, passes: batches.count, workspace.kernels)
    }
    return (loss, workspace.kernels.sumOfSquares(gradients.slab).squareRoot())
  }

  /// Clip, move, average: returns the rate of the step.
  func move(along gradients: Parameters, norm: Double, _ kernels: Kernels) -> Double {
    let update = position.update + 1
    let rate = schedule.rate(update: update, epoch: position.epoch)
    optimizer.update(
      weights, gradients: gradients, scale: Clipping.factor(norm: norm, limit: training.clipNorm),
      step: update - schedule.optimizerStart, learningRate: rate, kernels)
    average?.update(weights, step: update, kernels)
    return rate
  }
}

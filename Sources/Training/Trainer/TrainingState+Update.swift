import DragomanLayers
import DragomanTensor

/// The two halves of an update.
extension TrainingState {
  /// Forward and backward: writes the gradient of some batches and returns their loss, and how long the gradient is.
  ///
  /// - Throws: ``StopRequested`` before anything but `gradients` has changed.
  func gradient(
    of batches: [any TrainingBatch], into gradients: Parameters, _ workspace: Workspace,
    _ stop: StopRequest = .never
  ) throws(StopRequested) -> (loss: Loss, norm: Double) {
    let loss = try accumulatedGradient.compute(
      batches, firstBatch: firstBatch, weights: weights, into: gradients, workspace, stop)
    return (loss, norm(of: gradients, passes: batches.count, workspace.kernels))
  }

  /// What computes gradients of this run.
  var accumulatedGradient: AccumulatedGradient {
    AccumulatedGradient(seed: training.seed, labelSmoothing: Float(training.labelSmoothing))
  }

  /// The number of the next batch since the run began.
  var firstBatch: Int { (position.update + position.skipped) * training.accumulate }

  /// Takes over the statistics of so many passes, and tells how long the gradient is.
  func norm(of gradients: Parameters, passes: Int, _ kernels: Kernels) -> Double {
    // A frozen encoder has looked at no batch, and nothing else has statistics.
    if training.freeze == .none {
      weights.follow(statisticsIn: gradients, passes: passes, kernels)
    }
    return kernels.sumOfSquares(gradients.slab).squareRoot()
  }

  /// Clip, move, average: returns the rate of the step.
  func move(along gradients: Parameters, norm: Double, _ kernels: Kernels) -> Double {
    let update = position.update + 1
    var rate = schedule.rate(update: update, epoch: position.epoch)
    for _ in 0..<position.lowered { rate /= 2 }
    optimizer.update(
      weights, gradients: gradients, scale: Clipping.factor(norm: norm, limit: training.clipNorm),
      step: update - max(schedule.optimizerStart, position.restarted), learningRate: rate, kernels)
    average?.update(weights, step: update, kernels)
    return rate
  }
}

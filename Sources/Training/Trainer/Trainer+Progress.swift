import DragomanLayers
import DragomanTensor

/// What observers are told.
extension Trainer {
  func end(_ outcome: TrainingOutcome, _ progress: TrainingProgress) -> TrainingOutcome {
    observers.forEach { $0.ended(outcome, progress) }
    return outcome
  }

  var summary: TrainingSummary {
    TrainingSummary(
      configuration: state.configuration, data: state.task.summary,
      batchTokens: state.batchTokens, batchesPerEpoch: state.batches,
      parameters: state.task.layout.parameterCount, folder: folder.path, threads: kernels.threads,
      instructions: kernels.instructions.rawValue, resumedAt: resumedAt,
      origin: state.task.origin, layers: state.task.layers)
  }

  func progress(
    batches: Int, loss: Loss, norm: Double, isLogged: Bool
  ) -> TrainingProgress {
    TrainingProgress(
      position: position,
      plannedUpdates: batches == 0 ? nil : training.plannedUpdates(batches: batches),
      batchesPerEpoch: batches, batchLoss: loss.mean,
      loss: position.lossWeight == 0 ? 0 : position.lossSum / position.lossWeight,
      gradientNorm: norm, learningRate: learningRate, isLogged: isLogged, best: record.best)
  }
}

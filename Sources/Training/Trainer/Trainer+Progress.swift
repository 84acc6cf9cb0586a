import DragomanLayers
import DragomanSystem
import DragomanTensor

/// What observers are told.
extension Trainer {
  func end(_ outcome: TrainingOutcome, _ progress: TrainingProgress) throws -> TrainingOutcome {
    var progress = progress
    progress.processes = try processes.reports(times)
    // The last validation came after the last update.
    progress.best = record.best
    observers.forEach { $0.ended(outcome, progress) }
    return outcome
  }

  /// Looks at the validation examples.
  var validator: Validator {
    Validator(task: state.task, batchTokens: state.batchTokens, processes: processes)
  }

  var summary: TrainingSummary {
    TrainingSummary(
      configuration: state.configuration, data: state.task.summary,
      batchTokens: state.batchTokens, batchesPerEpoch: state.batches,
      parameters: state.task.layout.parameterCount, folder: folder.path, open: folder.open,
      threads: kernels.threads, hosts: processes.size > 1 ? processes.hosts : [],
      pieces: state.pieces, instructions: kernels.instructions.rawValue, resumedAt: resumedAt,
      changes: record.changes,
      origin: state.task.origin, layers: state.task.layers,
      images: state.task.images(at: validator.sampleExamples),
      filters: state.task.filters(state.evaluated))
  }

  func progress(
    batches: Int, loss: Loss, norm: Double, isLogged: Bool
  ) -> TrainingProgress {
    TrainingProgress(
      position: position,
      plannedUpdates: batches == 0 ? nil : training.plannedUpdates(batches: batches),
      batchesPerEpoch: batches, batchLoss: loss.mean,
      loss: position.lossWeight == 0 ? 0 : position.lossSum / position.lossWeight,
      penalty: position.lossWeight == 0 ? 0 : position.penaltySum / position.lossWeight,
      gradientNorm: norm, learningRate: learningRate, isLogged: isLogged, best: record.best)
  }
}

import DragomanTensor
import DragomanTranslation

/// Validation and checkpoints.
extension Trainer {
  /// Looks at the validation examples; keeps the model if it is the best by a metric, and the state anyway.
  func validate(_ progress: TrainingProgress) throws {
    let (validation, samples) = try validator.validate(state.evaluated, at: position, workspace)
    guard validation.loss.isFinite else {
      throw TrainingError.diverged(
        update: position.update, loss: validation.loss, gradientNorm: progress.gradientNorm,
        lastGood: folder.lastGood)
    }
    state.record.validations.append(validation)
    let improved = training.metrics.filter { record.improvements(on: $0).last == true }
    let report = ValidationReport(
      validation: validation, metrics: training.metrics, improved: improved, samples: samples,
      filters: state.task.filters(state.evaluated))
    observers.forEach { $0.validated(report, progress) }
    // First the models, then the state: whoever is killed in between makes the models again.
    for metric in improved {
      try save(to: metric == record.metric ? folder.best : folder.best(metric)) {
        try state.model.stored.write(to: $0)
      }
    }
    if training.keep > 0 {
      try save(to: folder.model(after: position.update)) { try state.model.stored.write(to: $0) }
    }
    if state.schedule.observe(record), training.schedule.reload { try reloadBest() }
    try save()
    try folder.keepModels(after: record.validations.suffix(training.keep).map(\.update))
  }

  /// Goes back to the best weights with a new optimizer (Denkowski and Neubig 2017, section 3.2).
  private func reloadBest() throws {
    let best = try SavedModel(path: folder.best).stored.weights
    state.weights.assign(best)
    state.average?.values.assign(best)
    state.optimizer.restart(kernels)
  }

  /// Writes the state, from which the run can be resumed.
  func save() throws {
    try save(to: folder.last) { try Checkpoint(state).write(to: $0) }
  }

  /// Writes a file of finite weights, and tells of it.
  private func save(to path: String, _ write: (String) throws -> Void) throws {
    guard kernels.sumOfSquares(state.weights.slab).isFinite else {
      throw TrainingError.overflown(update: position.update, lastGood: folder.lastGood)
    }
    state.recordPosition()
    try write(path)
    observers.forEach { $0.saved(path) }
  }
}

import DragomanSystem
import DragomanTensor
import DragomanTranslation

/// Validation and checkpoints.
extension Trainer {
  /// Looks at the validation examples; keeps the model if it is the best by a metric, and the state anyway.
  ///
  /// - Throws: ``StopRequested`` before anything is written, if the training is to stop; ``TrainingError``, and what
  ///   goes wrong when a file is written.
  func validate(_ progress: TrainingProgress, _ stop: StopRequest) throws {
    var validator = validator
    // Of several processes each looks for itself, and all are told.
    validator.stop = stop.here
    let (validation, samples) = try validator.validate(state.evaluated, at: position, workspace)
    guard validation.loss.isFinite else {
      let divergence = divergence(of: validation, progress)
      guard training.onDivergence == .reloadAndLower else {
        throw TrainingError.diverged(divergence)
      }
      try goBack(divergence)
      observers.forEach { $0.diverged(divergence, .reloadAndLower) }
      // Every position that asks for a validation has one, so that a resumed run makes no other.
      return try validate(progress, stop)
    }
    state.record.validations.append(validation)
    let improved = training.metrics.filter { record.improvements(on: $0).last == true }
    let report = ValidationReport(
      validation: validation, metrics: training.metrics, improved: improved, samples: samples,
      filters: state.task.filters(state.evaluated))
    var progress = progress
    progress.processes = try processes.reports(times)
    observers.forEach { $0.validated(report, progress) }
    // First the models, then the state: whoever is killed in between makes the models again.
    for metric in improved {
      try save(to: metric == record.metric ? folder.best : folder.best(metric)) {
        try state.model.stored.write(to: $0, in: folder.open)
      }
    }
    if training.keep > 0 {
      try save(to: folder.model(after: position.update)) {
        try state.model.stored.write(to: $0, in: folder.open)
      }
    }
    // What is there now is there for all.
    try processes.meet()
    if state.schedule.observe(record), training.schedule.reload { try reloadBest() }
    if let fence = training.divergedAbove, validation.loss >= fence,
      training.onDivergence == .reloadAndLower, lastGood != nil
    {
      let divergence = divergence(of: validation, progress)
      try goBack(divergence)
      observers.forEach { $0.diverged(divergence, .reloadAndLower) }
    }
    try save()
    if processes.isFirst {
      try folder.keepModels(after: record.validations.suffix(training.keep).map(\.update))
    }
  }

  private func divergence(
    of validation: TrainingRecord.Validation, _ progress: TrainingProgress
  ) -> Divergence {
    var divergence = Divergence(
      update: position.update, loss: validation.loss, gradientNorm: progress.gradientNorm)
    divergence.isValidation = true
    divergence.tensors = state.evaluated.namesOfNonFinite(kernels)
    divergence.lastGood = lastGood
    return divergence
  }

  /// Writes the state, from which the run can be resumed.
  func save() throws {
    try save(to: folder.last) {
      // A damaged one is not a way back, so what was gone back to stays.
      try Checkpoint(state).write(
        to: $0, in: folder.open, keepingOldAs: isLastDamaged ? nil : RunFolder.previousName)
      isLastDamaged = false
    }
  }

  /// Writes a file of finite numbers, and tells of it; the first process does so alone.
  private func save(to path: String, _ write: (String) throws -> Void) throws {
    guard processes.isFirst else { return state.recordPosition() }
    let values =
      [("", state.weights)]
      + Checkpoint.companions(state.optimizer, state.average).map {
        ("\($0.name).", $0.values)
      }
    let tensors = values.flatMap { name, values in
      values.namesOfNonFinite(kernels).map { name + $0 }
    }
    guard tensors.isEmpty else {
      throw TrainingError.overflown(
        update: position.update, tensors: tensors, lastGood: lastGood)
    }
    if folder.open?.isRemoved == true { throw TrainingError.folderIsGone(folder: folder.path) }
    if !hasMoved, folder.open?.isAtItsPath == false {
      hasMoved = true
      observers.forEach { $0.moved(from: folder.path, to: folder.open?.currentPath) }
    }
    state.recordPosition()
    do { try write(path) } catch {
      // Removed in the very moment.
      if folder.open?.isRemoved == true {
        throw TrainingError.folderIsGone(folder: folder.path)
      }
      throw error
    }
    observers.forEach { $0.saved(path) }
  }
}

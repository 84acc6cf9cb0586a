package import DragomanTraining

/// Writes what happened to `log.jsonl`.
///
/// A resumed run first takes away the entries after the checkpoint it goes on from, so that the log tells
/// one story; times are those of the part of the run that wrote them. Updates have the target tokens a second since the
/// one before, without validations and checkpoints; validations and ends have the seconds of each ``TrainingPhase``.
package final class TrainingLog: TrainingObserver {
  private var log: RunLog
  private var clock = PhaseClock()
  private var speedometer = Speedometer()
  /// What went wrong when an entry was written; training goes on without its log.
  package private(set) var failure: (any Error)?

  /// A log at this path.
  package init(path: String) {
    log = RunLog(path)
  }

  /// Begins the log, or cuts it back to the update that is resumed.
  package func began(_ summary: TrainingSummary) {
    clock.end(.preparation)
    log = RunLog(log.path, in: summary.open)
    attempt {
      if let update = summary.resumedAt { try log.cut(after: update) } else { try log.begin() }
    }
    write(
      .began(
        .init(
          update: summary.resumedAt ?? 0, parameters: summary.parameters,
          batchTokens: summary.batchTokens, threads: summary.threads,
          instructions: summary.instructions, validation: summary.data.mark)))
  }

  /// Writes an entry if one is due.
  package func updated(_ progress: TrainingProgress) {
    clock.end(.updates)
    let speed = speedometer.tokensPerSecond(progress, clock)
    guard progress.isLogged else { return }
    let position = progress.position
    write(
      .updated(
        .init(
          update: position.update, epoch: position.epoch, loss: progress.loss,
          penalty: progress.penalty,
          gradientNorm: progress.gradientNorm, learningRate: progress.learningRate,
          targetTokens: position.targetTokens, pairs: position.pairs,
          tokensPerSecond: speed?.rounded())))
  }

  /// Writes the validation.
  package func validated(_ report: ValidationReport, _ progress: TrainingProgress) {
    clock.end(.validation)
    write(
      .validated(
        .init(
          figures: report.validation, isBest: report.isBest, improved: report.improved,
          phases: phases, samples: report.samples, processes: progress.processes)))
  }

  /// Writes nothing: the folder tells.
  package func saved(_ path: String) { clock.end(.saving) }

  /// Writes why the run is over.
  package func ended(_ outcome: TrainingOutcome, _ progress: TrainingProgress) {
    clock.end(.updates)
    write(
      .ended(
        .init(
          update: progress.position.update, reason: outcome, phases: phases,
          processes: progress.processes)))
  }

  private var phases: [TrainingPhase: Double] { clock.seconds.mapValues(Self.milliseconds) }

  /// Seconds with three digits after the point.
  private static func milliseconds(_ seconds: Double) -> Double {
    (seconds * 1000).rounded() / 1000
  }

  private func write(_ event: LogEntry.Event) {
    attempt { try log.append(LogEntry(event, seconds: Self.milliseconds(clock.total))) }
  }

  /// Does something with the log, unless something has gone wrong before.
  private func attempt(_ body: () throws -> Void) {
    guard failure == nil else { return }
    do {
      try body()
    } catch {
      failure = error
    }
  }
}

import DragomanSystem
import DragomanFormats
package import DragomanTraining

/// Writes what happened to `log.jsonl`, an object per line, each with its `event` and `seconds`.
///
/// A resumed run first takes away the lines behind the checkpoint it goes on from, so that the log tells
/// one story; times are those of the part of the run that wrote them. Entries have the target tokens a second since the
/// one before, without validations and checkpoints; validations and ends have the seconds of each ``TrainingPhase``.
package final class TrainingLog: TrainingObserver {
  private let path: String
  private var clock = PhaseClock()
  private var speedometer = Speedometer()
  /// What went wrong when a line was written; training goes on without its log.
  package private(set) var failure: (any Error)?

  /// A log at this path.
  package init(path: String) {
    self.path = path
  }

  /// Begins the log, or cuts it back to the update that is resumed.
  package func began(_ summary: TrainingSummary) {
    clock.end(.preparation)
    do {
      if let update = summary.resumedAt {
        try Self.truncate(path, after: update)
      } else {
        try AtomicFile.write([], to: path)
      }
    } catch {
      failure = error
    }
    write(
      "began",
      [
        "update": .int(summary.resumedAt ?? 0), "parameters": .int(summary.parameters),
        "batchTokens": .int(summary.batchTokens), "threads": .int(summary.threads),
        "instructions": .string(summary.instructions),
      ])
  }

  /// Writes an entry if one is due.
  package func updated(_ progress: TrainingProgress) {
    clock.end(.updates)
    let speed = speedometer.tokensPerSecond(progress, clock)
    guard progress.isLogged else { return }
    let position = progress.position
    write(
      "updated",
      [
        "update": .int(position.update), "epoch": .int(position.epoch),
        "loss": .double(progress.loss), "gradientNorm": .double(progress.gradientNorm),
        "learningRate": .double(progress.learningRate),
        "targetTokens": .int(position.targetTokens), "pairs": .int(position.pairs),
        "tokensPerSecond": speed.map { .double($0.rounded()) },
      ])
  }

  /// Writes the validation.
  package func validated(_ report: ValidationReport, _ progress: TrainingProgress) {
    clock.end(.validation)
    let validation = report.validation
    let scores = ValidationMetric.allCases.compactMap { metric in
      validation.scores[metric].map { (metric.rawValue, JSON.double($0)) }
    }
    let samples = report.samples.map { sample -> JSON in
      [
        "source": .string(sample.source), "reference": .string(sample.reference),
        "translation": .string(sample.translation),
      ]
    }
    let figures: JSON = [
      "update": .int(validation.update), "epoch": .int(validation.epoch),
      "loss": .double(validation.loss), "perplexity": .double(validation.perplexity),
    ]
    write(
      "validated",
      figures.adding(.object(scores)).adding([
        "best": .bool(report.isBest), "improved": .strings(report.improved.map(\.rawValue)),
        "phases": phases, "samples": samples.isEmpty ? nil : .array(samples),
      ]))
  }

  /// Writes nothing: the folder tells.
  package func saved(_ path: String) { clock.end(.saving) }

  /// Writes why the run is over.
  package func ended(_ outcome: TrainingOutcome, _ progress: TrainingProgress) {
    let reason =
      switch outcome {
      case .finished: "finished"
      case .outOfPatience: "outOfPatience"
      case .stopped: "stopped"
      }
    clock.end(.updates)
    write(
      "ended",
      [
        "update": .int(progress.position.update), "reason": .string(reason), "phases": phases,
      ])
  }

  private var phases: JSON {
    .object(
      TrainingPhase.allCases.compactMap { phase in
        clock.seconds[phase].map { (phase.rawValue, Self.milliseconds($0)) }
      })
  }

  /// Seconds with three digits behind the point.
  private static func milliseconds(_ seconds: Double) -> JSON {
    .double((seconds * 1000).rounded() / 1000)
  }

  private func write(_ event: String, _ members: JSON) {
    guard failure == nil else { return }
    let head: JSON = ["event": .string(event)]
    let line = head.adding(members).adding(["seconds": Self.milliseconds(clock.total)])
    do {
      try Files.append(line.serialized() + "\n", to: path)
    } catch {
      failure = error
    }
  }

  /// Keeps the lines up to an update; a line cut short by a crash goes too.
  static func truncate(_ path: String, after update: Int) throws {
    guard Files.exists(path) else { return }
    let text = String(decoding: try Files.read(path), as: UTF8.self)
    let kept = text.split(separator: "\n").filter { line in
      guard let entry = try? JSON.parse(Array(line.utf8), file: path) else { return false }
      guard let at = entry["update"]?.int else { return false }
      return at <= update && entry["event"]?.string != "ended"
    }
    try AtomicFile.write(Array(kept.map { $0 + "\n" }.joined().utf8), to: path)
  }
}

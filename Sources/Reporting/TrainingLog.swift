import DragomanFormats
public import DragomanTraining

/// Writes what happened to `log.jsonl`, an object per line, each with its `event` and `seconds`.
///
/// A resumed run first takes away the lines behind the checkpoint it goes on from, so that the log tells
/// one story; times are those of the part of the run that wrote them.
public final class TrainingLog: TrainingObserver {
  private let path: String
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var lines: [String] = []
  /// What went wrong when a line was written; training goes on without its log.
  public private(set) var failure: (any Error)?

  /// A log at this path.
  public init(path: String) {
    self.path = path
    start = clock.now
  }

  /// Begins the log, or cuts it back to the update that is resumed.
  public func began(_ summary: TrainingSummary) {
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
        ("update", .int(summary.resumedAt ?? 0)), ("parameters", .int(summary.parameters)),
        ("batchTokens", .int(summary.batchTokens)), ("threads", .int(summary.threads)),
        ("instructions", .string(summary.instructions)),
      ])
  }

  /// Writes an entry if one is due.
  public func updated(_ progress: TrainingProgress) {
    guard progress.isLogged else { return }
    let position = progress.position
    write(
      "updated",
      [
        ("update", .int(position.update)), ("epoch", .int(position.epoch)),
        ("loss", .double(progress.loss)), ("gradientNorm", .double(progress.gradientNorm)),
        ("learningRate", .double(progress.learningRate)),
        ("targetTokens", .int(position.targetTokens)), ("pairs", .int(position.pairs)),
      ])
  }

  /// Writes the validation.
  public func validated(_ report: ValidationReport, _ progress: TrainingProgress) {
    let validation = report.validation
    let scores = ValidationMetric.allCases.compactMap { metric in
      validation.scores[metric].map { (metric.rawValue, JSON.double($0)) }
    }
    let samples = report.samples.map { sample in
      JSON.object([
        ("source", .string(sample.source)), ("reference", .string(sample.reference)),
        ("translation", .string(sample.translation)),
      ])
    }
    write(
      "validated",
      [
        ("update", .int(validation.update)), ("epoch", .int(validation.epoch)),
        ("loss", .double(validation.loss)), ("perplexity", .double(validation.perplexity)),
      ] + scores + [
        ("best", .bool(report.isBest)),
        ("improved", .array(report.improved.map { .string($0.rawValue) })),
      ] + (samples.isEmpty ? [] : [("samples", .array(samples))]))
  }

  /// Writes nothing: the folder tells.
  public func saved(_ path: String) {}

  /// Writes why the run is over.
  public func ended(_ outcome: TrainingOutcome, _ progress: TrainingProgress) {
    let reason =
      switch outcome {
      case .finished: "finished"
      case .outOfPatience: "outOfPatience"
      case .stopped: "stopped"
      }
    write("ended", [("update", .int(progress.position.update)), ("reason", .string(reason))])
  }

  private func write(_ event: String, _ members: [(String, JSON)]) {
    guard failure == nil else { return }
    let seconds = Duration.seconds(start.duration(to: clock.now))
    let line = JSON.object(
      [("event", .string(event))] + members
        + [("seconds", .double((seconds * 1000).rounded() / 1000))])
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

package import DragomanTraining
import DragomanTranslation
import DragomanFormats
import DragomanSystem

/// Shows on a stream how a run is doing.
///
/// On a terminal one line with the curve of the loss is rewritten a few times a second; elsewhere plain lines are
/// printed when a log entry is due. Validations stand on lines of their own.
package final class ProgressLine: TrainingObserver {
  private let isTerminal: Bool
  private let isVerbose: Bool
  private let width: Int
  private let write: (String) -> Void
  /// The least time between two log entries where nothing can be written over.
  private let interval: Duration
  private let clock = ContinuousClock()
  private var start: ContinuousClock.Instant
  private var shown: ContinuousClock.Instant?
  private var tokensAtStart = 0
  private var updatesAtStart = 0
  private var isLineOpen = false
  private var curve = LossCurve()
  private var task = ModelTask.translation
  /// The translation of each source that was printed last.
  private var samples: [String: String] = [:]
  private var readsImages = false

  /// A progress line.
  ///
  /// - Parameters:
  ///   - isTerminal: whether lines can be rewritten.
  ///   - width: columns of the terminal.
  ///   - isVerbose: whether all log entries and checkpoints stay on lines of their own, also on a terminal.
  ///   - interval: the least time between two log entries elsewhere; what comes sooner is left to the log.
  ///   - write: writes text to the stream.
  package init(
    isTerminal: Bool, width: Int = 80, isVerbose: Bool = false,
    interval: Duration = .seconds(1), write: @escaping (String) -> Void
  ) {
    self.isTerminal = isTerminal
    self.isVerbose = isVerbose
    self.width = width
    self.write = write
    self.interval = interval
    start = clock.now
  }

  /// Says what is trained on what.
  package func began(_ summary: TrainingSummary) {
    start = clock.now
    task = summary.configuration.task
    readsImages = summary.configuration.readsImages
    for line in TrainingOverview.lines(summary) { print(line) }
    tokensAtStart = -1
  }

  /// Rewrites the line, at most five times a second.
  package func updated(_ progress: TrainingProgress) {
    if tokensAtStart < 0 {
      // The clock starts after the first update, which pays for the first touch of all memory.
      tokensAtStart = progress.position.targetTokens
      updatesAtStart = progress.position.update
      start = clock.now
    }
    curve.add(progress.batchLoss)
    if progress.isLogged, isVerbose || !isTerminal && isDue {
      let norm = "gradient \(NumberText.significant(progress.gradientNorm, digits: 3))"
      print(parts(progress).map(\.text).joined(separator: " · ") + (isVerbose ? " · \(norm)" : ""))
    }
    guard isTerminal else { return }
    let now = clock.now
    if let shown, now - shown < .milliseconds(200), !progress.isLogged { return }
    shown = now
    write("\r\u{1B}[K" + line(progress))
    isLineOpen = true
  }

  /// Whether the last log entry that was printed is long enough ago; begins to wait for the next if so.
  private var isDue: Bool {
    let now = clock.now
    if let shown, now - shown < interval { return false }
    shown = now
    return true
  }

  /// Prints the validation's figures, and the translations that have changed since those that were printed last.
  package func validated(_ report: ValidationReport, _ progress: TrainingProgress) {
    let news = report.samples.filter { samples[$0.source] != $0.translation }
    for sample in news { samples[sample.source] = sample.translation }
    ValidationText.lines(
      ValidationReport(
        validation: report.validation, metrics: report.metrics, improved: report.improved,
        samples: news), task, readsImages: readsImages
    ).forEach(print)
  }

  /// Says what was not finite, and what was done about it.
  package func diverged(_ divergence: Divergence, _ policy: DivergencePolicy) {
    let done =
      switch policy {
      case .stop: "training ends"
      case .skip: "the update is passed over"
      case .reloadAndLower:
        "on from the best model\(divergence.lastGood.map { ", of update \(NumberText.grouped($0.update))" } ?? "") at "
          + "half the learning rate"
      }
    print("\(divergence); \(done)")
  }

  /// Says where the run goes on.
  package func moved(from path: String, to current: String?) {
    print(
      "\(path) is not the folder of this run any more: it goes on in \(current ?? "the folder that it began in")"
    )
  }

  /// Says nothing, unless it is verbose: a checkpoint belongs to its validation.
  package func saved(_ path: String) {
    if isVerbose { print("saved \(path)") }
  }

  /// Says why the run is over, and what its best model is worth.
  package func ended(_ outcome: TrainingOutcome, _ progress: TrainingProgress) {
    let position = progress.position
    let done =
      "\(NumberText.grouped(position.update)) updates, \(NumberText.grouped(position.pairs)) "
      + task.exampleUnit
    switch outcome {
    case .finished: print("finished after \(done)")
    case .outOfPatience: print("stopped after \(done): validation does not improve any more")
    case .stopped: print("saved and stopped after \(done); --resume goes on")
    }
    if let best = progress.best {
      print(
        "best model, of update \(NumberText.grouped(best.update)): \(ValidationText.figures(best))")
    }
  }

  private func print(_ line: String) {
    let line = TerminalText.visible(line, atMost: TerminalText.longest)
    write((isLineOpen ? "\r\u{1B}[K" : "") + line + "\n")
    isLineOpen = false
  }

  /// A part of the line; where there is no room, those with the greatest rank go first.
  private typealias Part = (text: String, rank: Int)

  /// All parts that fit into the terminal, the curve after the loss as long as it can be up to 24 blocks.
  private func line(_ progress: TrainingProgress) -> String {
    let room = max(width - 1, 1)
    var parts = parts(progress)
    func length(_ parts: [Part]) -> Int { parts.reduce(-3) { $0 + $1.text.count + 3 } }
    while length(parts) + (parts.count > 3 ? 11 : 0) > room, parts.count > 1,
      let last = parts.indices.max(by: { parts[$0].rank < parts[$1].rank })
    {
      parts.remove(at: last)
    }
    let blocks = min(room - length(parts) - 1, 24)
    if blocks >= 4, let loss = parts.firstIndex(where: { $0.rank == 0 }) {
      let spark = Sparkline.text(curve.values, width: blocks)
      if spark.count > 1 { parts[loss].text += " \(spark)" }
    }
    return String(parts.map(\.text).joined(separator: " · ").prefix(room))
  }

  private func parts(_ progress: TrainingProgress) -> [Part] {
    let position = progress.position
    let seconds = start.duration(to: clock.now).inSeconds
    let tokens = Double(position.targetTokens - tokensAtStart)
    let updates = Double(position.update - updatesAtStart)
    var parts: [Part] = [("epoch \(position.epoch + 1)", 3)]
    var update = "update \(NumberText.grouped(position.update))"
    if let planned = progress.plannedUpdates { update += "/\(NumberText.grouped(planned))" }
    parts.append((update, 1))
    if seconds > 0, tokens > 0 {
      parts.append(("\(NumberText.grouped(Int(tokens / seconds))) \(task.lossUnit)/s", 4))
    }
    parts.append(("loss \(NumberText.fixed(progress.loss, decimals: 3))", 0))
    parts.append(
      ("perplexity \(NumberText.significant(progress.perplexity, digits: 4))", 5))
    parts.append(("rate \(NumberText.significant(progress.learningRate, digits: 3))", 6))
    if let planned = progress.plannedUpdates, updates > 0, planned > position.update {
      let left = seconds / updates * Double(planned - position.update)
      parts.append(("\(Duration.text(seconds: left)) left", 2))
    }
    return parts
  }
}

extension Duration {
  /// Seconds as `42 s`, `3:07` or `1:02:07`.
  static func text(seconds: Double) -> String {
    let whole = Int(min(max(seconds, 0), 1e9).rounded())
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60):\(two(whole % 60))" }
    return "\(whole / 3600):\(two(whole / 60 % 60)):\(two(whole % 60))"
  }
}

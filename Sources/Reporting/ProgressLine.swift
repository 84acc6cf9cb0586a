public import DragomanTraining
import DragomanFormats

/// Shows on a stream how a run is doing.
///
/// On a terminal one line is rewritten a few times a second; elsewhere plain lines are printed when a log
/// entry is due. Validations and checkpoints stand on lines of their own.
public final class ProgressLine: TrainingObserver {
  private let isTerminal: Bool
  private let width: Int
  private let write: (String) -> Void
  private let clock = ContinuousClock()
  private var start: ContinuousClock.Instant
  private var shown: ContinuousClock.Instant?
  private var tokensAtStart = 0
  private var updatesAtStart = 0
  private var isLineOpen = false

  /// A progress line.
  ///
  /// - Parameters:
  ///   - isTerminal: whether lines can be rewritten.
  ///   - width: columns of the terminal.
  ///   - write: writes text to the stream.
  public init(isTerminal: Bool, width: Int = 80, write: @escaping (String) -> Void) {
    self.isTerminal = isTerminal
    self.width = width
    self.write = write
    start = clock.now
  }

  /// Says what is trained on what.
  public func began(_ summary: TrainingSummary) {
    start = clock.now
    for line in TrainingOverview.lines(summary) { print(line) }
    tokensAtStart = -1
  }

  /// Rewrites the line, at most five times a second.
  public func updated(_ progress: TrainingProgress) {
    if tokensAtStart < 0 {
      // The clock starts behind the first update, which pays for the first touch of all memory.
      tokensAtStart = progress.position.targetTokens
      updatesAtStart = progress.position.update
      start = clock.now
    }
    if !isTerminal {
      if progress.isLogged { print(text(progress)) }
      return
    }
    let now = clock.now
    if let shown, now - shown < .milliseconds(200), !progress.isLogged { return }
    shown = now
    write("\r\u{1B}[K" + String(text(progress).prefix(max(width - 1, 20))))
    isLineOpen = true
  }

  /// Prints the validation's figures and translations.
  public func validated(_ report: ValidationReport, _ progress: TrainingProgress) {
    ValidationText.lines(report).forEach(print)
  }

  /// Says nothing: a checkpoint belongs to its validation.
  public func saved(_ path: String) {}

  /// Says why the run is over and where the model is.
  public func ended(_ outcome: TrainingOutcome, _ progress: TrainingProgress) {
    let position = progress.position
    let done =
      "\(NumberText.grouped(position.update)) updates, \(NumberText.grouped(position.pairs)) pairs"
    switch outcome {
    case .finished: print("finished after \(done)")
    case .outOfPatience: print("stopped after \(done): validation does not improve any more")
    case .stopped: print("saved and stopped after \(done); --resume goes on")
    }
  }

  private func print(_ line: String) {
    write((isLineOpen ? "\r\u{1B}[K" : "") + line + "\n")
    isLineOpen = false
  }

  private func text(_ progress: TrainingProgress) -> String {
    let position = progress.position
    let seconds = Duration.seconds(start.duration(to: clock.now))
    let tokens = Double(position.targetTokens - tokensAtStart)
    let updates = Double(position.update - updatesAtStart)
    var parts = ["epoch \(position.epoch + 1)"]
    var update = "update \(NumberText.grouped(position.update))"
    if let planned = progress.plannedUpdates { update += "/\(NumberText.grouped(planned))" }
    parts.append(update)
    if seconds > 0, tokens > 0 {
      parts.append("\(NumberText.grouped(Int(tokens / seconds))) tokens/s")
    }
    parts.append("loss \(NumberText.fixed(progress.loss, decimals: 3))")
    parts.append("perplexity \(NumberText.significant(progress.perplexity, digits: 4))")
    parts.append("rate \(NumberText.significant(progress.learningRate, digits: 3))")
    if let planned = progress.plannedUpdates, updates > 0, planned > position.update {
      let left = seconds / updates * Double(planned - position.update)
      parts.append("\(Duration.text(seconds: left)) left")
    }
    return parts.joined(separator: " · ")
  }
}

extension Duration {
  /// The seconds of a duration as a number.
  static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
  }

  /// Seconds as `42 s`, `3:07` or `1:02:07`.
  static func text(seconds: Double) -> String {
    let whole = Int(min(max(seconds, 0), 1e9).rounded())
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60):\(two(whole % 60))" }
    return "\(whole / 3600):\(two(whole / 60 % 60)):\(two(whole % 60))"
  }
}

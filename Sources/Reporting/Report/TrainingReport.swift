public import DragomanTraining

/// Writes `report.html` after every validation and at the end of a run.
///
/// It reads the log, so it has to be told of events after the ``TrainingLog``. What it costs does not grow with the run:
/// only new lines of the log are read, and a chart has at most a thousand points a line.
public final class TrainingReport: TrainingObserver {
  private let path: String
  private let log: String
  private var summary: TrainingSummary?
  private var history = RunHistory()
  /// What went wrong when the report was written; training goes on without it.
  public private(set) var failure: (any Error)?

  /// A report.
  ///
  /// - Parameters:
  ///   - path: where it is written.
  ///   - log: the log it tells of.
  public init(path: String, log: String) {
    self.path = path
    self.log = log
  }

  /// Begins with what the log says of earlier parts of the run.
  public func began(_ summary: TrainingSummary) {
    self.summary = summary
    history = RunHistory()
  }

  /// Does nothing: an update is worth a line of the log, not a page.
  public func updated(_ progress: TrainingProgress) {}

  /// Writes the report.
  public func validated(_ report: ValidationReport, _ progress: TrainingProgress) { write() }

  /// Does nothing.
  public func saved(_ path: String) {}

  /// Writes the last report.
  public func ended(_ outcome: TrainingOutcome, _ progress: TrainingProgress) { write() }

  private func write() {
    guard let summary else { return }
    do {
      try history.readOn(log)
      try TrainingPage(summary, history).page.write(to: path)
      failure = nil
    } catch {
      failure = error
    }
  }
}

import DragomanFormats
import DragomanModels
import DragomanPages
package import DragomanTraining

/// Writes `report.html` when a run begins, after every validation and at its end.
///
/// Until then the page loads itself anew every few seconds, so that an open one follows the run.
///
/// It reads the log, so it has to be told of events after the ``TrainingLog``. What it costs does not grow with the
/// run: only new lines of the log are read, and a chart has at most a thousand points a line.
package final class TrainingReport: TrainingObserver {
  private let path: String
  private var log: RunLog
  private var summary: TrainingSummary?
  private var history = RunHistory()
  /// What the model looks for first, as of the last look at it.
  private var filters: ImageFilters?
  /// What the configuration states, which is the same all the time.
  private var departures: [String] = []
  /// What went wrong when the report was written; training goes on without it.
  package private(set) var failure: (any Error)?

  /// A report.
  ///
  /// - Parameters:
  ///   - path: where it is written.
  ///   - log: the log it tells of.
  package init(path: String, log: String) {
    self.path = path
    self.log = RunLog(log)
  }

  /// Begins with what the log says of earlier parts of the run.
  package func began(_ summary: TrainingSummary) {
    self.summary = summary
    log = RunLog(log.path, in: summary.open)
    history = RunHistory()
    filters = summary.filters
    departures = summary.configuration.departures
    write()
  }

  /// Does nothing: an update is worth a line of the log, not a page.
  package func updated(_ progress: TrainingProgress) {}

  /// Writes the report.
  package func validated(_ report: ValidationReport, _ progress: TrainingProgress) {
    filters = report.filters
    write()
  }

  /// Does nothing.
  package func saved(_ path: String) {}

  /// Writes the last report.
  package func ended(_ outcome: TrainingOutcome, _ progress: TrainingProgress) { write() }

  private func write() {
    guard let summary else { return }
    do {
      for entry in try log.readOn() { history.add(entry) }
      let page = TrainingPage(summary, history, filters: filters, departures: departures).page
      try page.write(to: path, in: summary.open)
      failure = nil
    } catch {
      failure = error
    }
  }
}

import DragomanSystem
import DragomanFormats
package import DragomanTraining
import DragomanTranslation

/// Writes what happens as event files of TensorBoard: `tensorboard --logdir runs` shows all runs.
///
/// A resumed run takes away what was written after its checkpoint and goes on in a new file, since a reader that
/// follows the old one would not notice that it shrank; the new one begins by telling such a reader what to forget. So
/// no step stands twice in the files, nor on a screen that was open all the time.
package final class TensorBoardLog: TrainingObserver {
  private let folder: RunFolder
  private let time: () -> Double
  private var path = ""
  private var open: OpenFolder?
  /// What went wrong when an event was written; training goes on without.
  package private(set) var failure: (any Error)?
  private var clock = PhaseClock()
  private var speedometer = Speedometer()

  /// Event files in the folder of a run.
  package convenience init(_ folder: RunFolder) {
    self.init(folder, time: { WallClock.seconds })
  }

  init(_ folder: RunFolder, time: @escaping () -> Double) {
    self.folder = folder
    self.time = time
  }

  /// Begins a file.
  package func began(_ summary: TrainingSummary) {
    clock.end(.preparation)
    open = summary.open
    do {
      let earlier = try folder.eventFiles
      let name = "\(RunFolder.eventFilePrefix)\(Int(time())).dragoman"
      // Several resumes within a second are told apart by a number.
      let number = (0...).first { !Files.exists("\(folder.path)/\(name).\($0)") } ?? 0
      if let update = summary.resumedAt {
        for file in earlier { try Self.truncate(file, after: update) }
      } else {
        // Of a run that was killed before its first checkpoint: its steps come again.
        for file in earlier where file.contains(".dragoman.") { try Files.remove(file) }
      }
      path = "\(folder.path)/\(name).\(number)"
      var bytes = EventRecord.version(time: time())
      if let update = summary.resumedAt {
        bytes += EventRecord.restart(time: time(), step: update + 1)
      } else {
        bytes += EventRecord.texts(
          [("configuration", Self.literally(summary.configuration.text))], time: time(), step: 0)
      }
      try AtomicFile.write(bytes, to: path, in: summary.open)
    } catch {
      failure = error
    }
  }

  /// Writes figures of training, if a log entry is due.
  package func updated(_ progress: TrainingProgress) {
    clock.end(.updates)
    let speed = speedometer.tokensPerSecond(progress, clock)
    guard progress.isLogged else { return }
    append(
      EventRecord.scalars(
        [
          ("loss/training", progress.loss), ("perplexity/training", progress.perplexity),
          ("training/learning rate", progress.learningRate),
          ("training/gradient norm", progress.gradientNorm),
        ] + (speed.map { [("training/tokens per second", $0)] } ?? []), time: time(),
        step: progress.position.update))
  }

  /// Writes figures and translations.
  package func validated(_ report: ValidationReport, _ progress: TrainingProgress) {
    clock.end(.validation)
    let validation = report.validation
    var values = [
      ("loss/validation", validation.loss), ("perplexity/validation", validation.perplexity),
    ]
    for metric in ValidationMetric.allCases {
      if let score = validation.scores[metric] { values.append(("scores/\(metric.name)", score)) }
    }
    append(EventRecord.scalars(values, time: time(), step: validation.update))
    let texts = report.samples.enumerated().map { index, sample in
      (
        "translations/\(index + 1)",
        Self.literally(
          "\(sample.source)\n\(sample.translation)\n(\(sample.reference))")
      )
    }
    if !texts.isEmpty {
      append(EventRecord.texts(texts, time: time(), step: validation.update))
    }
  }

  /// Writes nothing.
  package func saved(_ path: String) { clock.end(.saving) }

  /// Does nothing: whatever happened is written.
  package func ended(_ outcome: TrainingOutcome, _ progress: TrainingProgress) {}

  private func append(_ bytes: [UInt8]) {
    guard failure == nil, !path.isEmpty else { return }
    do {
      try Files.append(bytes, to: path, in: open)
    } catch {
      failure = error
    }
  }

  /// Takes away the events after an update, and one that a crash cut short.
  static func truncate(_ path: String, after update: Int) throws {
    let file = try Files.read(path)
    let length = EventRecord.length(of: file, upTo: update)
    if length < file.count { try AtomicFile.write(Array(file[..<length]), to: path) }
  }

  /// Text as an indented block of Markdown, which shows it as it is.
  private static func literally(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { "    " + $0 }
      .joined(separator: "\n")
  }
}

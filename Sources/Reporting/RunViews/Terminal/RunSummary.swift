package import DragomanEvaluation
import DragomanSystem
package import DragomanFormats
package import DragomanTraining
import DragomanTranslation

/// A run as its folder tells of it, without reading any weights.
package struct RunSummary: Sendable {
  /// How a run stands.
  package enum State: String, Sendable {
    /// It made all its updates, or validation did not improve any more.
    case finished
    /// It was asked to stop and can be resumed.
    case stopped
    /// Its log has no end: it is running, or was killed.
    case unfinished
    /// A file of it cannot be read.
    case damaged
  }

  /// The best value of a metric, and after which update it was reached.
  package struct Best: Sendable, Equatable {
    /// The metric.
    package let metric: ValidationMetric
    /// Its best value.
    package let value: Double
    /// Updates made before it.
    package let update: Int
    /// How far it is to be trusted, where there are few sources.
    package let interval: BootstrapInterval?
  }

  /// The folder's name.
  package let name: String
  /// The folder.
  package let folder: RunFolder
  /// How it stands.
  package let state: State
  /// What is damaged, a message per file.
  package let problems: [String]
  /// What training did, as the newest checkpoint tells.
  package let record: TrainingRecord?
  /// Numbers of the model.
  package let parameters: Int?
  /// Bytes of the model's file.
  package let bytes: Int?
  /// When one of its files was changed last, in seconds since 1970.
  package let changed: Double

  /// Looks at a folder; `nil` if no run has been in it.
  package init?(name: String, in root: String) {
    let folder = RunFolder(name: name, in: root)
    let files = [folder.configuration, folder.log, folder.last, folder.best]
      .filter { Files.exists($0) }
    guard !files.isEmpty else { return nil }
    self.name = name
    self.folder = folder
    changed = files.compactMap { Files.modificationTime($0) }.max() ?? 0
    var problems: [String] = []
    func attempt<Value>(_ body: () throws -> Value) -> Value? {
      do {
        return try body()
      } catch {
        problems.append("\(error)")
        return nil
      }
    }
    func model(_ path: String) -> (reader: SafetensorsReader, record: TrainingRecord?)? {
      guard files.contains(path) else { return nil }
      return attempt {
        let reader = try SafetensorsReader(path: path)
        guard let text = reader.metadata[ModelFileKey.record] else {
          throw ModelFileError.notAModel(path: path)
        }
        let record = try JSON.parse(Array(text.utf8), file: "\(path)[\(ModelFileKey.record)]")
        return (reader, TrainingRecord(record))
      }
    }
    if files.contains(folder.configuration) {
      _ = attempt { try JSON.read(path: folder.configuration) }
    }
    let last = model(folder.last)
    let best = model(folder.best)
    record = last?.record ?? best?.record
    let moments = ["optimizer.", "average."]
    parameters = (best ?? last).map { file in
      file.reader.tensors.filter { tensor in
        !moments.contains { tensor.name.hasPrefix($0) }
          && file.reader.matrix(scaledBy: tensor) == nil
      }.reduce(0) { $0 + $1.count }
    }
    bytes = best.flatMap { try? Files.size($0.reader.path) }
    let outcome =
      files.contains(folder.log) ? attempt { try Self.outcome(folder.log) } ?? nil : nil
    self.problems = problems
    state =
      switch (problems.isEmpty, outcome) {
      case (false, _): .damaged
      case (true, .stopped): .stopped
      case (true, nil): .unfinished
      case (true, .finished), (true, .outOfPatience): .finished
      }
  }

  /// The best of each metric that was looked at, the loss first.
  package var best: [Best] {
    guard let record else { return [] }
    return ValidationMetric.allCases.compactMap { metric in
      guard let best = record.best(by: metric), let value = best.value(of: metric) else {
        return nil
      }
      return Best(
        metric: metric, value: value, update: best.update, interval: best.intervals[metric])
    }
  }

  /// Why the run is over; `nil` if the log does not end.
  private static func outcome(_ log: String) throws -> TrainingOutcome? {
    guard case .ended(let ending) = try RunLog.last(of: log)?.event else { return nil }
    return ending.reason
  }
}

extension RunSummary {
  /// The run for programs.
  package var json: JSON {
    [
      "name": .string(name), "path": .string(folder.path), "state": .string(state.rawValue),
      "problems": .strings(problems),
      "updates": record.map { .int($0.updates) } ?? .null,
      "epochs": record.map { .int($0.epochs) } ?? .null,
      "best": .object(
        best.filter(\.value.isFinite).map { best in
          (
            best.metric.rawValue,
            [
              "value": .double(best.value), "update": .int(best.update),
              "interval": best.interval.map { [.double($0.lower), .double($0.upper)] },
            ]
          )
        }), "parameters": parameters.map { .int($0) } ?? .null,
      "bytes": bytes.map { .int($0) } ?? .null, "changed": .string(DateText.iso(changed)),
    ]
  }
}

package import DragomanSystem
import DragomanFormats

/// The folder of a run: `runs/NAME`.
///
///     config.json              the configuration with everything filled in
///     best.safetensors         the best model by the first metric
///     best-METRIC.safetensors  the best model by each other metric
///     update-N.safetensors     the models of the last validations, as many as training.keep says
///     last.safetensors         the model and the state of its training, for --resume
///     previous.safetensors     the same as of the save before, for when that one is damaged
///     log.jsonl                what happened when
///     report.html              the same as a page
///     events.out.tfevents.*    the same for TensorBoard
package struct RunFolder: Sendable {
  /// Path of the folder.
  package let path: String
  /// The folder itself, while a run is under way in it: files are then found in it, whatever its path leads to.
  package internal(set) var open: OpenFolder?

  /// The folder of the run of this name in `root`.
  package init(name: String, in root: String = "runs") {
    path = "\(root)/\(name)"
  }

  /// The best model by the first metric.
  package var best: String { "\(path)/best.safetensors" }
  /// The model and the state of its training.
  package var last: String { "\(path)/last.safetensors" }
  /// The same as of the save before.
  package var previous: String { "\(path)/\(Self.previousName)" }
  static let previousName = "previous.safetensors"
  /// The configuration with everything filled in.
  package var configuration: String { "\(path)/config.json" }
  /// What happened when.
  package var log: String { "\(path)/log.jsonl" }
  /// What happened, as a page.
  package var report: String { "\(path)/report.html" }
  /// What the names of files for TensorBoard begin with.
  package static let eventFilePrefix = "events.out.tfevents."
  /// The files for TensorBoard, the earliest first.
  package var eventFiles: [String] {
    get throws {
      guard Files.isDirectory(path) else { return [] }
      return try Files.list(path).filter { $0.hasPrefix(Self.eventFilePrefix) }
        .map { "\(path)/\($0)" }
    }
  }
  /// The best model by a metric that is not the first one.
  package func best(_ metric: ValidationMetric) -> String {
    "\(path)/best-\(metric.rawValue).safetensors"
  }
  /// The model of the validation after an update.
  package func model(after update: Int) -> String { "\(path)/update-\(update).safetensors" }

  /// Whether there is a model of an earlier run.
  var hasModels: Bool {
    get throws {
      guard Files.isDirectory(path) else { return false }
      return try Files.list(path).contains { $0.hasSuffix(".safetensors") && !$0.hasPrefix(".") }
    }
  }

  /// Whether there is a checkpoint that can be resumed.
  package var hasLast: Bool { Files.exists(last) }
  /// Whether there is the checkpoint before.
  package var hasPrevious: Bool { Files.exists(previous) }
  /// Whether there is a best model.
  var hasBest: Bool { open?.holds(Files.name(of: best)) ?? Files.exists(best) }

  /// Removes the files of an earlier run of this name.
  package func clear() throws {
    let bests = ValidationMetric.allCases.map { best($0) }
    for file in try [best, last, previous, configuration, log, report] + bests + eventFiles
    where Files.exists(file) {
      try Files.remove(file)
    }
    try keepModels(after: [])
  }

  /// Makes the folder, removes what an interrupted write left, and writes the configuration.
  func begin(_ configuration: RunConfiguration) throws {
    try Files.createDirectories(path)
    for name in try Files.list(path) {
      // A temporary file is named after the one it was to become.
      let parts = name.split(separator: ".", omittingEmptySubsequences: false)
      guard name.hasPrefix("."), let end = parts.last, end.hasPrefix("tmp-") else { continue }
      try AtomicFile.removeStale(for: "\(path)/\(name.dropFirst().dropLast(end.count + 1))")
    }
    try AtomicFile.write(Array(configuration.text.utf8), to: self.configuration, in: open)
  }

  /// Removes the models of all validations but those after these updates.
  func keepModels(after updates: [Int]) throws {
    guard open != nil || Files.isDirectory(path) else { return }
    for name in try open?.names() ?? Files.list(path) where name.hasPrefix("update-") {
      guard let update = Int(name.dropFirst(7).dropLast(12)), !updates.contains(update),
        model(after: update) == "\(path)/\(name)"
      else { continue }
      if let open { try open.remove(name) } else { try Files.remove("\(path)/\(name)") }
    }
  }
}

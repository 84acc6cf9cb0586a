import DragomanFormats

/// The folder of a run: `runs/NAME`.
///
///     config.json          the configuration with everything filled in
///     best.safetensors     the model with the lowest validation loss
///     last.safetensors     the model and the state of its training, for --resume
///     log.jsonl            what happened when
public struct RunFolder: Sendable {
  /// Path of the folder.
  public let path: String

  /// The folder of the run of this name in `root`.
  public init(name: String, in root: String = "runs") {
    path = "\(root)/\(name)"
  }

  /// The model with the lowest validation loss.
  public var best: String { "\(path)/best.safetensors" }
  /// The model and the state of its training.
  public var last: String { "\(path)/last.safetensors" }
  /// The configuration with everything filled in.
  public var configuration: String { "\(path)/config.json" }
  /// What happened when.
  public var log: String { "\(path)/log.jsonl" }

  /// Whether there is a checkpoint that can be resumed.
  public var hasLast: Bool { Files.exists(last) }

  /// Removes the files of an earlier run of this name.
  public func clear() throws {
    for file in [best, last, configuration, log] where Files.exists(file) {
      try Files.remove(file)
    }
  }

  /// Makes the folder, removes what an interrupted write left, and writes the configuration.
  func begin(_ configuration: RunConfiguration) throws {
    try Files.createDirectories(path)
    for file in [best, last, self.configuration] { try AtomicFile.removeStale(for: file) }
    try AtomicFile.write(Array(configuration.text.utf8), to: self.configuration)
  }
}

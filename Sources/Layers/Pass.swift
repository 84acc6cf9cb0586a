public import DragomanTensor

/// What a forward or backward pass works with: the weights, scratch memory, and noise while training.
public struct Pass {
  /// The weights that are read.
  public let weights: Parameters
  /// Where results and intermediate values live until the workspace is reset.
  public let workspace: Workspace
  /// The source of dropout masks; `nil` outside training, where dropout does nothing.
  public let noise: Noise?
  /// Where time is counted by part of the model; usually nowhere.
  public let stopwatch: Stopwatch?
  /// Where values of the way are kept for people to see; usually nowhere.
  public let recorder: Recorder?

  /// A pass over these weights.
  public init(
    weights: Parameters, workspace: Workspace, noise: Noise? = nil, stopwatch: Stopwatch? = nil,
    recorder: Recorder? = nil
  ) {
    self.weights = weights
    self.workspace = workspace
    self.noise = noise
    self.stopwatch = stopwatch
    self.recorder = recorder
  }

  /// Runs `body`; its time counts for `part`.
  public func timed<Result>(
    _ part: Stopwatch.Part, _ body: () throws -> Result
  ) rethrows -> Result {
    guard let stopwatch else { return try body() }
    return try stopwatch.measure(part, body)
  }

  /// What computes.
  public var kernels: Kernels { workspace.kernels }
}

/// The key of all random masks of one update: equal keys give equal masks, on any number of threads.
public struct Noise: Sendable, Equatable {
  /// The seed of the run.
  public let seed: UInt64
  /// The number of the update, from 0.
  public let update: UInt64

  /// The masks of one update of a run.
  public init(seed: UInt64, update: UInt64) {
    self.seed = seed
    self.update = update
  }
}

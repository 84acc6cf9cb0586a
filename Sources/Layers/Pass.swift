public import DragomanTensor

/// What a forward or backward pass works with: the weights, scratch memory, and noise while training.
public struct Pass {
  /// The weights that are read.
  public let weights: Parameters
  /// Where results and intermediate values live until the workspace is reset.
  public let workspace: Workspace
  /// The source of dropout masks; `nil` outside training, where dropout does nothing.
  public let noise: Noise?

  /// A pass over these weights.
  public init(weights: Parameters, workspace: Workspace, noise: Noise? = nil) {
    self.weights = weights
    self.workspace = workspace
    self.noise = noise
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

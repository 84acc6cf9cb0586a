package import DragomanTensor

/// What a forward or backward pass works with: the weights, scratch memory, and noise while training.
package struct Pass {
  /// The weights that are read.
  package let weights: Parameters
  /// Where results and intermediate values live until the workspace is reset.
  package let workspace: Workspace
  /// The source of dropout masks; `nil` outside training, where dropout does nothing.
  package let noise: Noise?
  /// Where time is counted by part of the model; usually nowhere.
  package let stopwatch: Stopwatch?
  /// Where values of the way are kept for people to see; usually nowhere.
  package let recorder: Recorder?
  /// Called when the gradients of a decoder are complete, before the way back goes on through the encoder; usually
  /// `nil`.
  package let afterDecoder: (() -> Void)?

  /// A pass over these weights.
  package init(
    weights: Parameters, workspace: Workspace, noise: Noise? = nil, stopwatch: Stopwatch? = nil,
    recorder: Recorder? = nil, afterDecoder: (() -> Void)? = nil
  ) {
    self.weights = weights
    self.workspace = workspace
    self.noise = noise
    self.stopwatch = stopwatch
    self.recorder = recorder
    self.afterDecoder = afterDecoder
  }

  /// Runs `body`; its time counts for `part`.
  package func timed<Result>(
    _ part: Stopwatch.Part, _ body: () throws -> Result
  ) rethrows -> Result {
    guard let stopwatch else { return try body() }
    return try stopwatch.measure(part, body)
  }

  /// Whether weights are being learnt: dropout drops, and batch normalisation looks at its batch.
  package var isTraining: Bool { noise != nil }

  /// The same pass without noise, for a part that learns nothing.
  package var quiet: Pass {
    Pass(weights: weights, workspace: workspace, stopwatch: stopwatch, recorder: recorder)
  }

  /// What computes.
  package var kernels: Kernels { workspace.kernels }
}

/// The key of all random masks of one update: equal keys give equal masks, on any number of threads.
package struct Noise: Sendable, Equatable {
  /// The seed of the run.
  package let seed: UInt64
  /// The number of the update, from 0.
  package let update: UInt64

  /// The masks of one update of a run.
  package init(seed: UInt64, update: UInt64) {
    self.seed = seed
    self.update = update
  }
}

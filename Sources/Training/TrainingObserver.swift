import DragomanTranslation

/// Watches a run: what shows progress and keeps the log conforms to it.
///
/// All calls come from the thread that trains, in the order of what happened.
public protocol TrainingObserver: AnyObject {
  /// The data are ready, the model is made or read, and training begins.
  func began(_ summary: TrainingSummary)
  /// An update was made.
  func updated(_ progress: TrainingProgress)
  /// The validation pairs were looked at.
  func validated(_ report: ValidationReport, _ progress: TrainingProgress)
  /// A checkpoint was written.
  func saved(_ path: String)
  /// The run is over, for now or for good.
  func ended(_ outcome: TrainingOutcome, _ progress: TrainingProgress)
}

/// What is known when training begins.
public struct TrainingSummary: Sendable {
  /// The configuration with everything filled in.
  public let configuration: RunConfiguration
  /// What was read, skipped and learnt from the data.
  public let data: DataSummary
  /// Target tokens of a batch.
  public let batchTokens: Int
  /// Batches of an epoch.
  public let batchesPerEpoch: Int
  /// Numbers that are trained.
  public let parameters: Int
  /// Where the run's files are.
  public let folder: String
  /// Threads that compute.
  public let threads: Int
  /// Instruction set that computes.
  public let instructions: String
  /// Updates that an earlier part of the run made.
  public let resumedAt: Int?
  /// The model that the run begins with, if it does not begin with random weights.
  public let origin: TrainingOrigin?
}

/// The model that a run begins with.
public struct TrainingOrigin: Sendable, Equatable {
  /// Its file.
  public let path: String
  /// Entries appended to the source vocabulary.
  public let newSourceEntries: Int
  /// Entries appended to the target vocabulary.
  public let newTargetEntries: Int
  /// Entries that a vocabulary may have, if new ones were looked for.
  public let limit: Int?
  /// The vocabularies that have as many: `source`, `target` or both.
  public let full: [String]
}

/// Where a run stands after an update.
public struct TrainingProgress: Sendable {
  /// The position.
  public let position: TrainingPosition
  /// Updates until the run ends, as far as its limits tell: those already made included.
  public let plannedUpdates: Int?
  /// Batches of this epoch.
  public let batchesPerEpoch: Int
  /// Nats per target token of the last update.
  public let batchLoss: Double
  /// Nats per target token since the last log entry.
  public let loss: Double
  /// e to that loss.
  public var perplexity: Double { exponential(loss) }
  /// Length of the gradient before it was clipped.
  public let gradientNorm: Double
  /// The learning rate.
  public let learningRate: Double
  /// Whether a log entry is due.
  public let isLogged: Bool
  /// The best validation so far.
  public let best: TrainingRecord.Validation?
}

/// Why a run is over.
public enum TrainingOutcome: Sendable, Equatable {
  /// It made all its epochs or updates.
  case finished
  /// Validation has not improved for `training.patience` validations.
  case outOfPatience
  /// It was asked to stop and can be resumed.
  case stopped
}

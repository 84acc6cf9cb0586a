package import DragomanModels
package import DragomanSystem
import DragomanTensor
import DragomanTranslation

/// Watches a run: what shows progress and keeps the log conforms to it.
///
/// All calls come from the thread that trains, in the order of what happened.
package protocol TrainingObserver: AnyObject {
  /// The data are ready, the model is made or read, and training begins.
  func began(_ summary: TrainingSummary)
  /// An update was made.
  func updated(_ progress: TrainingProgress)
  /// The validation pairs were looked at.
  func validated(_ report: ValidationReport, _ progress: TrainingProgress)
  /// A number was not finite, and what the policy says was done about it.
  func diverged(_ divergence: Divergence, _ policy: DivergencePolicy)
  /// The run's folder is not at its path any more; the run goes on in it.
  func moved(from path: String, to current: String?)
  /// A checkpoint was written.
  func saved(_ path: String)
  /// The run is over, for now or for good.
  func ended(_ outcome: TrainingOutcome, _ progress: TrainingProgress)
}

extension TrainingObserver {
  /// Does nothing.
  package func diverged(_ divergence: Divergence, _ policy: DivergencePolicy) {}
  /// Does nothing.
  package func moved(from path: String, to current: String?) {}
}

/// What is known when training begins.
package struct TrainingSummary: Sendable {
  /// The configuration with everything filled in.
  package let configuration: RunConfiguration
  /// What was read, skipped and learnt from the data.
  package let data: DataSummary
  /// Target tokens of a batch.
  package let batchTokens: Int
  /// Batches of an epoch.
  package let batchesPerEpoch: Int
  /// Numbers that are trained.
  package let parameters: Int
  /// Where the run's files are.
  package let folder: String
  /// The folder itself, in which files are found whatever its path leads to.
  package var open: OpenFolder?
  /// Threads that compute, of this process.
  package let threads: Int
  /// The machines of the processes that train together, by rank; nothing of one alone.
  package var hosts: [String] = []
  /// Pieces that each batch is cut into.
  package var pieces = 1
  /// Instruction set that computes.
  package let instructions: String
  /// Updates that an earlier part of the run made.
  package let resumedAt: Int?
  /// What was changed when the run went on, this time and before.
  package var changes: [RecordedChange] = []
  /// The model that the run begins with, if it does not begin with random weights.
  package let origin: TrainingOrigin?
  /// The layers of a model that reads images, with what comes out of each.
  package let layers: [LayerReport]
  /// The images among the samples of validations.
  package var images: [SampleImage] = []
  /// What a model that reads images looks for first, before the first update.
  package var filters: ImageFilters?
}

/// A layer of a model that reads images.
package struct LayerReport: Sendable, Equatable {
  /// The layer, as its parameters are named.
  package let name: String
  /// What it is.
  package let kind: String
  /// What comes out for one image.
  package let output: [Int]
  /// Numbers that are trained.
  package let parameters: Int
  /// Floating-point operations for one image, two for each multiply-add.
  package let operations: Double
}

/// The model that a run begins with.
package struct TrainingOrigin: Sendable, Equatable {
  /// Its file.
  package let path: String
  /// Entries appended to the source vocabulary.
  package let newSourceEntries: Int
  /// Entries appended to the target vocabulary.
  package let newTargetEntries: Int
  /// Entries that a vocabulary may have, if new ones were looked for.
  package let limit: Int?
  /// The vocabularies that have as many: `source`, `target` or both.
  package let full: [String]
  /// What a classifier has of it; `nil` of other models.
  package let classes: Classes?
  /// In how many bits its weights were rounded, in words; `nil` if they were not.
  package var precision: String?
  /// How much of a captioning model it has, where that is not all; `nil` of other models.
  package var taken: Taken?

  /// What another model gives to one that captions.
  package struct Taken: Sendable, Equatable {
    /// Tensors that are taken over, by their names.
    package let tensors: Int
    /// Numbers in them.
    package let parameters: Int
    /// Numbers of the new model, the others of which begin by chance.
    package let all: Int
  }

  /// What becomes of the classes of a model that another classifier begins with.
  package struct Classes: Sendable, Equatable {
    /// Classes whose scores are taken over.
    package internal(set) var known: Int
    /// Classes whose scores begin by chance.
    package internal(set) var new: Int
    /// Classes of the model that no training example has; `nil` if it has none, and only its encoder is taken over.
    package internal(set) var forgotten: Int?
  }
}

/// Where a run stands after an update.
package struct TrainingProgress: Sendable {
  /// The position.
  package let position: TrainingPosition
  /// Updates until the run ends, as far as its limits tell: those already made included.
  package let plannedUpdates: Int?
  /// Batches of this epoch.
  package let batchesPerEpoch: Int
  /// Nats per target token of the last update.
  package let batchLoss: Double
  /// Nats per target token since the last log entry.
  package let loss: Double
  /// e to that loss.
  package var perplexity: Double { exponential(loss) }
  /// What is added to that loss, beside it: the doubly stochastic term; 0 without one.
  package var penalty = 0.0
  /// Length of the gradient before it was clipped.
  package let gradientNorm: Double
  /// The learning rate.
  package let learningRate: Double
  /// Whether a log entry is due.
  package let isLogged: Bool
  /// What the processes that train together report, by rank, at validations and ends; nothing of one alone.
  package var processes: [ProcessReport] = []
  /// The best validation so far.
  package internal(set) var best: TrainingRecord.Validation?
}

/// Why a run is over.
package enum TrainingOutcome: String, Sendable, Equatable {
  /// It made all its epochs or updates.
  case finished
  /// Validation has not improved for `training.patience` validations.
  case outOfPatience
  /// It was asked to stop and can be resumed.
  case stopped
}

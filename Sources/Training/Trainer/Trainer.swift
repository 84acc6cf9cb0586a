package import DragomanModels
import DragomanSystem
import DragomanFormats
import DragomanLayers
package import DragomanTensor
import DragomanText
import DragomanTranslation

/// Trains a model by teacher forcing: the loop.
///
/// Every number that influences a weight follows from configuration, data and ``TrainingPosition``, so
/// that a run which is stopped, killed and resumed ends with the same bytes as one that is not, on any
/// number of threads.
package final class Trainer {
  /// The configuration with everything filled in.
  package let configuration: RunConfiguration
  /// The architecture.
  package let model: SequenceModel
  /// What is trained.
  package let weights: Parameters
  /// Whether ``run(shouldStop:)`` has begun to change the run's folder.
  package private(set) var hasBegun = false
  /// How far it has come.
  package internal(set) var position: TrainingPosition
  /// What has been found on the way.
  package internal(set) var record: TrainingRecord

  let optimizer: Optimizer
  let average: ExponentialMovingAverage?
  var schedule: LearningRateSchedule
  let data: TrainingData
  let folder: RunFolder
  private let gradients: Parameters
  private(set) var learningRate = 0.0
  let workspace: Workspace
  let observers: [any TrainingObserver]
  let batchTokens: Int
  let resumedAt: Int?
  let origin: TrainingOrigin?
  private let restart: Bool
  /// When the checkpoint was written that the run goes on from.
  private let checkpointTime: Double?
  /// What is validated and kept as the best model: the average of the weights, or else they themselves.
  var evaluated: Parameters { average?.values ?? weights }
  var kernels: Kernels { workspace.kernels }
  var training: TrainingConfiguration { configuration.training }

  /// A run that begins, or goes on from its last checkpoint.
  ///
  /// Reads the sentence pairs, learns tokenizers and vocabularies, and makes the model; writes nothing yet.
  ///
  /// - Parameters:
  ///   - configuration: the run's configuration.
  ///   - folder: where its files are.
  ///   - pretrained: the model whose weights a new run begins with; a resumed one has its own.
  ///   - resume: whether to go on from `last.safetensors`.
  ///   - restart: whether a run of this name gives way: its files are removed when the new one begins, not before its
  ///     pairs could be read.
  ///   - threads: threads that compute; all cores by default.
  ///   - observers: told what happens.
  /// - Throws: ``TrainingError``, and what goes wrong when files are read.
  package init(
    _ configuration: RunConfiguration, folder: RunFolder, from pretrained: PretrainedModel? = nil,
    resume: Bool = false, restart: Bool = false, threads: Int? = nil,
    observers: [any TrainingObserver] = []
  ) throws {
    checkpointTime = resume ? Files.modificationTime(folder.last) : nil
    if !resume, !restart { try Self.requireEmpty(folder) }
    let kernels = Kernels(threads: threads)
    let state =
      try resume
      ? TrainingState(resuming: folder.last, configuration, threads: kernels.threads)
      : TrainingState(configuration, from: pretrained, threads: kernels.threads)
    self.configuration = state.configuration
    (data, model, weights) = (state.data, state.model, state.weights)
    (optimizer, average) = (state.optimizer, state.average)
    (position, record) = (state.position, state.record)
    (batchTokens, schedule) = (state.batchTokens, state.schedule)
    resumedAt = resume ? state.position.update : nil
    origin =
      resume
      ? nil
      : pretrained?.origin(
        of: state.model, limit: configuration.tokenizer.vocabulary)
    gradients = Parameters(layout: model.layout)
    workspace = Workspace(kernels: kernels)
    self.folder = folder
    self.restart = restart
    self.observers = observers
  }

  // MARK: The loop

  /// Trains until a limit, until patience ends, or until `shouldStop` says so; if it does so at once, nothing is begun.
  ///
  /// The folder is locked meanwhile, so that two processes do not write the same run.
  ///
  /// - Throws: ``TrainingError/diverged(update:loss:gradientNorm:lastGood:)`` when a number is not finite any more, with the
  ///   last checkpoint left as it was; whatever goes wrong when a file is written.
  @discardableResult
  package func run(shouldStop: () -> Bool = { false }) throws -> TrainingOutcome {
    guard !shouldStop() else { return .stopped }
    try Files.createDirectories(folder.path)
    guard let lock = try FileLock(folder.path) else {
      throw TrainingError.runIsBusy(folder: folder.path)
    }
    defer { withExtendedLifetime(lock) {} }
    if !hasBegun { try requireUnchangedFolder() }
    hasBegun = true
    if restart { try folder.clear() }
    try folder.begin(configuration)
    observers.forEach { $0.began(summary) }
    var progress = progress(batches: 0, loss: Loss(), norm: 0, isLogged: false)
    while !isFinished && !isOutOfPatience {
      let epoch = data.epoch(
        position.epoch, seed: UInt64(training.seed), batchTokens: batchTokens)
      while position.batch < epoch.count && !isFinished && !isOutOfPatience {
        if shouldStop() {
          try save()
          return end(.stopped, progress)
        }
        let group = position.batch..<min(position.batch + training.accumulate, epoch.count)
        let (loss, norm) = try update(group.map { epoch.batch(at: $0) })
        let isLogged = position.update % training.logEvery == 0
        progress = self.progress(
          batches: epoch.count, loss: loss, norm: norm, isLogged: isLogged)
        observers.forEach { $0.updated(progress) }
        if isLogged { (position.lossSum, position.lossTokens) = (0, 0) }
        let isEpochDone = position.batch == epoch.count
        if isEpochDone { (position.epoch, position.batch) = (position.epoch + 1, 0) }
        if isValidationDue(isEpochDone: isEpochDone) {
          try validate(progress)
        } else if let every = training.saveEvery, position.update % every == 0 {
          try save()
        }
        if isEpochDone { break }
      }
    }
    return end(isFinished ? .finished : .outOfPatience, progress)
  }

  /// What was looked at when the trainer was made, looked at again now that nobody else can train here.
  private func requireUnchangedFolder() throws {
    guard resumedAt != nil else { return restart ? () : try Self.requireEmpty(folder) }
    guard Files.modificationTime(folder.last) == checkpointTime else {
      throw TrainingError.runIsBusy(folder: folder.path)
    }
  }

  private static func requireEmpty(_ folder: RunFolder) throws {
    guard try folder.hasModels else { return }
    throw TrainingError.runExists(folder: folder.path, isResumable: folder.hasLast)
  }

  /// Forward, backward, clip, move.
  private func update(_ batches: [Batch]) throws -> (loss: Loss, norm: Double) {
    let gradient = AccumulatedGradient(
      model: model, seed: training.seed,
      labelSmoothing: Float(training.labelSmoothing))
    let loss = gradient.compute(
      batches, firstBatch: position.update * training.accumulate, weights: weights,
      into: gradients, workspace)
    let norm = kernels.sumOfSquares(gradients.slab).squareRoot()
    guard loss.sum.isFinite && norm.isFinite else {
      throw TrainingError.diverged(
        update: position.update + 1, loss: loss.mean, gradientNorm: norm,
        lastGood: folder.hasLast ? folder.last : nil)
    }
    learningRate = schedule.rate(update: position.update + 1, epoch: position.epoch)
    position.update += 1
    optimizer.update(
      weights, gradients: gradients, scale: Clipping.factor(norm: norm, limit: training.clipNorm),
      step: position.update - schedule.optimizerStart, learningRate: learningRate, kernels)
    average?.update(weights, step: position.update, kernels)
    position.batch += batches.count
    position.pairs += batches.reduce(0) { $0 + $1.count }
    position.targetTokens += loss.count
    position.lossSum += loss.sum
    position.lossTokens += loss.count
    return (loss, norm)
  }

  // MARK: Limits

  private var isFinished: Bool {
    training.updates.map { position.update >= $0 } ?? false
      || training.epochs.map { position.epoch >= $0 } ?? false
  }

  private var isOutOfPatience: Bool {
    StoppingRule(training).isOutOfPatience(record)
  }

  private func isValidationDue(isEpochDone: Bool) -> Bool {
    if isFinished { return true }
    switch training.validateEvery {
    case .epoch: return isEpochDone
    case .updates(let every): return position.update % every == 0
    }
  }
}

import DragomanLayers
public import DragomanTensor
import DragomanText
public import DragomanTranslation

/// Trains a model by teacher forcing: the loop.
///
/// Every number that influences a weight follows from configuration, data and ``TrainingPosition``, so
/// that a run which is stopped, killed and resumed ends with the same bytes as one that is not, on any
/// number of threads.
public final class Trainer {
  /// The configuration with everything filled in.
  public let configuration: RunConfiguration
  /// The architecture.
  public let model: TranslationModel
  /// What is trained.
  public let weights: Parameters
  /// How far it has come.
  public private(set) var position: TrainingPosition
  /// What has been found on the way.
  public private(set) var record: TrainingRecord

  let optimizer: Optimizer
  let data: TrainingData
  let folder: RunFolder
  private let gradients: Parameters
  private let workspace: Workspace
  private let observers: [any TrainingObserver]
  private let batchTokens: Int
  private let resumedAt: Int?
  private let restart: Bool
  private var kernels: Kernels { workspace.kernels }
  private var training: TrainingConfiguration { configuration.training }

  /// A run that begins, or goes on from its last checkpoint.
  ///
  /// Reads the sentence pairs, learns tokenizers and vocabularies, and makes the model; writes nothing yet.
  ///
  /// - Parameters:
  ///   - configuration: the run's configuration.
  ///   - folder: where its files are.
  ///   - resume: whether to go on from `last.safetensors`.
  ///   - restart: whether a run of this name gives way: its files are removed when the new one begins, not before its
  ///     pairs could be read.
  ///   - threads: threads that compute; all cores by default.
  ///   - observers: told what happens.
  /// - Throws: ``TrainingError``, and what goes wrong when files are read.
  public init(
    _ configuration: RunConfiguration, folder: RunFolder, resume: Bool = false,
    restart: Bool = false, threads: Int? = nil, observers: [any TrainingObserver] = []
  ) throws {
    if !resume, !restart, folder.hasLast { throw TrainingError.runExists(folder: folder.path) }
    let state = resume ? try ResumeState(path: folder.last, configuration) : nil
    let kernels = Kernels(threads: threads)
    let data = try TrainingData(
      state.map { configuration.resolved(by: $0.file.model) } ?? configuration,
      codecs: state.map { ($0.file.source, $0.file.target) }, threads: kernels.threads)
    if let state, state.fingerprint != data.fingerprint {
      throw TrainingError.otherData(path: folder.last)
    }
    var configuration = configuration
    if configuration.model.attention.score == .location {
      configuration.model.attention.positions =
        state?.file.model.reach ?? configuration.model.attention.positions
        ?? data.summary.longestSource
    }
    model = TranslationModel(
      configuration.model, sourceVocabulary: data.source.vocabulary.count,
      targetVocabulary: data.target.vocabulary.count)
    self.configuration = configuration
    self.data = data
    self.folder = folder
    self.restart = restart
    self.observers = observers
    workspace = Workspace(kernels: kernels)
    gradients = Parameters(layout: model.layout)
    batchTokens = configuration.training.batchTokens(trainingTokens: data.targetTokens)
    resumedAt = state?.position.update
    position = state?.position ?? TrainingPosition()
    record = state?.record ?? TrainingRecord()
    optimizer =
      state?.optimizer
      ?? Optimizer(configuration.training.optimizer, layout: model.layout)
    if let state {
      weights = state.weights
    } else {
      weights = Parameters(layout: model.layout)
      weights.initialize(seed: UInt64(configuration.training.seed))
    }
  }

  // MARK: The loop

  /// Trains until a limit, until patience ends, or until `shouldStop` says so.
  ///
  /// - Throws: ``TrainingError/diverged(update:loss:gradientNorm:lastGood:)`` when a number is not finite any more, with the
  ///   last checkpoint left as it was; whatever goes wrong when a file is written.
  @discardableResult
  public func run(shouldStop: () -> Bool = { false }) throws -> TrainingOutcome {
    if restart { try folder.clear() }
    try folder.begin(configuration)
    observers.forEach { $0.began(summary) }
    var progress = progress(batches: 0, loss: Loss(), norm: 0, isLogged: false)
    while !isFinished && !isOutOfPatience {
      let plan = data.plan(
        epoch: position.epoch, seed: UInt64(training.seed), batchTokens: batchTokens)
      while position.batch < plan.count && !isFinished && !isOutOfPatience {
        if shouldStop() {
          try save()
          return end(.stopped, progress)
        }
        let batch = data.train.batch(at: position.batch, of: plan)
        let (loss, norm) = try update(batch)
        let isLogged = position.update % training.logEvery == 0
        progress = self.progress(
          batches: plan.count, loss: loss, norm: norm, isLogged: isLogged)
        observers.forEach { $0.updated(progress) }
        if isLogged { (position.lossSum, position.lossTokens) = (0, 0) }
        let isEpochDone = position.batch == plan.count
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

  /// Forward, backward, clip, move.
  private func update(_ batch: Batch) throws -> (loss: Loss, norm: Double) {
    workspace.reset()
    gradients.clear(kernels)
    let pass = Pass(
      weights: weights, workspace: workspace,
      noise: Noise(seed: UInt64(training.seed), update: UInt64(position.update)))
    let loss = model.train(
      batch, begin: data.target.vocabulary.begin, scale: 1 / Float(batch.targetIDs.count), pass,
      gradients: gradients)
    let norm = kernels.sumOfSquares(gradients.slab).squareRoot()
    guard loss.sum.isFinite && norm.isFinite else {
      throw TrainingError.diverged(
        update: position.update + 1, loss: loss.mean, gradientNorm: norm,
        lastGood: folder.hasLast ? folder.last : nil)
    }
    position.update += 1
    optimizer.update(
      weights, gradients: gradients, scale: Clipping.factor(norm: norm, limit: training.clipNorm),
      step: position.update, kernels)
    position.batch += 1
    position.pairs += batch.indices.count
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
    training.patience.map { position.stalls >= $0 } ?? false
  }

  private func isValidationDue(isEpochDone: Bool) -> Bool {
    if isFinished { return true }
    switch training.validateEvery {
    case .epoch: return isEpochDone
    case .updates(let every): return position.update % every == 0
    }
  }

  // MARK: Validation and checkpoints

  /// The loss of the validation pairs; keeps the model if it is the best so far, and the state anyway.
  private func validate(_ progress: TrainingProgress) throws {
    let loss = data.validationLoss(model, weights, workspace, batchTokens: 4000)
    guard loss.mean.isFinite else {
      throw TrainingError.diverged(
        update: position.update, loss: loss.mean, gradientNorm: progress.gradientNorm,
        lastGood: folder.hasLast ? folder.last : nil)
    }
    let isBest = record.best.map { loss.mean < $0.loss } ?? true
    let validation = TrainingRecord.Validation(
      update: position.update, epoch: position.epoch, loss: loss.mean)
    record.validations.append(validation)
    position.stalls = isBest ? 0 : position.stalls + 1
    observers.forEach { $0.validated(validation, isBest: isBest, progress) }
    // First the best, then the last: whoever is killed in between makes the best again.
    if isBest { try save(to: folder.best) }
    try save()
  }

  private func save() throws {
    try save(to: folder.last)
  }

  private func save(to path: String) throws {
    record.updates = position.update
    record.epochs = position.epoch
    record.pairs = position.pairs
    record.targetTokens = position.targetTokens
    try Checkpoint.write(self, resumable: path == folder.last, to: path)
    observers.forEach { $0.saved(path) }
  }

  // MARK: Telling

  private func end(_ outcome: TrainingOutcome, _ progress: TrainingProgress) -> TrainingOutcome {
    observers.forEach { $0.ended(outcome, progress) }
    return outcome
  }

  private var summary: TrainingSummary {
    TrainingSummary(
      configuration: configuration, data: data.summary, batchTokens: batchTokens,
      batchesPerEpoch: data.plan(epoch: 0, seed: 0, batchTokens: batchTokens).count,
      parameters: model.layout.parameterCount, folder: folder.path, threads: kernels.threads,
      instructions: kernels.instructions.rawValue, resumedAt: resumedAt)
  }

  private func progress(
    batches: Int, loss: Loss, norm: Double, isLogged: Bool
  ) -> TrainingProgress {
    let planned = [training.updates, training.epochs.map { $0 * batches }].compactMap(\.self).min()
    return TrainingProgress(
      position: position, plannedUpdates: batches == 0 ? nil : planned, batchesPerEpoch: batches,
      batchLoss: loss.mean,
      loss: position.lossTokens == 0 ? 0 : position.lossSum / Double(position.lossTokens),
      gradientNorm: norm, learningRate: training.optimizer.learningRate, isLogged: isLogged,
      best: record.best)
  }
}

extension RunConfiguration {
  /// The configuration with what the model of a resumed run has settled.
  fileprivate func resolved(by model: TranslationModel) -> RunConfiguration {
    var result = self
    result.model.attention.positions = model.reach
    return result
  }
}

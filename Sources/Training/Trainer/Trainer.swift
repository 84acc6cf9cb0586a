import DragomanFormats
import DragomanLayers
package import DragomanSystem
import DragomanTensor
import DragomanTranslation

/// Trains the model of a task: the loop.
///
/// Every number that influences a weight follows from configuration, data and ``TrainingPosition``, so
/// that a run which is stopped, killed and resumed ends with the same bytes as one that is not, on any
/// number of threads.
package final class Trainer {
  /// Where the run stands.
  var state: TrainingState
  /// Whether ``run(shouldStop:)`` has begun to change the run's folder.
  package private(set) var hasBegun = false
  /// How far it has come.
  package var position: TrainingPosition { state.position }
  /// What has been found on the way.
  package var record: TrainingRecord { state.record }

  package private(set) var folder: RunFolder
  /// Whether the folder was found to be elsewhere.
  var hasMoved = false
  /// Whether last.safetensors was found to be damaged, and the one before it is gone on from.
  var isLastDamaged = false
  /// What was found to be wrong with last.safetensors, if the run goes on from the one before it.
  package let damage: String?
  let workspace: Workspace
  let observers: [any TrainingObserver]
  let resumedAt: Int?
  /// What updates have taken since the trainer was made.
  private(set) var times = UpdateTimes()
  private let clock = ContinuousClock()
  /// The rate of the last update.
  private(set) var learningRate = 0.0
  let gradients: Parameters
  /// Updates that were passed over since the last one that was made.
  var skipsInARow = 0
  /// The processes that train together, each with the same state.
  let processes: any ProcessGroup
  /// Whether one of them was asked to stop, as all of them know.
  private var isStopAgreed = false
  private lazy var piecewise = PiecewiseGradient(
    state.accumulatedGradient, pieces: state.pieces, processes,
    decoderPlaces: state.task.decoderPlaces)
  private let restart: Bool
  /// The checkpoint that the run goes on from.
  private let checkpoint: String?
  /// When the checkpoint was written that the run goes on from.
  private let checkpointTime: Double?
  var kernels: Kernels { workspace.kernels }
  var training: TrainingConfiguration { state.training }

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
  ///   - processes: those that train together, all of which have to make the same trainer; only the first one writes
  ///     files.
  ///   - observers: told what happens, of the first process.
  /// - Throws: ``TrainingError``, and what goes wrong when files are read.
  package init(
    _ configuration: RunConfiguration, folder: RunFolder, from pretrained: PretrainedModel? = nil,
    resume: Bool = false, restart: Bool = false, threads: Int? = nil,
    processes: any ProcessGroup = SingleProcess(), observers: [any TrainingObserver] = []
  ) throws {
    if processes.size > 1, configuration.data.readsStandardInput {
      throw ProcessDisagreement.standardInput
    }
    if !resume, !restart { try Self.requireEmpty(folder) }
    let kernels = Kernels(threads: threads)
    if resume {
      (state, checkpoint, damage) = try Self.resumed(folder, configuration, kernels.threads)
    } else {
      state = try TrainingState(
        configuration, from: pretrained, threads: kernels.threads, processes: processes.size)
      (checkpoint, damage) = (nil, nil)
    }
    guard state.pieces % processes.size == 0 else {
      throw ProcessDisagreement.count(processes: processes.size, pieces: state.pieces)
    }
    isLastDamaged = damage != nil
    checkpointTime = checkpoint.flatMap { Files.modificationTime($0) }
    resumedAt = resume ? state.position.update : nil
    gradients = Parameters(layout: state.task.layout)
    workspace = Workspace(kernels: kernels)
    self.folder = folder
    self.restart = restart
    self.processes = processes
    self.observers = processes.isFirst ? observers : []
  }

  // MARK: The loop

  /// Trains until a limit, until patience ends, or until `shouldStop` says so; if it does so at once, nothing is begun.
  ///
  /// The folder is locked meanwhile, so that two processes do not write the same run.
  ///
  /// - Throws: ``TrainingError/diverged(_:)`` when a number is not finite any more, with the last checkpoint left as it
  ///   was; whatever goes wrong when a file is written.
  @discardableResult
  package func run(shouldStop: @escaping () -> Bool = { false }) throws -> TrainingOutcome {
    isStopAgreed = try processes.gather(numbers: [shouldStop() ? 1 : 0]).contains([1])
    guard !isStopAgreed else { return .stopped }
    // One process is asked at any time; several at the same time, by what they told each other.
    let stop = StopRequest(
      isMade: processes.size == 1 ? shouldStop : { [unowned self] in isStopAgreed },
      isMadeHere: shouldStop)
    try requireAgreement()
    let open = try openedFolder()
    defer { open?.unlock() }
    observers.forEach { $0.began(summary) }
    var progress = progress(batches: 0, loss: Loss(), norm: 0, isLogged: false)
    do {
      if isValidationPending { try validate(progress, stop) }
      while !isFinished && !isOutOfPatience {
        try stop.check()
        let epoch = state.task.epoch(position.epoch, batchTokens: state.batchTokens)
        try train(epoch, &progress, stop)
      }
    } catch is StopRequested {
      try save()
      return try end(.stopped, progress)
    }
    return try end(isFinished ? .finished : .outOfPatience, progress)
  }

  /// Trains until the end of an epoch or of the run.
  ///
  /// - Throws: ``StopRequested`` if it is to stop before; the state is then that of the last update.
  private func train(
    _ epoch: any TrainingEpoch, _ progress: inout TrainingProgress, _ stop: StopRequest
  ) throws {
    var isEpochDone = false
    while !isEpochDone && !isFinished && !isOutOfPatience {
      try stop.check()
      let group =
        position.batch..<min(position.batch + training.accumulate, epoch.count)
      let made = try update(epoch, group, stop)
      if let (loss, norm) = made {
        let isLogged = position.update % training.logEvery == 0
        progress = self.progress(batches: epoch.count, loss: loss, norm: norm, isLogged: isLogged)
        observers.forEach { $0.updated(progress) }
        if isLogged { state.position.clearLoss() }
      }
      isEpochDone = position.batch == epoch.count
      if isEpochDone { (state.position.epoch, state.position.batch) = (position.epoch + 1, 0) }
      if isValidationPending {
        try validate(progress, stop)
      } else if isFinished || made != nil && isSaveDue {
        try save()
      }
    }
  }

  /// The folder, locked and begun, of the first process; the others leave it alone.
  private func openedFolder() throws -> OpenFolder? {
    defer { hasBegun = true }
    guard processes.isFirst else { return nil }
    try Files.createDirectories(folder.path)
    let open = try OpenFolder(folder.path)
    guard open.lock() else { throw TrainingError.runIsBusy(folder: folder.path) }
    folder.open = open
    if !hasBegun { try requireUnchangedFolder() }
    if restart { try folder.clear() }
    try folder.begin(state.configuration)
    return open
  }

  /// Looks whether all processes are about to do the same.
  private func requireAgreement() throws {
    try processes.require(sameConfiguration: state.configuration.json)
    guard processes.size > 1 else { return }
    try processes.require([
      (.data, state.task.fingerprint), (.position, position.words),
      (.weights, state.weights.checksum),
    ])
  }

  /// What was looked at when the trainer was made, looked at again now that nobody else can train here.
  private func requireUnchangedFolder() throws {
    guard resumedAt != nil else { return restart ? () : try Self.requireEmpty(folder) }
    guard checkpoint.flatMap({ Files.modificationTime($0) }) == checkpointTime else {
      throw TrainingError.runIsBusy(folder: folder.path)
    }
  }

  /// The state of the last checkpoint; of the one before it if that is damaged, with what is wrong.
  private static func resumed(
    _ folder: RunFolder, _ configuration: RunConfiguration, _ threads: Int
  ) throws -> (TrainingState, checkpoint: String, damage: String?) {
    do {
      return (
        try TrainingState(resuming: folder.last, configuration, threads: threads), folder.last, nil
      )
    } catch let error where folder.hasPrevious && isDamage(error) {
      let state = try TrainingState(resuming: folder.previous, configuration, threads: threads)
      return (state, folder.previous, "\(error)")
    }
  }

  /// Whether an error says that a file is not a checkpoint, and not that it is one of something else.
  private static func isDamage(_ error: any Error) -> Bool {
    switch error {
    case is FormatError, is ModelFileError, TrainingError.wrongState, TrainingError.nothingToResume,
      TrainingError.notResumable:
      true
    default: false
    }
  }

  private static func requireEmpty(_ folder: RunFolder) throws {
    guard try folder.hasModels else { return }
    throw TrainingError.runExists(folder: folder.path, isResumable: folder.hasLast)
  }

  /// Forward, backward, clip, move; `nil` if the batches are passed over.
  private func update(
    _ epoch: any TrainingEpoch, _ group: Range<Int>, _ stop: StopRequest
  ) throws -> (loss: Loss, norm: Double)? {
    // A pass changes them before it is known whether what it saw was finite.
    let statistics = training.onDivergence == .stop ? [] : state.weights.statistics
    var mark = clock.now
    /// Seconds since the last mark.
    func elapsed() -> Double {
      defer { mark = clock.now }
      return mark.duration(to: clock.now).inSeconds
    }
    let waited = processes.traffic.seconds
    let (loss, norm) = try gradient(of: group, epoch, stop)
    times.gradients += elapsed() - (processes.traffic.seconds - waited)
    guard loss.sum.isFinite && norm.isFinite else {
      state.weights.statistics = statistics
      try recover(
        from: Divergence(update: position.update + 1, loss: loss.mean, gradientNorm: norm), epoch,
        group)
      return nil
    }
    skipsInARow = 0
    learningRate = state.move(along: gradients, norm: norm, kernels)
    times.weights += elapsed()
    state.position.advance(
      batches: group.count, examples: group.reduce(0) { $0 + epoch.origins(at: $1).count }, loss)
    if position.update % Self.checkEvery == 0 {
      try processes.require([
        (.position, position.words), (.weights, processes.size > 1 ? state.weights.checksum : ""),
      ])
    }
    return (loss, norm)
  }

  /// Updates between two looks at whether all processes still have the same weights.
  private static let checkEvery = 100

  /// Forward and backward, in pieces if batches are cut: the loss, and how long the gradient is.
  private func gradient(
    of group: Range<Int>, _ epoch: any TrainingEpoch, _ stop: StopRequest
  ) throws -> (loss: Loss, norm: Double) {
    guard state.pieces > 1 else {
      let batches = try group.map { try epoch.batch(at: $0) }
      return try state.gradient(of: batches, into: gradients, workspace, stop)
    }
    let found = try piecewise.compute(
      epoch, group, firstBatch: state.firstBatch, weights: state.weights, into: gradients,
      workspace, stop, isStopWanted: stop.isMadeHere())
    isStopAgreed = isStopAgreed || found.isStopWanted
    return (found.loss, state.norm(of: gradients, passes: found.passes, kernels))
  }

  // MARK: Limits

  private var isFinished: Bool {
    training.updates.map { position.update >= $0 } ?? false
      || training.epochs.map { position.epoch >= $0 } ?? false
  }

  private var isOutOfPatience: Bool {
    StoppingRule(training).isOutOfPatience(record)
  }

  private var isSaveDue: Bool {
    training.saveEvery.map { position.update % $0 == 0 } ?? false
  }

  /// Whether a validation belongs to this position and has not been made: it is due now, or a stop or a kill came
  /// before it.
  private var isValidationPending: Bool {
    guard position.update > 0, record.validations.last?.update != position.update else {
      return false
    }
    if isFinished { return true }
    switch training.validateEvery {
    case .epoch: return position.batch == 0
    case .updates(let every): return position.update % every == 0
    }
  }
}

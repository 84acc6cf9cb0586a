import DragomanFormats
import DragomanSystem
import DragomanTensor
import DragomanTranslation

/// Where a run stands: what ``Trainer`` changes update by update, and what a ``Checkpoint`` holds.
struct TrainingState {
  /// What is learnt.
  let task: any TrainingTask
  /// What is trained.
  let weights: Parameters
  let optimizer: Optimizer
  let average: ExponentialMovingAverage?
  /// Target tokens of a batch.
  let batchTokens: Int
  /// Pieces that each batch is cut into.
  let pieces: Int
  /// Batches of the first epoch.
  let batches: Int
  /// The learning rate of each update, which validations may change.
  var schedule: LearningRateSchedule
  /// How far the run has come.
  var position: TrainingPosition
  /// What has been found on the way.
  var record: TrainingRecord

  var configuration: RunConfiguration { task.configuration }
  var training: TrainingConfiguration { configuration.training }
  /// What is validated and kept as the best model: the average of the weights, or else they themselves.
  var evaluated: Parameters { average?.values ?? weights }

  /// The beginning of a run, with random weights or those of a model.
  init(
    _ configuration: RunConfiguration, from pretrained: PretrainedModel? = nil, threads: Int = 1,
    processes: Int = 1
  ) throws {
    try self.init(
      beginning: configuration.task.task(configuration, from: pretrained, threads: threads),
      from: pretrained, processes: processes)
    if let planned = training.plannedUpdates(batches: batches), training.schedule.warmup >= planned
    {
      throw TrainingError.endlessWarmup(warmup: training.schedule.warmup, updates: planned)
    }
  }

  /// The beginning of a run of a task, or of a trial of it with a part of its examples.
  ///
  /// - Parameters:
  ///   - task: what is learnt.
  ///   - pretrained: the model whose weights it begins with.
  ///   - share: the share of the training examples that the task has.
  ///   - processes: those that train together.
  init(
    beginning task: any TrainingTask, from pretrained: PretrainedModel? = nil, share: Double = 1,
    processes: Int = 1
  ) throws {
    let training = task.configuration.training
    let pieces = training.pieces ?? processes
    guard PieceTree.isCount(pieces) else {
      throw ProcessDisagreement.count(processes: processes, pieces: pieces)
    }
    try Self.requireMemory(training, task.layout)
    let weights = Parameters(layout: task.layout)
    weights.initialize(seed: UInt64(training.seed))
    if let pretrained { task.copyWeights(from: pretrained, to: weights) }
    let optimizer = Optimizer(
      training.optimizer, layout: task.layout, freezing: training.freeze)
    let average = ExponentialMovingAverage(training.average, of: weights)
    var batchTokens = training.batchTokens(
      trainingTokens: Int(Double(task.targetTokens) / share))
    if let memory = training.memory {
      let budget = MemoryBudget(
        limit: memory * 1_000_000, task: task,
        slabs: 2 + optimizer.moments.count + (average == nil ? 0 : 1)
          + pieces.trailingZeroBitCount)
      batchTokens = try budget.batchTokens(atMost: batchTokens, weights: weights)
    }
    var record = TrainingRecord()
    record.metric = training.metrics[0]
    self.init(
      task, weights, optimizer, average, batchTokens: batchTokens, pieces: pieces,
      position: TrainingPosition(), record: record)
  }

  /// The state in a run's last checkpoint.
  init(resuming path: String, _ configuration: RunConfiguration, threads: Int) throws {
    let checkpoint = try Checkpoint(path: path, configuration)
    let task = try ModelTask.task(
      resuming: checkpoint.file, configuration, threads: threads)
    guard checkpoint.fingerprint == task.fingerprint else {
      throw TrainingError.otherData(path: path)
    }
    try checkpoint.requirePlausibleState(task, path: path)
    self.init(
      task, checkpoint.file.stored.weights, checkpoint.optimizer, checkpoint.average,
      batchTokens: checkpoint.batchTokens, pieces: checkpoint.pieces,
      position: checkpoint.position, record: checkpoint.record)
  }

  private init(
    _ task: any TrainingTask, _ weights: Parameters, _ optimizer: Optimizer,
    _ average: ExponentialMovingAverage?, batchTokens: Int, pieces: Int,
    position: TrainingPosition, record: TrainingRecord
  ) {
    let training = task.configuration.training
    (self.task, self.weights, self.optimizer, self.average) = (task, weights, optimizer, average)
    (self.batchTokens, self.pieces) = (batchTokens, pieces)
    (self.position, self.record) = (position, record)
    batches = task.epoch(0, batchTokens: batchTokens).count
    schedule = LearningRateSchedule(
      training, plannedUpdates: training.plannedUpdates(batches: batches))
    _ = schedule.observe(record)
  }

  /// Refuses a model that the machine's memory cannot hold: weights, gradients and what an optimizer and an average
  /// keep of each.
  private static func requireMemory(
    _ training: TrainingConfiguration, _ layout: ParameterLayout
  ) throws(TrainingError) {
    let slabs =
      (training.optimizer.kind == .sgd ? 3 : 4) + (training.average.kind == .none ? 0 : 1)
    let needed = slabs * layout.count * MemoryLayout<Float>.stride
    guard let installed = Memory.installed, needed > installed else { return }
    throw .largerThanMemory(
      parameters: layout.parameterCount, needed: needed, installed: installed)
  }
}

extension TrainingState {
  /// The model of this moment, as a file that is kept for use.
  var model: SavedModel { task.file(evaluated, record: record.json) }

  /// Writes into the record how far the run has come.
  mutating func recordPosition() {
    record.updates = position.update
    record.epochs = position.epoch
    record.pairs = position.pairs
    record.targetTokens = position.targetTokens
  }
}

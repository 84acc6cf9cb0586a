import DragomanModels
import DragomanSystem
import DragomanFormats
import DragomanLayers
import DragomanTensor
import DragomanText
import DragomanTranslation

/// Everything a run begins with, or goes on from: what ``Trainer`` changes update by update.
struct TrainingState {
  let configuration: RunConfiguration
  let data: TrainingData
  let model: SequenceModel
  let weights: Parameters
  let optimizer: Optimizer
  let average: ExponentialMovingAverage?
  let batchTokens: Int
  let schedule: LearningRateSchedule
  let position: TrainingPosition
  let record: TrainingRecord

  /// The beginning of a run, with random weights or those of a model.
  init(
    _ configuration: RunConfiguration, from pretrained: PretrainedModel? = nil, threads: Int = 1
  ) throws {
    let codecs = pretrained.map { model in
      { (text: ParallelCorpus) in try model.codecs(configuration, text) }
    }
    let data = try TrainingData(configuration, codecs: codecs, threads: threads)
    let configuration = configuration.settled(positions: data.summary.longestSource)
    let model = SequenceModel(
      configuration.model, sourceVocabulary: data.source.vocabulary.count,
      targetVocabulary: data.target.vocabulary.count)
    let training = configuration.training
    // Weights, gradients and what the optimizer and an average keep of each.
    let slabs =
      (training.optimizer.kind == .sgd ? 3 : 4) + (training.average.kind == .none ? 0 : 1)
    let needed = slabs * model.layout.count * MemoryLayout<Float>.stride
    if let installed = Memory.installed, needed > installed {
      throw TrainingError.largerThanMemory(
        parameters: model.layout.parameterCount, needed: needed, installed: installed)
    }
    let weights = Parameters(layout: model.layout)
    weights.initialize(seed: UInt64(training.seed))
    pretrained?.copyWeights(to: weights, model.layout)
    var record = TrainingRecord()
    record.metric = training.metrics[0]
    let optimizer = Optimizer(training.optimizer, layout: model.layout)
    let average = ExponentialMovingAverage(training.average, of: weights)
    var batchTokens = training.batchTokens(trainingTokens: data.targetTokens)
    if let memory = training.memory {
      let budget = MemoryBudget(
        limit: memory * 1_000_000, model: model, data: data,
        slabs: 2 + optimizer.moments.count + (average == nil ? 0 : 1), seed: training.seed)
      batchTokens = try budget.batchTokens(atMost: batchTokens, weights: weights)
    }
    self.init(
      configuration, data, model, weights, position: TrainingPosition(), record: record,
      optimizer: optimizer, average: average, batchTokens: batchTokens)
    if let planned = training.plannedUpdates(batches: batches), training.schedule.warmup >= planned
    {
      throw TrainingError.endlessWarmup(warmup: training.schedule.warmup, updates: planned)
    }
  }

  /// The state in a run's last checkpoint.
  init(resuming path: String, _ configuration: RunConfiguration, threads: Int) throws {
    let state = try ResumeState(path: path, configuration)
    let configuration = configuration.settled(positions: state.file.model.reach)
    let data = try TrainingData(
      configuration, codecs: { _ in (state.file.source, state.file.target) }, threads: threads)
    guard state.fingerprint == data.fingerprint else { throw TrainingError.otherData(path: path) }
    self.init(
      configuration, data, state.file.model, state.weights, position: state.position,
      record: state.record, optimizer: state.optimizer, average: state.average,
      batchTokens: state.batchTokens)
  }

  private init(
    _ configuration: RunConfiguration, _ data: TrainingData, _ model: SequenceModel,
    _ weights: Parameters, position: TrainingPosition, record: TrainingRecord,
    optimizer: Optimizer, average: ExponentialMovingAverage?, batchTokens: Int
  ) {
    let training = configuration.training
    (self.configuration, self.data, self.model) = (configuration, data, model)
    (self.weights, self.optimizer, self.average) = (weights, optimizer, average)
    (self.position, self.record) = (position, record)
    self.batchTokens = batchTokens
    batches = data.epoch(0, seed: UInt64(training.seed), batchTokens: batchTokens).count
    var schedule = LearningRateSchedule(
      training, plannedUpdates: training.plannedUpdates(batches: batches))
    _ = schedule.observe(record)
    self.schedule = schedule
  }

  /// Batches of the first epoch.
  private let batches: Int
}

extension RunConfiguration {
  /// The configuration with the positions of a location scorer, which the data or the model decide.
  fileprivate func settled(positions: Int?) -> RunConfiguration {
    var result = self
    guard model.attention.score.needsPositions else { return result }
    result.model.attention.positions = model.attention.positions ?? positions
    return result
  }
}

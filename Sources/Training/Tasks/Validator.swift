import DragomanEvaluation
import DragomanLayers
import DragomanSystem
import DragomanTensor
import DragomanText

/// Looks at the validation examples: the loss of the references and, if a metric asks for it, what the model writes.
struct Validator {
  let task: any TrainingTask
  /// Target tokens of a training batch.
  let batchTokens: Int

  /// Whether it is to stop on the way.
  var stop = StopRequest.never
  /// The processes that share the work; all of them get the same figures.
  var processes: any ProcessGroup = SingleProcess()

  private var training: TrainingConfiguration { task.configuration.training }

  /// What the weights are worth at a position of the run.
  ///
  /// - Throws: ``StopRequested``, and what goes wrong when examples are read.
  func validate(
    _ weights: Parameters, at position: TrainingPosition, _ workspace: Workspace
  ) throws -> (validation: TrainingRecord.Validation, samples: [ValidationReport.Sample]) {
    // Batches are as large as training's where memory is limited.
    let pass = Pass(weights: weights, workspace: workspace)
    let tokens = training.memory == nil ? 4000 : min(batchTokens, 4000)
    var loss = Loss()
    // The order of this sum is that of the batches, whoever looked at them.
    for part in try processes.shared({
      try task.validationLosses(pass, batchTokens: tokens, of: $0, stop)
    }) {
      loss += part
    }
    var validation = TrainingRecord.Validation(
      update: position.update, epoch: position.epoch, loss: loss.mean)
    guard loss.mean.isFinite else { return (validation, []) }
    guard training.metrics.contains(where: \.needsTranslations) else {
      return (validation, try samples(at: sampleIndices, weights, workspace.kernels))
    }
    guard let segments = task.references else {
      let all = try samples(at: Array(0..<task.validationCount), weights, workspace.kernels)
      for metric in training.metrics {
        validation.scores[metric] = metric.score(
          classes: all.map(\.translation), expected: all.map(\.reference))
      }
      return (validation, sampleIndices.map { all[$0] })
    }
    // A source with several references is translated once.
    let all = try samples(at: segments.places, weights, workspace.kernels)
    let normalization = task.configuration.tokenizer.normalization
    let references = segments.references.mapped(normalization.reference)
    for metric in training.metrics {
      guard let figure = metric.metric(lowercase: normalization.lowercase == .both) else {
        continue
      }
      let statistics = figure.statistics(of: all.map(\.translation), references: references)
      validation.scores[metric] = figure.score(statistics, references).score
      validation.intervals[metric] = BootstrapInterval(ofFew: statistics, metric: figure)
    }
    return (validation, sampleIndices(of: all.count).map { all[$0] })
  }

  /// Some validation examples and what the model makes of them; each process looks at its share of them.
  private func samples(
    at indices: [Int], _ weights: Parameters, _ kernels: Kernels
  ) throws -> [ValidationReport.Sample] {
    try processes.shared { share in
      try task.samples(
        at: share.numbers(below: indices.count).map { indices[$0] }, weights, kernels, stop)
    }
  }

  /// The validation examples that samples are made of.
  var sampleExamples: [Int] {
    guard training.metrics.contains(where: \.needsTranslations),
      let places = task.references?.places
    else { return sampleIndices }
    return sampleIndices(of: places.count).map { places[$0] }
  }
  /// The places of the samples among all validation examples.
  var sampleIndices: [Int] { sampleIndices(of: task.validationCount) }

  /// Examples at equal distances, the first one among them.
  private func sampleIndices(of count: Int) -> [Int] {
    let samples = min(training.sampleCount, count)
    return (0..<samples).map { $0 * count / samples }
  }
}

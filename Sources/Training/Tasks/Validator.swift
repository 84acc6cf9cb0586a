import DragomanLayers
import DragomanTensor
import DragomanText

/// Looks at the validation examples: the loss of the references and, if a metric asks for it, what the model writes.
struct Validator {
  let task: any TrainingTask
  /// Target tokens of a training batch.
  let batchTokens: Int

  private var training: TrainingConfiguration { task.configuration.training }

  /// What the weights are worth at a position of the run.
  func validate(
    _ weights: Parameters, at position: TrainingPosition, _ workspace: Workspace
  ) -> (validation: TrainingRecord.Validation, samples: [ValidationReport.Sample]) {
    // Batches are as large as training's where memory is limited.
    let loss = task.validationLoss(
      Pass(weights: weights, workspace: workspace),
      batchTokens: training.memory == nil ? 4000 : min(batchTokens, 4000))
    var validation = TrainingRecord.Validation(
      update: position.update, epoch: position.epoch, loss: loss.mean)
    guard loss.mean.isFinite else { return (validation, []) }
    guard training.metrics.contains(where: \.needsTranslations) else {
      return (validation, task.samples(at: sampleIndices, weights, workspace.kernels))
    }
    let all = task.samples(at: Array(0..<task.validationCount), weights, workspace.kernels)
    for metric in training.metrics {
      validation.scores[metric] = metric.score(
        all.map(\.translation), references: all.map(\.reference),
        lowercase: task.configuration.tokenizer.lowercase)
    }
    return (validation, sampleIndices.map { all[$0] })
  }

  /// Examples at equal distances, the first one among them.
  private var sampleIndices: [Int] {
    let count = task.validationCount
    let samples = min(training.sampleCount, count)
    return (0..<samples).map { $0 * count / samples }
  }
}

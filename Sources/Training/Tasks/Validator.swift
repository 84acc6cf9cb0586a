import DragomanModels
import DragomanFormats
import DragomanLayers
import DragomanTensor
import DragomanText
import DragomanTranslation

/// Looks at the validation pairs: the loss of the references and, if a metric asks for them, translations.
struct Validator {
  let configuration: RunConfiguration
  let data: TrainingData
  let model: SequenceModel
  /// Target tokens of a training batch.
  let batchTokens: Int

  private var training: TrainingConfiguration { configuration.training }

  /// What the weights are worth at a position of the run.
  func validate(
    _ weights: Parameters, at position: TrainingPosition, _ workspace: Workspace
  ) -> (validation: TrainingRecord.Validation, samples: [ValidationReport.Sample]) {
    // The sum is over all pairs; batches are as large as training's where memory is limited.
    let loss = data.validationLoss(
      model, weights, workspace, batchTokens: training.memory == nil ? 4000 : min(batchTokens, 4000)
    )
    var validation = TrainingRecord.Validation(
      update: position.update, epoch: position.epoch, loss: loss.mean)
    guard loss.mean.isFinite else { return (validation, []) }
    let chosen = sampleIndices
    let wanted = training.metrics.contains(where: \.needsTranslations)
    let indices = wanted ? Array(data.validationText.indices) : chosen
    let pairs = indices.map { data.validationText[$0] }
    let translations = translate(pairs.map(\.source), weights, workspace.kernels)
    for metric in training.metrics {
      validation.scores[metric] = metric.score(
        translations, references: pairs.map(\.target), lowercase: configuration.tokenizer.lowercase)
    }
    let samples = chosen.map { index in
      let place = wanted ? index : indices.firstIndex(of: index) ?? 0
      return ValidationReport.Sample(
        source: pairs[place].source, reference: pairs[place].target,
        translation: translations[place])
    }
    return (validation, samples)
  }

  /// Pairs at equal distances, the first one among them.
  private var sampleIndices: [Int] {
    let count = data.validationText.count
    let samples = min(training.sampleCount, count)
    return (0..<samples).map { $0 * count / samples }
  }

  private func translate(
    _ sources: [String], _ weights: Parameters, _ kernels: Kernels
  ) -> [String] {
    guard !sources.isEmpty else { return [] }
    let file = ModelFile(
      configuration: .null, source: data.source, target: data.target, record: .null, model: model,
      weights: weights)
    return Translator(file, decoding: configuration.decoding, kernels: kernels)
      .translate(sources, .textOnly).map(\.text)
  }
}

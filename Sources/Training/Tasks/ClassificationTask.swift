import DragomanFormats
import DragomanLayers
import DragomanModels
import DragomanTensor
import DragomanText
import DragomanTranslation

/// Classification: a model that reads a text learns which of some classes it has.
struct ClassificationTask: TrainingTask {
  let configuration: RunConfiguration
  let data: ClassificationData
  let model: Classifier
  let origin: TrainingOrigin? = nil

  /// The task of a run that begins; vocabulary and classes are those of its training examples.
  init(_ configuration: RunConfiguration, threads: Int = 1) throws {
    self.configuration = configuration
    data = try ClassificationData(configuration, threads: threads)
    model = Classifier(
      configuration.classifier, vocabulary: data.codec.vocabulary.count,
      classes: data.labels.names.count)
  }

  /// The task of a run that goes on with the model, the vocabulary and the classes of a file.
  init(resuming file: ClassifierFile, _ configuration: RunConfiguration, threads: Int) throws {
    self.configuration = configuration
    data = try ClassificationData(
      configuration, known: (file.trained.source, file.trained.labels), threads: threads)
    model = file.trained.model
  }

  var layout: ParameterLayout { model.layout }
  var summary: DataSummary { data.summary }
  var fingerprint: String { data.fingerprint }
  /// What batches are made by: the tokens of the texts.
  var targetTokens: Int { data.train.texts.tokenCount }

  func epoch(_ number: Int, batchTokens: Int) -> any TrainingEpoch {
    var random = Random(
      seed: UInt64(configuration.training.seed), stream: UInt64(number))
    return ClassificationEpoch(
      model: model, texts: data.train,
      plan: BatchPlan(lengths: data.train.lengths, batchTokens: batchTokens, using: &random))
  }

  func file(_ weights: Parameters, record: JSON) -> SavedModel {
    .classification(
      ClassifierFile(trained(weights), configuration: configuration.json, record: record))
  }

  private func trained(_ weights: Parameters) -> TrainedClassifier {
    TrainedClassifier(model, weights, source: data.codec, labels: data.labels.names)
  }
}

// MARK: - Validation

extension ClassificationTask {
  var validationCount: Int { data.validationText.count }

  /// Texts go from the shortest to the longest; the sum is over all of them.
  func validationLoss(_ pass: Pass, batchTokens: Int) -> Loss {
    let plan = BatchPlan(lengths: data.validation.lengths, batchTokens: batchTokens)
    var loss = Loss()
    for index in 0..<plan.count {
      pass.workspace.reset()
      let (source, classes) = data.validation.batch(plan.indices(at: index))
      let losses = model.losses(source, classes: classes, pass)
      loss += Loss(sum: losses.reduce(0) { $0 + Double($1) }, count: losses.count)
    }
    return loss
  }

  /// Texts with their classes and the most probable ones.
  func samples(
    at indices: [Int], _ weights: Parameters, _ kernels: Kernels
  ) -> [ValidationReport.Sample] {
    let pairs = indices.map { data.validationText[$0] }
    let classifier = TextClassifier(trained(weights), kernels: kernels)
    return zip(pairs, classifier.classify(pairs.map(\.source))).map { pair, found in
      ValidationReport.Sample(
        source: pair.source, reference: ClassLabels.name(pair.target), translation: found.best)
    }
  }
}

// MARK: - Batches

/// The training examples of one epoch, and which of them stand together.
struct ClassificationEpoch: TrainingEpoch {
  let model: Classifier
  let texts: ClassifiedTexts
  let plan: BatchPlan

  var count: Int { plan.count }

  func size(at index: Int) -> Int {
    plan.indices(at: index).reduce(0) { $0 + texts.texts.length(at: Int($1)) }
  }

  func batch(at index: Int) -> any TrainingBatch {
    let (source, classes) = texts.batch(plan.indices(at: index))
    return ClassificationBatch(model: model, source: source, classes: classes)
  }
}

/// Examples that a model learns from together.
struct ClassificationBatch: TrainingBatch {
  let model: Classifier
  let source: Source
  let classes: [Int32]

  var examples: Int { classes.count }
  /// The loss is divided by the number of examples.
  var targets: Int { classes.count }

  func train(
    scale: Float, labelSmoothing: Float, _ pass: Pass, gradients: Parameters
  ) -> Loss {
    model.train(
      source, classes: classes, scale: scale, labelSmoothing: labelSmoothing, pass,
      gradients: gradients)
  }
}

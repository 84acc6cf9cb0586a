import DragomanEvaluation
import DragomanFormats
import DragomanImages
import DragomanLayers
import DragomanModels
import DragomanSystem
import DragomanTensor
import DragomanText
import DragomanTranslation

/// Classification: a model that reads a text, an image or features learns which of some classes it has.
struct ClassificationTask: TrainingTask {
  let configuration: RunConfiguration
  let data: ClassificationData
  let model: Classifier
  let origin: TrainingOrigin?
  /// What is kept of the texts that the model learns from.
  private let learnt: LearntText?

  /// The task of a run that begins; sizes and classes are those of its training examples, as the vocabulary is unless a
  /// model has one.
  init(
    _ configuration: RunConfiguration, from pretrained: PretrainedModel? = nil, threads: Int = 1
  ) throws {
    let codec = pretrained.map { model in
      { (text: ParallelCorpus) in try model.codec(configuration, text) }
    }
    data = try ClassificationData(configuration, codec: codec, threads: threads)
    if case .features(let found) = data.reading, let size = pretrained?.rowSize, size != found.size
    {
      throw ClassificationError.otherRowsThanModel(size: size, found: found.size)
    }
    self.configuration = configuration.settled(data.reading)
    model = Classifier(
      configuration.classifier, input: data.reading.input, classes: data.labels.names.count)
    origin = pretrained?.origin(data, limit: configuration.tokenizer.vocabulary)
    learnt = data.learnt.flatMap { own in
      guard let pretrained else { return own }
      return own.adding(to: pretrained.learnt)
    }
  }

  /// The task of a run that goes on with the model, the vocabulary and the classes of a file.
  init(resuming file: ClassifierFile, _ configuration: RunConfiguration, threads: Int) throws {
    self.configuration = configuration.settled(file.trained.reading)
    data = try ClassificationData(
      self.configuration, labels: file.trained.labels, codec: { _ in file.trained.codec },
      threads: threads)
    model = file.trained.model
    learnt = file.learnt
    origin = nil
  }

  func copyWeights(from pretrained: PretrainedModel, to weights: Parameters) {
    pretrained.copyWeights(to: weights, of: model, labels: data.labels.names)
  }

  var layout: ParameterLayout { model.layout }
  /// Each layer with the parameters whose names begin with its own.
  var layers: [LayerReport] {
    model.sizes.map { size in
      // What pools has its parameters, if any, before the projection.
      let names = size.name == "head" ? ["head.", "pooling."] : ["\(size.name)."]
      let own = layout.entries.filter { entry in names.contains { entry.name.hasPrefix($0) } }
      return LayerReport(
        name: size.name, kind: size.kind, output: size.output,
        parameters: own.reduce(0) { $0 + $1.handle.count },
        operations: 2 * size.multiplications)
    }
  }
  var summary: DataSummary { data.summary }
  var fingerprint: String { data.fingerprint }
  /// What batches are made by: the tokens of texts, the rows of features, or images.
  var targetTokens: Int { data.summary.sourceTokens }
  var exampleCount: Int { data.train.count }

  func epoch(_ number: Int, batchTokens: Int) -> any TrainingEpoch {
    let seed = UInt64(configuration.training.seed)
    var random = Random(seed: seed, stream: UInt64(number))
    let size = configuration.readsImages ? configuration.training.batchImages : batchTokens
    let examples = data.examples(epoch: number, seed: seed)
    return ClassificationEpoch(
      model: model, isFrozen: configuration.training.freeze == .encoder, examples: examples,
      classWeights: data.classWeights,
      plan: BatchPlan(lengths: examples.lengths, batchTokens: size, using: &random),
      seed: seed, number: number)
  }

  func file(_ weights: Parameters, record: JSON) -> SavedModel {
    .classification(
      ClassifierFile(
        trained(weights), configuration: configuration.json, record: record, learnt: learnt))
  }

  private func trained(_ weights: Parameters) -> TrainedClassifier {
    TrainedClassifier(model, weights, reading: data.reading, labels: data.labels.names)
  }
}

// MARK: - Validation

extension ClassificationTask {
  var validationCount: Int { data.validationText.count }
  var references: ReferencedSources? { nil }
  func translationSeconds(_ weights: Parameters, _ kernels: Kernels) -> Double? { nil }

  /// Texts and features go from the shortest to the longest.
  func validationLosses(
    _ pass: Pass, batchTokens: Int, of share: WorkShare, _ stop: StopRequest
  ) throws -> [Loss] {
    let size = configuration.readsImages ? configuration.training.batchImages : batchTokens
    let plan = BatchPlan(lengths: data.validation.lengths, batchTokens: size)
    return try share.losses(of: plan, pass, stop) { indices in
      let (source, classes) = try data.validation.batch(indices)
      return model.losses(source, classes: classes, pass)
    }
  }

  /// Examples that are classified between two looks at whether the training is to stop.
  private static let samplesAtATime = 256

  /// The loss of a model to which all classes are equally probable.
  var uniformLoss: Double? { logarithm(Double(data.labels.names.count)) }

  /// Where images, features and texts stand is not kept: their numbers have to do.
  func places(of origins: [Int]) -> [String] { origins.map { "example \($0 + 1)" } }

  /// Examples with their classes and the most probable ones.
  func samples(
    at indices: [Int], _ weights: Parameters, _ kernels: Kernels, _ stop: StopRequest
  ) throws -> [ValidationReport.Sample] {
    let pairs = indices.map { data.validationText[$0] }
    var findings: [ImageClassifier.Finding] = []
    for start in stride(from: 0, to: indices.count, by: Self.samplesAtATime) {
      try stop.check()
      let part = indices[start..<min(start + Self.samplesAtATime, indices.count)]
      findings += try found(Array(part), weights, kernels)
    }
    return zip(pairs, findings).map { pair, found in
      ValidationReport.Sample(
        source: pair.source, reference: ClassLabels.name(pair.target),
        translation: found.classification.best,
        probability: found.classification.choices[0].probability, map: found.map)
    }
  }

  func images(at indices: [Int]) -> [SampleImage] {
    switch data.validation {
    case .texts, .features: []
    case .images(let images, _):
      indices.map {
        SampleImage(name: data.validationText[$0].source, image: images.image(at: $0))
      }
    }
  }

  func filters(_ weights: Parameters) -> ImageFilters? { model.filters(weights) }

  /// What is found of validation examples.
  private func found(
    _ indices: [Int], _ weights: Parameters, _ kernels: Kernels
  ) throws -> [ImageClassifier.Finding] {
    let model = trained(weights)
    switch data.validation {
    case .texts:
      return TextClassifier(model, kernels: kernels)?
        .classify(indices.map { data.validationText[$0].source })
        .map { ImageClassifier.Finding(classification: $0, map: nil) } ?? []
    case .images(let images, _):
      let numbers = indices.map { index in
        images.preparation.normalization.applied(to: images.image(at: index))
      }
      return ImageClassifier(model, kernels: kernels)?
        .classify(numbers: numbers, withMaps: true) ?? []
    case .features(let features):
      return try FeatureClassifier(model, kernels: kernels)?
        .classify(lengths: indices.map(features.length)) { try features.rows(at: indices[$0]) }
        .map { ImageClassifier.Finding(classification: $0.classification, map: nil) } ?? []
    }
  }
}

// MARK: - Batches

/// The training examples of one epoch, and which of them stand together.
struct ClassificationEpoch: TrainingEpoch {
  let model: Classifier
  let isFrozen: Bool
  let examples: ClassifiedExamples
  let classWeights: [Float]?
  let plan: BatchPlan
  let seed: UInt64
  let number: Int

  var count: Int { plan.count }

  func size(at index: Int) -> Int {
    switch examples {
    case .texts(let texts):
      plan.indices(at: index).reduce(0) { $0 + texts.texts.length(at: Int($1)) }
    case .images: plan.indices(at: index).count
    case .features(let features):
      plan.indices(at: index).reduce(0) { $0 + features.length(at: Int($1)) }
    }
  }

  func origins(at index: Int) -> [Int] { plan.indices(at: index).map { Int($0) } }

  func weight(at index: Int) -> Double {
    let indices = plan.indices(at: index)
    guard let classWeights else { return Double(indices.count) }
    let classes = examples.classes
    return indices.reduce(0) { $0 + Double(classWeights[Int(classes[Int($1)])]) }
  }

  func batch(at index: Int, piece: Piece) throws -> (any TrainingBatch)? {
    let indices = piece.part(of: plan.indices(at: index))
    guard !indices.isEmpty else { return nil }
    let (source, classes) = try examples.batch(indices, seed: seed, epoch: number)
    return ClassificationBatch(
      model: model, isFrozen: isFrozen, source: source, classes: classes,
      classWeights: classWeights)
  }
}

/// Examples that a model learns from together.
struct ClassificationBatch: TrainingBatch {
  let model: Classifier
  /// Whether the encoder learns nothing.
  let isFrozen: Bool
  let source: Source
  let classes: [Int32]
  let classWeights: [Float]?

  /// The loss is divided by the number of examples, unless their classes have weights.
  var targets: Int { classes.count }
  var weight: Double {
    classWeights.map { weights in classes.reduce(0) { $0 + Double(weights[Int($1)]) } }
      ?? Double(targets)
  }

  func train(
    scale: Float, labelSmoothing: Float, _ pass: Pass, gradients: Parameters
  ) -> Loss {
    model.train(
      source, classes: classes, scale: scale, labelSmoothing: labelSmoothing,
      classWeights: classWeights, freezingEncoder: isFrozen, pass, gradients: gradients)
  }
}

extension RunConfiguration {
  /// The configuration with the sizes, means and deviations of images or features, which the data or the model
  /// decide, and with what the model does to texts.
  func settled(_ reading: SourceReading) -> RunConfiguration {
    var result = self
    switch reading {
    case .texts(let codec): result.tokenizer.normalization = codec.tokenizer.normalization
    case .images(let preparation): result.data.images = data.images.settled(preparation)
    case .features(let preparation):
      result.data.features = data.features.settled(preparation)
      if var encoder = encoder.features {
        encoder.size = encoder.size ?? preparation.size
        switch task {
        case .classification: result.classifier.encoder = .features(encoder)
        case .translation, .captioning: result.model.encoder = .features(encoder)
        }
      }
    }
    return result
  }
}

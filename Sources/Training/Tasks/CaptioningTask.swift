import DragomanDecoding
import DragomanEvaluation
import DragomanFormats
import DragomanImages
import DragomanLayers
import DragomanModels
import DragomanSystem
import DragomanTensor
import DragomanText
import DragomanTranslation

/// Captioning: a model that reads an image or rows of features learns to write about it, word after word, by teacher
/// forcing.
struct CaptioningTask: TrainingTask {
  let configuration: RunConfiguration
  let data: CaptioningData
  let model: SequenceModel
  let origin: TrainingOrigin?

  /// The task of a run that begins; sizes are those of its training examples, and the vocabulary is that of its
  /// captions, unless a model has one.
  init(_ configuration: RunConfiguration, from pretrained: PretrainedModel? = nil) throws {
    let codec = pretrained.map { model in
      { (text: ParallelCorpus) in try model.captionCodec(configuration, text) }
    }
    data = try CaptioningData(configuration, codec: codec)
    if case .features(let found) = data.reading, let size = pretrained?.rowSize, size != found.size
    {
      throw ClassificationError.otherRowsThanModel(size: size, found: found.size)
    }
    self.configuration = try configuration.settled(data.reading)
      .settled(regions: Self.regions(configuration, data), data.target)
    // How wide rows of features are was not known when the configuration was read.
    if case .features(let found) = data.reading,
      let conflict = self.configuration.model.conflicts.first
    {
      throw ClassificationError.rowConflict(found: found.size, conflict)
    }
    model = SequenceModel(
      self.configuration.model, reading: data.reading.input,
      targetVocabulary: data.target.vocabulary.count)
    origin = try pretrained?.origin(
      ofCaptioner: model, vocabulary: data.target.vocabulary.count,
      limit: configuration.tokenizer.vocabulary)
  }

  /// The task of a run that goes on with the model and the vocabulary of a file.
  init(resuming file: CaptionerFile, _ configuration: RunConfiguration) throws {
    self.configuration = configuration.settled(file.trained.reading)
      .settled(regions: file.trained.model.reach, file.trained.target)
    data = try CaptioningData(self.configuration) { _ in file.trained.target }
    model = file.trained.model
    origin = nil
  }

  /// The regions that a scorer of positions needs to know: as many as the longest training example has.
  private static func regions(
    _ configuration: RunConfiguration, _ data: CaptioningData
  ) throws -> Int? {
    guard configuration.model.attention.score.needsPositions else { return nil }
    guard case .images(let preparation) = data.reading else { return data.train.longestExample }
    // The encoder alone says how many regions it makes of an image.
    var plain = configuration.model
    plain.attention = AttentionConfiguration()
    let grid = SequenceModel(plain, reading: .images(preparation.shape), targetVocabulary: 4)
      .encoder.gridSize
    return grid.map { $0.height * $0.width }
  }

  func copyWeights(from pretrained: PretrainedModel, to weights: Parameters) {
    pretrained.copyWeights(toCaptioner: weights, model.layout)
  }

  var layout: ParameterLayout { model.layout }
  var decoderPlaces: Range<Int>? { model.decoderPlaces }
  var layers: [LayerReport] {
    model.encoder.sizes.map { size in
      let own = layout.entries.filter { $0.name.hasPrefix("\(size.name).") }
      return LayerReport(
        name: size.name, kind: size.kind, output: size.output,
        parameters: own.reduce(0) { $0 + $1.handle.count },
        operations: 2 * size.multiplications)
    }
  }
  var summary: DataSummary { data.summary }
  var fingerprint: String { data.fingerprint }
  var targetTokens: Int { data.train.captions.target.tokenCount }
  var exampleCount: Int { data.train.captions.count }

  func epoch(_ number: Int, batchTokens: Int) -> any TrainingEpoch {
    let seed = UInt64(configuration.training.seed)
    var random = Random(seed: seed, stream: UInt64(number))
    return CaptioningEpoch(
      model: model, isFrozen: configuration.training.freeze == .encoder, examples: data.train,
      plan: BatchPlan(lengths: data.train.lengths, batchTokens: batchTokens, using: &random),
      seed: seed, number: number)
  }

  func file(_ weights: Parameters, record: JSON) -> SavedModel {
    .captioning(
      CaptionerFile(trained(weights), configuration: configuration.json, record: record))
  }

  private func trained(_ weights: Parameters) -> TrainedCaptioner {
    TrainedCaptioner(model, weights, reading: data.reading, target: data.target)
  }
}

// MARK: - Validation

extension CaptioningTask {
  var validationCount: Int { data.validationText.count }
  /// An example with several captions is captioned once, and all of them are its references.
  var references: ReferencedSources? {
    ReferencedSources(sources: data.validationText.sources, targets: data.validationText.targets)
  }

  /// Captions go from the shortest to the longest.
  func validationLosses(
    _ pass: Pass, batchTokens: Int, of share: WorkShare, _ stop: StopRequest
  ) throws -> [Loss] {
    let plan = BatchPlan(lengths: data.validation.lengths, batchTokens: batchTokens)
    return try share.losses(of: plan, pass, stop) { indices in
      let (batch, source) = try data.validation.batch(indices)
      return model.losses(batch, reading: source, pass)
    }
  }

  func samples(
    at indices: [Int], _ weights: Parameters, _ kernels: Kernels, _ stop: StopRequest
  ) throws -> [ValidationReport.Sample] {
    let captioner = Captioner(
      trained(weights), decoding: configuration.decoding, kernels: kernels)
    var result: [ValidationReport.Sample] = []
    // Features are read a batch at a time.
    for start in stride(from: 0, to: indices.count, by: configuration.decoding.batch) {
      let some = indices[start..<min(start + configuration.decoding.batch, indices.count)]
      let examples = try some.map(example)
      guard
        let captions = captioner.captions(of: examples, .textOnly, while: { !stop.isMade() })
      else { throw StopRequested() }
      for (index, found) in zip(some, captions) {
        result.append(
          ValidationReport.Sample(
            source: data.validationText[index].source,
            reference: data.validationText[index].target, translation: found.text))
      }
    }
    return result
  }

  /// What a validation caption is about.
  private func example(_ index: Int) throws -> CaptionExample {
    try data.validation.content.example(
      at: data.validation.example(of: index), named: data.validationText[index].source)
  }

  func images(at indices: [Int]) -> [SampleImage] {
    guard case .images(let images, _) = data.validation.content else { return [] }
    return indices.map {
      SampleImage(
        name: data.validationText[$0].source,
        image: images.image(at: data.validation.example(of: $0)))
    }
  }

  func filters(_ weights: Parameters) -> ImageFilters? { model.filters(weights) }

  var uniformLoss: Double? { logarithm(Double(data.target.vocabulary.count)) }

  func places(of origins: [Int]) -> [String] { origins.map { "caption \($0 + 1)" } }

  func translationSeconds(_ weights: Parameters, _ kernels: Kernels) -> Double? {
    guard configuration.training.metrics.contains(where: \.needsTranslations),
      let places = references?.places, !places.isEmpty
    else { return nil }
    let count = min(TranslationTask.trialSources, places.count)
    let tried = (0..<count).map { places[$0 * places.count / count] }
    // Weights that know nothing end no sentence: captions get the references' mean length.
    let tokens = tried.reduce(0) { $0 + data.validation.captions.target.length(at: $1) }
    var decoding = configuration.decoding
    decoding.maximumLength = min(decoding.maximumLength, max((tokens + count - 1) / count, 2))
    decoding.minimumLength = decoding.maximumLength - 1
    guard let examples = try? tried.map(example) else { return nil }
    let captioner = Captioner(trained(weights), decoding: decoding, kernels: kernels)
    let seconds = Timing.seconds { _ = captioner.captions(of: examples, .textOnly) }
    return seconds * Double(places.count) / Double(count)
  }
}

// MARK: - Batches

/// The training captions of one epoch, and which of them stand together.
struct CaptioningEpoch: TrainingEpoch {
  let model: SequenceModel
  let isFrozen: Bool
  let examples: CaptionExamples
  let plan: BatchPlan
  let seed: UInt64
  let number: Int

  var count: Int { plan.count }

  func size(at index: Int) -> Int {
    plan.indices(at: index).reduce(0) {
      $0 + examples.content.length(at: examples.example(of: Int($1)))
        + examples.captions.target.length(at: Int($1))
    }
  }

  func origins(at index: Int) -> [Int] { plan.indices(at: index).map { Int($0) } }

  func weight(at index: Int) -> Double {
    Double(plan.indices(at: index).reduce(0) { $0 + examples.captions.target.length(at: Int($1)) })
  }

  func batch(at index: Int, piece: Piece) throws -> (any TrainingBatch)? {
    let indices = piece.part(of: plan.indices(at: index))
    guard !indices.isEmpty else { return nil }
    let (batch, source) = try examples.batch(indices, seed: seed, epoch: number)
    return CaptioningBatch(model: model, isFrozen: isFrozen, batch: batch, source: source)
  }
}

/// Captions that a model learns from together.
struct CaptioningBatch: TrainingBatch {
  let model: SequenceModel
  /// Whether the encoder learns nothing.
  let isFrozen: Bool
  let batch: Batch
  let source: Source

  var targets: Int { batch.targetIDs.count }

  func train(
    scale: Float, labelSmoothing: Float, _ pass: Pass, gradients: Parameters
  ) -> Loss {
    model.train(
      batch, reading: source, scale: scale, labelSmoothing: labelSmoothing,
      freezingEncoder: isFrozen, pass, gradients: gradients)
  }
}

extension RunConfiguration {
  /// The configuration with the regions that a scorer of positions has weights for, which the data or the model decide,
  /// and with what the model does to text.
  func settled(regions: Int?, _ target: TextCodec) -> RunConfiguration {
    var result = self
    result.tokenizer.normalization = target.tokenizer.normalization
    if model.attention.score.needsPositions {
      result.model.attention.positions = model.attention.positions ?? regions
    }
    return result
  }
}

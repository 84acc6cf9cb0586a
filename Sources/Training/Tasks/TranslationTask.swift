import DragomanEvaluation
import DragomanFormats
import DragomanLayers
import DragomanModels
import DragomanSystem
import DragomanTensor
import DragomanText
import DragomanTranslation

/// Translation: a model that reads a sentence learns to write its translation, word after word, by teacher forcing.
struct TranslationTask: TrainingTask {
  let configuration: RunConfiguration
  let data: TrainingData
  let model: SequenceModel
  let origin: TrainingOrigin?
  /// What is kept of the text that the model has learnt from when the run is over.
  private let learnt: LearntText?

  /// The task of a run that begins; the vocabularies are learnt from its training pairs, or a model's.
  ///
  /// A trial needs not all pairs: it takes so many `atMost`.
  init(
    _ configuration: RunConfiguration, from pretrained: PretrainedModel? = nil,
    atMost most: Int = .max, threads: Int = 1
  ) throws {
    let codecs = pretrained.map { model in
      { (text: ParallelCorpus) in try model.codecs(configuration, text) }
    }
    data = try TrainingData(configuration, codecs: codecs, atMost: most, threads: threads)
    self.configuration = configuration.settled(positions: data.summary.longestSource)
    model = SequenceModel(
      self.configuration.model, sourceVocabulary: data.source.vocabulary.count,
      targetVocabulary: data.target.vocabulary.count)
    origin = try pretrained?.origin(of: model, limit: configuration.tokenizer.vocabulary)
    let own = data.learnt
    learnt = pretrained.map { own.adding(to: $0.learnt) } ?? own
  }

  /// The task of a run that goes on with the model and the vocabularies of a file.
  init(resuming file: ModelFile, _ configuration: RunConfiguration, threads: Int) throws {
    var configuration = configuration.settled(positions: file.model.reach)
    configuration.tokenizer.normalization = file.source.tokenizer.normalization
    self.configuration = configuration
    data = try TrainingData(
      self.configuration, codecs: { _ in (file.source, file.target) }, threads: threads)
    model = file.model
    origin = nil
    learnt = file.learnt
  }

  var layout: ParameterLayout { model.layout }
  var decoderPlaces: Range<Int>? { model.decoderPlaces }
  var layers: [LayerReport] { [] }
  var summary: DataSummary { data.summary }
  var fingerprint: String { data.fingerprint }
  var targetTokens: Int { data.train.target.tokenCount }
  var exampleCount: Int { data.train.count }

  func copyWeights(from pretrained: PretrainedModel, to weights: Parameters) {
    pretrained.copyWeights(to: weights, layout)
  }

  func epoch(_ number: Int, batchTokens: Int) -> any TrainingEpoch {
    let (pairs, plan) = data.epoch(
      number, seed: UInt64(configuration.training.seed), batchTokens: batchTokens)
    return TranslationEpoch(
      model: model, isFrozen: configuration.training.freeze == .encoder, pairs: pairs, plan: plan)
  }

  func file(_ weights: Parameters, record: JSON) -> SavedModel {
    .translation(
      ModelFile(
        trained(weights), configuration: configuration.json, record: record, learnt: learnt))
  }

  func trained(_ weights: Parameters) -> TrainedModel {
    TrainedModel(model, weights, source: data.source, target: data.target)
  }
}

// MARK: - Validation

extension TranslationTask {
  var validationCount: Int { data.validationText.count }
  var references: ReferencedSources? {
    ReferencedSources(sources: data.validationText.sources, targets: data.validationText.targets)
  }

  /// Pairs go from the shortest to the longest.
  func validationLosses(
    _ pass: Pass, batchTokens: Int, of share: WorkShare, _ stop: StopRequest
  ) throws -> [Loss] {
    let plan = BatchPlan(lengths: BatchLengths(data.validation), batchTokens: batchTokens)
    return try share.losses(of: plan, pass, stop) { indices in
      model.losses(data.validation.batch(of: indices), pass)
    }
  }

  func samples(
    at indices: [Int], _ weights: Parameters, _ kernels: Kernels, _ stop: StopRequest
  ) throws(StopRequested) -> [ValidationReport.Sample] {
    guard !indices.isEmpty else { return [] }
    let pairs = indices.map { data.validationText[$0] }
    let translator = Translator(
      trained(weights), decoding: configuration.decoding, kernels: kernels)
    guard
      let translations = translator.translate(
        pairs.map(\.source), .textOnly, while: { !stop.isMade() })
    else { throw StopRequested() }
    return zip(pairs, translations).map { pair, translation in
      ValidationReport.Sample(
        source: pair.source, reference: pair.target, translation: translation.text)
    }
  }
}

extension TranslationTask {
  var uniformLoss: Double? { logarithm(Double(data.target.vocabulary.count)) }

  func places(of origins: [Int]) -> [String] {
    // What came from standard input is gone.
    let files = configuration.data.train
    guard !files.flatMap(\.paths).contains("-"), let text = try? configuration.data.read(files)
    else { return [] }
    return origins.filter { $0 < text.count }.map(text.place)
  }

  func images(at indices: [Int]) -> [SampleImage] { [] }
  func filters(_ weights: Parameters) -> ImageFilters? { nil }
}

// MARK: - Batches

/// The training pairs of one epoch, and which of them stand together.
struct TranslationEpoch: TrainingEpoch {
  let model: SequenceModel
  let isFrozen: Bool
  let pairs: EncodedCorpus
  let plan: BatchPlan

  var count: Int { plan.count }

  func size(at index: Int) -> Int {
    plan.indices(at: index).reduce(0) {
      $0 + pairs.source.length(at: Int($1)) + pairs.target.length(at: Int($1))
    }
  }

  func origins(at index: Int) -> [Int] {
    plan.indices(at: index).map { Int(pairs.origins[Int($0)]) }
  }

  func weight(at index: Int) -> Double {
    Double(plan.indices(at: index).reduce(0) { $0 + pairs.target.length(at: Int($1)) })
  }

  func batch(at index: Int, piece: Piece) -> (any TrainingBatch)? {
    let indices = piece.part(of: plan.indices(at: index))
    guard !indices.isEmpty else { return nil }
    return TranslationBatch(model: model, isFrozen: isFrozen, batch: pairs.batch(of: indices))
  }
}

/// Sentence pairs that a model learns from together.
struct TranslationBatch: TrainingBatch {
  let model: SequenceModel
  /// Whether the encoder learns nothing.
  let isFrozen: Bool
  let batch: Batch

  var targets: Int { batch.targetIDs.count }

  func train(
    scale: Float, labelSmoothing: Float, _ pass: Pass, gradients: Parameters
  ) -> Loss {
    model.train(
      batch, scale: scale, labelSmoothing: labelSmoothing, freezingEncoder: isFrozen, pass,
      gradients: gradients)
  }
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

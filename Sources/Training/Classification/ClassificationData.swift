import DragomanFormats
import DragomanModels
import DragomanText
import DragomanTranslation

/// The examples of a run: texts, images or features as numbers, their classes, and what made the numbers.
struct ClassificationData: Sendable {
  let reading: SourceReading
  let labels: ClassLabels
  let train: ClassifiedExamples
  let validation: ClassifiedExamples
  /// The validation examples as they are written, or what names them.
  let validationText: ParallelCorpus
  let summary: DataSummary
  /// What a model file keeps of the texts learnt from; `nil` of images.
  let learnt: LearntText?
  /// How much the examples of each class count; `nil` if all count alike.
  let classWeights: [Float]?
  /// Tells these examples from others: a checksum of all numbers and classes.
  let fingerprint: String
  private let pieceDropout: PieceDropout?

  /// Reads the examples of a run.
  ///
  /// - Parameters:
  ///   - configuration: says which files, and how examples become numbers.
  ///   - labels: the classes of a model that there is already; otherwise they are those of the training examples.
  ///   - codec: gives the vocabulary of such a model, the training examples known; otherwise it is learnt from these.
  ///   - threads: threads that encode.
  init(
    _ configuration: RunConfiguration, labels known: [String]? = nil,
    codec: ((ParallelCorpus) throws -> TextCodec?)? = nil, threads: Int = 1
  ) throws {
    let data = configuration.data
    let lists = configuration.classifier.readsTexts ? nil : try Self.lists(data)
    let text = try lists?.train.corpus ?? data.read(data.train)
    validationText = try lists?.validation.corpus ?? data.read(data.validation)
    try Self.require("train", text, text.count)
    try Self.require("validation", validationText, validationText.count)
    labels =
      try known.map { ClassLabels($0) }
      ?? ClassLabels(
        text, file: data.train.map(\.description).joined(separator: ", "),
        order: lists?.train.order ?? [])
    let parts =
      if let lists {
        configuration.classifier.readsFeatures
          ? try Self.features(lists, labels, configuration)
          : try Self.images(lists, labels, configuration)
      } else {
        try Self.texts(text, validationText, labels, configuration, try codec?(text))
      }
    (reading, train, validation) = (parts.reading, parts.train, parts.validation)
    try Self.require("train", text, train.count)
    var counts = [Int](repeating: 0, count: labels.names.count)
    for number in train.classes { counts[Int(number)] += 1 }
    classWeights = try configuration.training.classWeights.weights(labels, counts: counts)
    summary = DataSummary(
      files: text.summary + validationText.summary, reading, train: train, validation: validation,
      classes: labels.names.count)
    let longest = train.lengths.longestSource - 1
    learnt = reading.codec.map { codec in
      LearntText(
        longestSource: longest, unknownTargets: 0,
        words: WordFilter.needed(by: codec, of: text.sources, threads: threads))
    }
    fingerprint = parts.checksum.text
    pieceDropout =
      configuration.tokenizer.dropout == 0 || !configuration.classifier.readsTexts
      ? nil
      : PieceDropout(
        probability: configuration.tokenizer.dropout, lines: text.sources,
        maximumLength: configuration.data.maximumLength + 1)
  }

  /// The training examples of an epoch: their pieces are drawn anew if some are dropped.
  func examples(epoch: Int, seed: UInt64) -> ClassifiedExamples {
    guard let pieceDropout, case .texts(let texts) = train, case .texts(let codec) = reading else {
      return train
    }
    return .texts(pieceDropout.texts(of: texts, codec: codec, epoch: epoch, seed: seed))
  }

  /// Names and classes of examples that are not texts.
  private typealias Lists = (train: ExampleList, validation: ExampleList)
  private typealias Parts = (
    reading: SourceReading, train: ClassifiedExamples, validation: ClassifiedExamples,
    checksum: Checksum
  )

  private static func lists(_ data: DataConfiguration) throws -> Lists {
    (try ExampleList(data.train, data), try ExampleList(data.validation, data))
  }

  private static func texts(
    _ train: ParallelCorpus, _ validation: ParallelCorpus, _ labels: ClassLabels,
    _ configuration: RunConfiguration, _ known: TextCodec?
  ) throws -> Parts {
    let tokenizer = configuration.tokenizer
    let codec =
      known
      ?? TextCodec.trained(
        on: train.sources, kind: tokenizer.kind, vocabularySize: tokenizer.vocabulary,
        minimumFrequency: tokenizer.minimumFrequency, tokenizer.normalization)
    let texts = try ClassifiedTexts(
      train, codec, labels, maximumLength: configuration.data.maximumLength + 1)
    let others = try ClassifiedTexts(validation, codec, labels)
    var classes = EncodedLines()
    classes.append(texts.classes)
    classes.append(others.classes)
    return (
      .texts(codec), .texts(texts), .texts(others),
      Checksum(of: [texts.texts, others.texts, classes])
    )
  }

  private static func images(
    _ lists: Lists, _ labels: ClassLabels, _ configuration: RunConfiguration
  ) throws -> Parts {
    let classes = try classes(lists, labels)
    let (preparation, files) = try ImagePreparation.measured(
      lists.train, configuration, in: "classifier")
    var images = configuration.data.images
    (images.height, images.width) = (preparation.shape.height, preparation.shape.width)
    images.channels = preparation.shape.channels
    let others = try ImageFiles(lists.validation, images)
    var checksum = Checksum()
    checksum.add(files.bytes)
    checksum.add(others.bytes)
    checksum.add(lines(classes))
    return (
      .images(preparation),
      .images(
        ClassifiedImages(files, preparation, classes: classes[0]), images.augment.augmentation),
      .images(
        ClassifiedImages(others, preparation, classes: classes[1]), images.augment.augmentation),
      checksum
    )
  }

  private static func features(
    _ lists: Lists, _ labels: ClassLabels, _ configuration: RunConfiguration
  ) throws -> Parts {
    let classes = try classes(lists, labels)
    var checksum = Checksum()
    let (preparation, train, validation) = try FeaturePreparation.measured(
      lists.train, lists.validation, configuration, in: "classifier", &checksum)
    checksum.add(lines(classes))
    let features = configuration.data.features
    return (
      .features(preparation),
      .features(
        ClassifiedFeatures(
          train, preparation, classes: classes[0], maximumRows: features.maximumRows ?? .max)),
      .features(ClassifiedFeatures(validation, preparation, classes: classes[1])), checksum
    )
  }

  /// The numbers of the classes of both parts.
  private static func classes(
    _ lists: Lists, _ labels: ClassLabels
  ) throws(ClassificationError) -> [[Int32]] {
    [try labels.numbers(of: lists.train.corpus), try labels.numbers(of: lists.validation.corpus)]
  }

  /// Numbers, for a checksum.
  private static func lines(_ lists: [[Int32]]) -> EncodedLines {
    var result = EncodedLines()
    for list in lists { result.append(list) }
    return result
  }

  private static func require(
    _ role: String, _ text: ParallelCorpus, _ count: Int
  ) throws(ClassificationError) {
    guard count == 0 else { return }
    throw .noExamples(
      role: role, skipped: text.summary.reduce(text.count) { $0 + $1.skipped })
  }
}

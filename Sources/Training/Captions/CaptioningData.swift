import DragomanFormats
import DragomanModels
import DragomanText
import DragomanTranslation

/// The examples of a run that learns to caption: images or features as numbers, their captions, and what made the
/// numbers.
struct CaptioningData: Sendable {
  /// Makes numbers of images or features.
  let reading: SourceReading
  /// Writes captions.
  let target: TextCodec
  /// What the model learns from.
  let train: CaptionExamples
  /// What decides which model is best.
  let validation: CaptionExamples
  /// The names of what the validation captions are about, and these as they are written.
  let validationText: ParallelCorpus
  /// What was read, skipped and learnt.
  let summary: DataSummary
  /// Tells these examples from others: a checksum of all numbers and tokens.
  let fingerprint: String

  /// Reads the examples of a run.
  ///
  /// - Parameters:
  ///   - configuration: says which files, and how examples and text become numbers.
  ///   - codec: gives the vocabulary of a model that there is already, the training captions known; otherwise it is
  ///     learnt from these.
  init(
    _ configuration: RunConfiguration, codec: ((ParallelCorpus) throws -> TextCodec?)? = nil
  ) throws {
    let data = configuration.data
    let lists = (
      train: try CaptionList(data.train, data), validation: try CaptionList(data.validation, data)
    )
    validationText = lists.validation.pairs
    try Self.require("train", lists.train.pairs, lists.train.pairs.count)
    try Self.require("validation", validationText, validationText.count)
    let tokenizer = configuration.tokenizer
    target =
      try codec?(lists.train.pairs)
      ?? TextCodec.trained(
        on: lists.train.pairs.targets, kind: tokenizer.kinds.target,
        vocabularySize: tokenizer.vocabulary, minimumFrequency: tokenizer.minimumFrequency,
        tokenizer.normalization, side: .target
      ).of(.target)
    var checksum = Checksum()
    let contents =
      configuration.readsImages
      ? try Self.images(lists.train, lists.validation, configuration, &checksum)
      : try Self.features(lists.train, lists.validation, configuration, &checksum)
    reading = contents.reading
    train = CaptionExamples(
      lists.train, contents.train, target, maximumLength: data.maximumLength + 1,
      maximumRows: data.features.maximumRows ?? .max)
    validation = CaptionExamples(lists.validation, contents.validation, target)
    try Self.require("train", lists.train.pairs, train.count)
    for part in [train, validation] {
      checksum.add(part.captions.target)
      var numbers = EncodedLines()
      numbers.append((0..<part.count).map { Int32(part.example(of: $0)) })
      checksum.add(numbers)
    }
    fingerprint = checksum.text
    summary = DataSummary(
      files: lists.train.pairs.summary + validationText.summary, train: train,
      validation: validation, target: target,
      mark: ValidationMark(validationText, validation.captions, target))
  }

  private typealias Contents = (
    reading: SourceReading, train: CaptionExamples.Content, validation: CaptionExamples.Content
  )

  private static func images(
    _ train: CaptionList, _ validation: CaptionList, _ configuration: RunConfiguration,
    _ checksum: inout Checksum
  ) throws -> Contents {
    let (preparation, files) = try ImagePreparation.measured(
      train.examples, configuration, in: "model")
    var images = configuration.data.images
    (images.height, images.width) = (preparation.shape.height, preparation.shape.width)
    images.channels = preparation.shape.channels
    let others = try ImageFiles(validation.examples, images)
    checksum.add(files.bytes)
    checksum.add(others.bytes)
    return (
      .images(preparation),
      .images(PreparedImages(files, preparation), images.augment.augmentation),
      .images(PreparedImages(others, preparation), images.augment.augmentation)
    )
  }

  private static func features(
    _ train: CaptionList, _ validation: CaptionList, _ configuration: RunConfiguration,
    _ checksum: inout Checksum
  ) throws -> Contents {
    let (preparation, own, others) = try FeaturePreparation.measured(
      train.examples, validation.examples, configuration, in: "model", &checksum)
    return (.features(preparation), .features(own, preparation), .features(others, preparation))
  }

  private static func require(
    _ role: String, _ text: ParallelCorpus, _ count: Int
  ) throws(ClassificationError) {
    guard count == 0 else { return }
    throw .noExamples(
      role: role, skipped: text.summary.reduce(text.count) { $0 + $1.skipped })
  }
}

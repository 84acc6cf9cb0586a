import DragomanFormats
import DragomanText

/// The examples of a run: texts as numbers, their classes, and what made the numbers.
struct ClassificationData: Sendable {
  let codec: TextCodec
  let labels: ClassLabels
  let train: ClassifiedTexts
  let validation: ClassifiedTexts
  /// The validation examples as they are written.
  let validationText: ParallelCorpus
  let summary: DataSummary
  /// Tells these examples from others: a checksum of all ids and classes.
  let fingerprint: String

  /// Reads and encodes the examples of a run; `known` is what a model has already, else it is learnt from the training examples.
  init(
    _ configuration: RunConfiguration, known: (codec: TextCodec, labels: [String])? = nil,
    threads: Int = 1
  ) throws {
    let data = configuration.data
    let text = try data.read(data.train)
    validationText = try data.read(data.validation)
    try Self.require("train", text, text.count)
    labels =
      try known.map { ClassLabels($0.labels) }
      ?? ClassLabels(text, file: data.train.map(\.description).joined(separator: ", "))
    let tokenizer = configuration.tokenizer
    codec =
      known?.codec
      ?? TextCodec.trained(
        on: text.sources, kind: tokenizer.kind, vocabularySize: tokenizer.vocabulary,
        minimumFrequency: tokenizer.minimumFrequency, lowercase: tokenizer.lowercase)
    train = try ClassifiedTexts(text, codec, labels, maximumLength: data.maximumLength + 1)
    validation = try ClassifiedTexts(validationText, codec, labels)
    try Self.require("train", text, train.count)
    try Self.require("validation", validationText, validation.count)
    summary = DataSummary(
      files: text.summary + validationText.summary, train: train, validation: validation,
      vocabulary: codec.vocabulary.count, classes: labels.names.count)
    var classes = EncodedLines()
    classes.append(train.classes)
    classes.append(validation.classes)
    fingerprint = Checksum(of: [train.texts, validation.texts, classes]).text
  }

  private static func require(
    _ role: String, _ text: ParallelCorpus, _ count: Int
  ) throws(ClassificationError) {
    guard count == 0 else { return }
    throw .noExamples(
      role: role, skipped: text.summary.reduce(text.count) { $0 + $1.skipped })
  }
}

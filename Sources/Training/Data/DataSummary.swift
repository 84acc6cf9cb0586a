package import DragomanText
import DragomanTranslation

/// What was read, skipped and learnt.
package struct DataSummary: Sendable, Equatable {
  /// What a person should know of before training.
  package let report: CorpusReport
  /// Pairs and skipped lines of each file.
  package let files: [CorpusSummary]
  /// Pairs the model learns from.
  package let trainPairs: Int
  /// Pairs that decide which model is best.
  package let validationPairs: Int
  /// Training pairs left out because a side has more than `data.maximumLength` tokens, or the source more
  /// than a location scorer has positions.
  package let skippedAsTooLong: Int
  /// Source tokens of the training pairs, ends included.
  package let sourceTokens: Int
  /// Target tokens of the training pairs, ends included.
  package let targetTokens: Int
  /// Entries of the source vocabulary.
  package let sourceVocabulary: Int
  /// Entries of the target vocabulary.
  package let targetVocabulary: Int
  /// Tokens of the longest training source, its end included.
  package let longestSource: Int
  /// Tokens of the training pairs that the vocabularies do not have.
  package let unknownTrainingTokens: Int
  /// Those of them that are target tokens.
  package let unknownTargetTokens: Int
  /// Per cent of the training tokens that the vocabularies do not have.
  package var unknownTrainingPercent: Double {
    100 * Double(unknownTrainingTokens) / Double(max(sourceTokens + targetTokens, 1))
  }
  /// Tokens of the validation pairs that the vocabularies do not have.
  package let unknownValidationTokens: Int
  /// Tokens of the validation pairs.
  package let validationTokens: Int
  /// What tells the validation pairs from others; `nil` if they are not translated.
  package let mark: ValidationMark?
  /// Per cent of the validation tokens that the vocabularies do not have.
  package var unknownPercent: Double {
    100 * Double(unknownValidationTokens) / Double(max(validationTokens, 1))
  }

  /// A summary of encoded pairs.
  init(
    report: CorpusReport, files: [CorpusSummary], train: EncodedCorpus, validation: EncodedCorpus,
    vocabularies: (source: Int, target: Int), mark: ValidationMark
  ) {
    self.mark = mark
    (self.report, self.files) = (report, files)
    (trainPairs, validationPairs) = (train.count, validation.count)
    skippedAsTooLong = train.skippedAsTooLong
    (sourceTokens, targetTokens) = (train.source.tokenCount, train.target.tokenCount)
    (sourceVocabulary, targetVocabulary) = vocabularies
    longestSource = train.longestSource
    unknownTrainingTokens = train.unknownSourceTokens + train.unknownTargetTokens
    unknownTargetTokens = train.unknownTargetTokens
    unknownValidationTokens = validation.unknownSourceTokens + validation.unknownTargetTokens
    validationTokens = validation.source.tokenCount + validation.target.tokenCount
  }

  /// A summary of examples and captions; an image counts as one token, a row of features likewise.
  init(
    files: [CorpusSummary], train: CaptionExamples, validation: CaptionExamples,
    target: TextCodec, mark: ValidationMark
  ) {
    self.mark = mark
    report = CorpusReport([], maximumLength: .max, countsCharacters: (false, false), threads: 1)
    self.files = files
    (trainPairs, validationPairs) = (train.count, validation.count)
    skippedAsTooLong = train.skippedAsTooLong
    sourceTokens = train.positions
    targetTokens = train.captions.target.tokenCount
    (sourceVocabulary, targetVocabulary) = (0, target.vocabulary.count)
    longestSource = train.longestExample
    (unknownTrainingTokens, unknownTargetTokens) = (train.unknownTokens, train.unknownTokens)
    unknownValidationTokens = validation.unknownTokens
    validationTokens = validation.captions.target.tokenCount
  }

  /// A summary of examples and classes; an image counts as one token, a row of features likewise.
  init(
    files: [CorpusSummary], _ reading: SourceReading, train: ClassifiedExamples,
    validation: ClassifiedExamples, classes: Int
  ) {
    mark = nil
    report = CorpusReport([], maximumLength: .max, countsCharacters: (false, false), threads: 1)
    self.files = files
    (trainPairs, validationPairs) = (train.count, validation.count)
    targetTokens = train.count
    targetVocabulary = classes
    longestSource = train.lengths.longestSource
    (unknownTrainingTokens, unknownTargetTokens) = (0, 0)
    switch (train, validation, reading) {
    case (.texts(let texts), .texts(let others), .texts(let codec)):
      skippedAsTooLong = texts.skippedAsTooLong
      sourceTokens = texts.texts.tokenCount
      sourceVocabulary = codec.vocabulary.count
      unknownValidationTokens = others.unknownTokens
      validationTokens = others.texts.tokenCount
    case (.features(let features), .features(let others), _):
      skippedAsTooLong = features.skippedAsTooLong
      (sourceVocabulary, unknownValidationTokens) = (0, 0)
      (sourceTokens, validationTokens) = (features.rows, others.rows)
    default:
      (skippedAsTooLong, sourceVocabulary, unknownValidationTokens) = (0, 0, 0)
      (sourceTokens, validationTokens) = (train.count, validation.count)
    }
  }
}

import DragomanFormats
import DragomanLayers
import DragomanModels
import DragomanTensor
package import DragomanText
import DragomanTranslation

/// The sentence pairs of a run as ids, and the tokenizers and vocabularies that made them.
package struct TrainingData: Sendable {
  /// Reads sources.
  package let source: TextCodec
  /// Writes targets.
  package let target: TextCodec
  /// What the model learns from.
  package let train: EncodedCorpus
  /// What decides which model is best.
  package let validation: EncodedCorpus
  /// The validation pairs as they are written.
  let validationText: ParallelCorpus
  /// What was read, skipped and learnt.
  package let summary: DataSummary
  /// What a model file keeps of the training pairs.
  let learnt: LearntText
  /// Tells these pairs from others: a checksum of all ids.
  let fingerprint: String
  /// The share of the training pairs that these are.
  let share: Double
  private let variants: PairVariants?

  /// Reads and encodes the pairs of a run.
  ///
  /// - Parameters:
  ///   - configuration: says which files, and how text becomes tokens.
  ///   - codecs: gives those of a model that there is already, the training pairs known; otherwise they are learnt from
  ///     these.
  ///   - most: how many training pairs are taken, at equal distances; all by default.
  ///   - threads: threads that learn and encode.
  package init(
    _ configuration: RunConfiguration,
    codecs: ((ParallelCorpus) throws -> (source: TextCodec, target: TextCodec))? = nil,
    atMost most: Int = .max, threads: Int = 1
  ) throws {
    let data = configuration.data
    let allText = try data.read(data.train)
    let trainText = allText.thinned(to: most)
    share = Double(max(trainText.count, 1)) / Double(max(allText.count, 1))
    validationText = try data.read(data.validation)
    let tokenizer = configuration.tokenizer
    (source, target) =
      try codecs?(trainText)
      ?? TextCodec.trained(
        on: trainText, shared: tokenizer.shared, kinds: tokenizer.kinds,
        vocabularySize: tokenizer.vocabulary, minimumFrequency: tokenizer.minimumFrequency,
        tokenizer.normalization, variants: data.augment, threads: threads)
    // The end token comes on top of what people count.
    let longest = data.maximumLength + 1
    let reach = configuration.model.attention.positions
    train = EncodedCorpus(
      trainText, source: source, target: target,
      maximumSourceLength: min(longest, reach ?? longest), maximumTargetLength: longest,
      threads: threads)
    validation = EncodedCorpus(
      validationText, source: source, target: target, threads: threads)
    try Self.requireBoundedAttention(validation, validationText, "validation")
    try Self.requireBoundedAttention(train, trainText, "train")
    try Self.requirePairs("train", trainText, train)
    try Self.requirePairs("validation", validationText, validation)
    let isBound = configuration.model.attention.score.needsPositions
    variants =
      tokenizer.dropout == 0 && data.augment.isEmpty
      ? nil
      : PairVariants(
        dropout: tokenizer.dropout, variants: data.augment, text: trainText,
        maximumLengths: (isBound ? min(longest, reach ?? train.longestSource) : longest, longest),
        threads: threads)
    let testText = try data.read(data.availableTest)
    let parts = [("train", trainText), ("validation", validationText), ("test", testText)]
    summary = DataSummary(
      report: data.report(
        parts.filter { $0.1.count > 0 }, configuration.tokenizer, threads: threads),
      files: trainText.summary + validationText.summary, train: train, validation: validation,
      vocabularies: (source.vocabulary.count, target.vocabulary.count),
      mark: ValidationMark(validationText, validation, target))
    learnt = LearntText(
      longestSource: train.longestSource - 1, unknownTargets: train.unknownTargetTokens,
      words: WordFilter.needed(
        by: source, of: trainText.sources, variants: data.augment, threads: threads))
    fingerprint =
      Checksum(of: [
        train.source, train.target, validation.source, validation.target,
      ]).text
  }

  /// The pairs of an epoch and their batches, in an order that follows from (seed, epoch).
  func epoch(
    _ epoch: Int, seed: UInt64, batchTokens: Int
  ) -> (pairs: EncodedCorpus, plan: BatchPlan) {
    var random = Random(seed: seed, stream: UInt64(epoch))
    let pairs =
      variants?.pairs(of: train, source: source, target: target, epoch: epoch, seed: seed)
      ?? train
    let plan = BatchPlan(
      lengths: BatchLengths(pairs), batchTokens: batchTokens, using: &random)
    return (pairs, plan)
  }
}

// MARK: - Checks

extension TrainingData {
  /// Refuses a corpus of which nothing is left.
  private static func requirePairs(
    _ role: String, _ text: ParallelCorpus, _ encoded: EncodedCorpus
  ) throws(TrainingError) {
    guard encoded.count == 0 else { return }
    throw .noPairs(
      role: role, read: text.summary.reduce(0) { $0 + $1.pairs + $1.skipped },
      skipped: text.summary.reduce(encoded.skippedAsTooLong) { $0 + $1.skipped },
      files: text.summary.filter { $0.skipped > 0 }.map(\.description))
  }

  /// Numbers of attention over one pair that are a gigabyte.
  private static let mostAttention = 250_000_000

  /// Validation pairs are never skipped, and training pairs only beyond data.maximumLength, so one that no machine can
  /// look at has to be told of before training.
  private static func requireBoundedAttention(
    _ pairs: EncodedCorpus, _ text: ParallelCorpus, _ role: String
  ) throws(TrainingError) {
    for index in 0..<pairs.count {
      let (source, target) = (pairs.source.length(at: index), pairs.target.length(at: index))
      guard source * target > mostAttention else { continue }
      throw .longPair(
        role: role, place: text.place(of: Int(pairs.origins[index])), source: source, target: target
      )
    }
  }
}

import DragomanModels
import DragomanFormats
import DragomanLayers
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
  /// Tells these pairs from others: a checksum of all ids.
  let fingerprint: String
  private let pieceDropout: PieceDropout?
  private let trainLengths: BatchLengths
  private let validationLengths: BatchLengths

  /// Reads and encodes the pairs of a run.
  ///
  /// - Parameters:
  ///   - configuration: says which files, and how text becomes tokens.
  ///   - codecs: gives those of a model that there is already, the training pairs known; otherwise they are learnt from
  ///     these.
  ///   - threads: threads that learn and encode.
  package init(
    _ configuration: RunConfiguration,
    codecs: ((ParallelCorpus) throws -> (source: TextCodec, target: TextCodec))? = nil,
    threads: Int = 1
  ) throws {
    let data = configuration.data
    let trainText = try data.read(data.train)
    validationText = try data.read(data.validation)
    let tokenizer = configuration.tokenizer
    (source, target) =
      try codecs?(trainText)
      ?? TextCodec.trained(
        on: trainText, shared: tokenizer.shared, kinds: tokenizer.kinds,
        vocabularySize: tokenizer.vocabulary, minimumFrequency: tokenizer.minimumFrequency,
        lowercase: tokenizer.lowercase, threads: threads)
    // The end token comes on top of what people count.
    let longest = data.maximumLength + 1
    let reach = configuration.model.attention.positions
    train = EncodedCorpus(
      trainText, source: source, target: target,
      maximumSourceLength: min(longest, reach ?? longest), maximumTargetLength: longest,
      threads: threads)
    validation = EncodedCorpus(
      validationText, source: source, target: target, threads: threads)
    try Self.requireBoundedAttention(validation, validationText)
    let isBound = configuration.model.attention.score.needsPositions
    pieceDropout =
      tokenizer.dropout == 0
      ? nil
      : PieceDropout(
        probability: tokenizer.dropout, text: trainText,
        maximumLengths: (isBound ? min(longest, reach ?? train.longestSource) : longest, longest),
        threads: threads)
    for (role, text, encoded) in [
      ("train", trainText, train), ("validation", validationText, validation),
    ] where encoded.count == 0 {
      throw TrainingError.noPairs(
        role: role, read: text.summary.reduce(0) { $0 + $1.pairs + $1.skipped },
        skipped: text.summary.reduce(encoded.skippedAsTooLong) { $0 + $1.skipped })
    }
    trainLengths = BatchLengths(train)
    validationLengths = BatchLengths(validation)
    let testText = try data.read(data.availableTest)
    let parts = [("train", trainText), ("validation", validationText), ("test", testText)]
    summary = DataSummary(
      report: data.report(
        parts.filter { $0.1.count > 0 }, configuration.tokenizer, threads: threads),
      files: trainText.summary + validationText.summary, trainPairs: train.count,
      validationPairs: validation.count, skippedAsTooLong: train.skippedAsTooLong,
      sourceTokens: train.source.tokenCount, targetTokens: train.target.tokenCount,
      sourceVocabulary: source.vocabulary.count, targetVocabulary: target.vocabulary.count,
      longestSource: train.longestSource,
      unknownValidationTokens: validation.unknownSourceTokens + validation.unknownTargetTokens,
      validationTokens: validation.source.tokenCount + validation.target.tokenCount)
    var checksum = Checksum()
    for lines in [train.source, train.target, validation.source, validation.target] {
      checksum.add(lines)
    }
    fingerprint = checksum.text
  }

  /// Target tokens of the training pairs, ends included.
  var targetTokens: Int { train.target.tokenCount }

  /// The batches of an epoch, in an order that follows from (seed, epoch).
  func epoch(_ epoch: Int, seed: UInt64, batchTokens: Int) -> TrainingEpoch {
    var random = Random(seed: seed, stream: UInt64(epoch))
    let pairs = pieceDropout?.pairs(
      of: train, source: source, target: target, epoch: epoch, seed: seed)
    let lengths = pairs.map { BatchLengths($0) } ?? trainLengths
    return TrainingEpoch(
      pairs: pairs ?? train,
      plan: BatchPlan(lengths: lengths, batchTokens: batchTokens, using: &random))
  }

  /// Numbers of attention over one pair that are a gigabyte.
  private static let mostAttention = 250_000_000

  /// Validation pairs are never skipped, so one that no machine can look at has to be told of before training.
  private static func requireBoundedAttention(
    _ pairs: EncodedCorpus, _ text: ParallelCorpus
  ) throws(TrainingError) {
    for index in 0..<pairs.count {
      let (source, target) = (pairs.source.length(at: index), pairs.target.length(at: index))
      guard source * target > mostAttention else { continue }
      throw .longValidationPair(place: text.place(of: index), source: source, target: target)
    }
  }

  /// The loss of the validation pairs, which go from the shortest to the longest.
  func validationLoss(
    _ model: SequenceModel, _ weights: Parameters, _ workspace: Workspace, batchTokens: Int
  ) -> Loss {
    let plan = BatchPlan(lengths: validationLengths, batchTokens: batchTokens)
    let pass = Pass(weights: weights, workspace: workspace)
    var loss = Loss()
    for index in 0..<plan.count {
      workspace.reset()
      let batch = validation.batch(at: index, of: plan)
      let losses = model.losses(batch, pass)
      loss += Loss(sum: losses.reduce(0) { $0 + Double($1) }, count: losses.count)
    }
    return loss
  }
}

extension DataConfiguration {
  /// Where the two sides of a pair stand in a line; the keys of JSON Lines are the languages' codes.
  package var layout: CorpusLayout {
    CorpusLayout(
      sourceColumn: columns.source, targetColumn: columns.target,
      sourceKey: languages.source ?? "source", targetKey: languages.target ?? "target")
  }
}

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
  /// Tokens of the validation pairs that the vocabularies do not have.
  package let unknownValidationTokens: Int
  /// Tokens of the validation pairs.
  package let validationTokens: Int
}

extension Checksum {
  /// Adds all token numbers, the lowest byte of four first.
  fileprivate mutating func add(_ lines: EncodedLines) {
    // In pieces, so that no second copy of the corpus comes to be.
    let piece = 1 << 16
    for start in stride(from: 0, to: lines.tokenCount, by: piece) {
      var ids: [Int32] = []
      lines.appendIDs(start..<min(start + piece, lines.tokenCount), to: &ids)
      var bytes: [UInt8] = []
      bytes.reserveCapacity(4 * ids.count)
      for id in ids {
        for shift in [0, 8, 16, 24] as [Int32] {
          bytes.append(UInt8(truncatingIfNeeded: id >> shift))
        }
      }
      add(bytes)
    }
  }
}

/// Sentence pairs as token numbers, ready to be cut into batches.
public struct EncodedCorpus: Sendable {
  /// All sources, each with the end of its vocabulary behind it.
  public private(set) var source = EncodedLines()
  /// All targets, likewise.
  public private(set) var target = EncodedLines()
  /// Which pair of the corpus each encoded pair is; they differ once a long pair has been left out.
  public private(set) var origins: [Int32] = []
  /// How many pairs were left out because a side was too long.
  public private(set) var skippedAsTooLong = 0
  /// How many source tokens the vocabulary does not have.
  public private(set) var unknownSourceTokens = 0
  /// How many target tokens the vocabulary does not have.
  public private(set) var unknownTargetTokens = 0

  /// Encodes pairs in order.
  ///
  /// - Parameters:
  ///   - pairs: the text.
  ///   - source: the codec of the source language.
  ///   - target: the codec of the target language.
  ///   - maximumSourceLength: pairs with more source tokens, the end included, are left out and counted.
  ///   - maximumTargetLength: the same for the target.
  public init(
    _ pairs: some Sequence<SentencePair>, source: TextCodec, target: TextCodec,
    maximumSourceLength: Int = .max, maximumTargetLength: Int = .max
  ) {
    var sourceEncoder = LineEncoder(source)
    var targetEncoder = LineEncoder(target)
    for (index, pair) in pairs.enumerated() {
      self.source.append { ids in
        sourceEncoder.append(pair.source, to: &ids)
        ids.append(source.vocabulary.end)
      }
      self.target.append { ids in
        targetEncoder.append(pair.target, to: &ids)
        ids.append(target.vocabulary.end)
      }
      let row = origins.count
      if self.source.length(at: row) > maximumSourceLength
        || self.target.length(at: row) > maximumTargetLength
      {
        self.source.removeLast()
        self.target.removeLast()
        skippedAsTooLong += 1
      } else {
        origins.append(Int32(index))
      }
    }
    unknownSourceTokens = self.source.ids.count { $0 == source.vocabulary.unknown }
    unknownTargetTokens = self.target.ids.count { $0 == target.vocabulary.unknown }
  }

  /// Pairs that are encoded already.
  public init(_ pairs: some Sequence<EncodedPair>) {
    for (index, pair) in pairs.enumerated() {
      source.append(pair.source)
      target.append(pair.target)
      origins.append(Int32(index))
    }
  }

  /// The number of pairs.
  public var count: Int { origins.count }

  /// One pair.
  public subscript(index: Int) -> EncodedPair {
    EncodedPair(source: Array(source[index]), target: Array(target[index]))
  }

  /// The length of the longest source, end included; 0 for an empty corpus.
  public var longestSource: Int {
    (0..<count).reduce(0) { max($0, source.length(at: $1)) }
  }

  /// One batch of a plan that was made for this corpus.
  public func batch(at index: Int, of plan: BatchPlan) -> Batch {
    Batch(plan.indices(at: index), of: self)
  }
}

/// Sentence pairs as token numbers, ready to be cut into batches.
package struct EncodedCorpus: Sendable {
  /// All sources, each with the end of its vocabulary after it.
  package private(set) var source = EncodedLines()
  /// All targets, likewise.
  package private(set) var target = EncodedLines()
  /// The number that every target begins after.
  package let begin: Int32
  /// Which pair of the corpus each encoded pair is; they differ once a long pair has been left out.
  package private(set) var origins: [Int32] = []
  /// How many pairs were left out because a side was too long.
  package private(set) var skippedAsTooLong = 0
  /// How many source tokens the vocabulary does not have.
  package private(set) var unknownSourceTokens = 0
  /// How many target tokens the vocabulary does not have.
  package private(set) var unknownTargetTokens = 0

  /// Pairs that a thread encodes at a time: the work of some ten milliseconds.
  static let part = 8192

  /// Encodes pairs, in order and with the same result on any number of threads.
  ///
  /// - Parameters:
  ///   - pairs: the text.
  ///   - source: the codec of the source language.
  ///   - target: the codec of the target language.
  ///   - maximumSourceLength: pairs with more source tokens, the end included, are left out and counted.
  ///   - maximumTargetLength: the same for the target.
  ///   - threads: threads that encode.
  package init(
    _ pairs: ParallelCorpus, source: TextCodec, target: TextCodec,
    maximumSourceLength: Int = .max, maximumTargetLength: Int = .max, threads: Int = 1
  ) {
    self = Parallel.reduce(
      into: EncodedCorpus(begin: target.vocabulary.begin),
      parts: (pairs.count + Self.part - 1) / Self.part, threads: threads,
      state: { PairEncoder(source, target, maximumSourceLength, maximumTargetLength) },
      part: { encoder, part in
        let start = part * Self.part
        var encoded = EncodedCorpus(begin: target.vocabulary.begin)
        for index in start..<min(start + Self.part, pairs.count) {
          encoded.append(pairs, index, &encoder)
        }
        return encoded
      },
      join: { $0.append($1, expecting: pairs.count) })
  }

  /// The same pairs as another epoch meets them.
  ///
  /// Each of the `variants` counts for a source with a chance of one half, and each merge of byte pairs is left out
  /// with a chance of `probability`, so that a model meets the same word in many guises (Provilkov, Emelianenko and
  /// Voita 2020, arXiv:1910.13267). A pair that becomes too long stays as it is here. The result does not depend on
  /// `threads`.
  ///
  /// - Parameters:
  ///   - text: the pairs that this corpus was made of.
  ///   - source: the codec of the source language.
  ///   - target: the codec of the target language.
  ///   - probability: the chance that a merge is left out, at each step, in `0..<1`.
  ///   - variants: other ways in which sources may be written.
  ///   - maximumSourceLength: the most source tokens, the end included.
  ///   - maximumTargetLength: the same for the target.
  ///   - threads: threads that encode.
  ///   - generator: the chance of the pair of this number in the text.
  package func redrawn<Generator: RandomNumberGenerator & SendableMetatype>(
    from text: ParallelCorpus, source: TextCodec, target: TextCodec,
    dropping probability: Double, variants: [SourceVariant] = [], maximumSourceLength: Int = .max,
    maximumTargetLength: Int = .max, threads: Int = 1, generator: @Sendable (Int) -> Generator
  ) -> EncodedCorpus {
    precondition((0..<1).contains(probability), "a dropout of \(probability) is not in 0..<1")
    let threshold = probability == 0 ? nil : UInt64(probability * 0x1p64)
    return Parallel.reduce(
      into: EncodedCorpus(begin: begin), parts: (count + Self.part - 1) / Self.part,
      threads: threads,
      state: { PairEncoder(source, target, maximumSourceLength, maximumTargetLength) },
      part: { encoder, part in
        let start = part * Self.part
        var drawn = EncodedCorpus(begin: begin)
        for row in start..<min(start + Self.part, count) {
          var random = generator(Int(origins[row]))
          let chosen = variants.filter { _ in random.next() as UInt64 >> 63 == 1 }
          drawn.append(
            text, Int(origins[row]), &encoder, chosen, else: self[row],
            isDropped: threshold.map { threshold in { random.next() < threshold } })
        }
        return drawn
      },
      join: { $0.append($1, expecting: count) })
  }

  /// Pairs that are encoded already, whose targets begin after `begin`; `unknown` is the number of tokens that the
  /// vocabulary of the targets does not have.
  package init(
    _ pairs: some Sequence<EncodedPair> = EmptyCollection<EncodedPair>(), begin: Int32,
    unknown: Int32? = nil
  ) {
    self.begin = begin
    for (index, pair) in pairs.enumerated() {
      source.append(pair.source)
      target.append(pair.target)
      origins.append(Int32(index))
      unknownTargetTokens += pair.target.count { $0 == unknown }
    }
  }

  /// The number of pairs.
  package var count: Int { origins.count }

  /// One pair.
  package subscript(index: Int) -> EncodedPair {
    EncodedPair(source: source[index], target: target[index])
  }

  /// The length of the longest source, end included; 0 for an empty corpus.
  package var longestSource: Int {
    (0..<count).reduce(0) { max($0, source.length(at: $1)) }
  }

  /// A batch of these pairs, such as a ``BatchPlan`` puts together.
  package func batch(of indices: ArraySlice<Int32>) -> Batch {
    Batch(indices, of: self)
  }

  private mutating func append(
    _ pairs: ParallelCorpus, _ index: Int, _ encoder: inout PairEncoder
  ) {
    let (sources, targets) = (pairs.sources, pairs.targets)
    guard
      encoder.encode(
        sources.bytes.span.extracting(sources.range(at: index)),
        targets.bytes.span.extracting(targets.range(at: index)))
    else {
      skippedAsTooLong += 1
      return
    }
    source.append(encoder.source.ids)
    target.append(encoder.target.ids)
    origins.append(Int32(index))
    unknownSourceTokens += encoder.source.unknownTokens
    unknownTargetTokens += encoder.target.unknownTokens
  }

  private mutating func append(
    _ pairs: ParallelCorpus, _ index: Int, _ encoder: inout PairEncoder,
    _ variants: [SourceVariant], else whole: EncodedPair, isDropped: (() -> Bool)?
  ) {
    let (sources, targets) = (pairs.sources, pairs.targets)
    let target = targets.bytes.span.extracting(targets.range(at: index))
    let line = sources.bytes.span.extracting(sources.range(at: index))
    let fits =
      variants.isEmpty
      ? encoder.encode(line, target, isDropped: isDropped)
      : encoder.encode(variants.written(line).span, target, isDropped: isDropped)
    source.append(fits ? encoder.source.ids : whole.source)
    self.target.append(fits ? encoder.target.ids : whole.target)
    origins.append(Int32(index))
  }

  /// Adds what follows, of about `total` pairs in the end.
  private mutating func append(_ part: EncodedCorpus, expecting total: Int) {
    let isFirst = count == 0
    source.append(contentsOf: part.source)
    target.append(contentsOf: part.target)
    origins.append(contentsOf: part.origins)
    skippedAsTooLong += part.skippedAsTooLong
    unknownSourceTokens += part.unknownSourceTokens
    unknownTargetTokens += part.unknownTargetTokens
    if isFirst && count > 0 {
      // Growing by doubling would hold everything twice for a moment.
      let factor = 1.1 * Double(total) / Double(count + skippedAsTooLong)
      source.reserve(times: factor)
      target.reserve(times: factor)
      origins.reserveCapacity(total)
    }
  }
}

/// What a thread that encodes has to itself.
private struct PairEncoder {
  var source: Side
  var target: Side

  /// One side of the pair at hand.
  struct Side {
    let vocabulary: Vocabulary
    let maximumLength: Int
    var encoder: LineEncoder
    var ids: [Int32] = []

    init(_ codec: TextCodec, _ maximumLength: Int) {
      vocabulary = codec.vocabulary
      self.maximumLength = maximumLength
      encoder = LineEncoder(codec)
    }

    var unknownTokens: Int { ids.count { $0 == vocabulary.unknown } }

    /// Encodes a line with its end, and says whether it is short enough.
    mutating func encode(_ line: Span<UInt8>) -> Bool {
      ids.removeAll(keepingCapacity: true)
      encoder.append(line, to: &ids)
      ids.append(vocabulary.end)
      return ids.count <= maximumLength
    }

    /// As ``encode(_:)``, with merges of byte pairs left out as `isDropped` decides.
    mutating func encode(_ line: Span<UInt8>, isDropped: () -> Bool) -> Bool {
      ids.removeAll(keepingCapacity: true)
      encoder.append(line, to: &ids, isDropped: isDropped)
      ids.append(vocabulary.end)
      return ids.count <= maximumLength
    }
  }

  init(
    _ source: TextCodec, _ target: TextCodec, _ maximumSourceLength: Int,
    _ maximumTargetLength: Int
  ) {
    self.source = Side(source, maximumSourceLength)
    self.target = Side(target, maximumTargetLength)
  }

  mutating func encode(_ source: Span<UInt8>, _ target: Span<UInt8>) -> Bool {
    self.source.encode(source) && self.target.encode(target)
  }

  mutating func encode(
    _ source: Span<UInt8>, _ target: Span<UInt8>, isDropped: (() -> Bool)?
  ) -> Bool {
    guard let isDropped else { return encode(source, target) }
    return self.source.encode(source, isDropped: isDropped)
      && self.target.encode(target, isDropped: isDropped)
  }
}

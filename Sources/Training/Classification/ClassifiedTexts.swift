import DragomanModels
import DragomanText

/// Texts as numbers, each with its class.
struct ClassifiedTexts: Sendable {
  /// The texts, each with its end.
  private(set) var texts = EncodedLines()
  /// The number of each text's class.
  private(set) var classes: [Int32] = []
  /// Which example of the corpus each is.
  private(set) var origins: [Int] = []
  /// How many were left out because they are too long.
  private(set) var skippedAsTooLong = 0
  /// How many tokens the vocabulary does not have.
  private(set) var unknownTokens = 0

  /// Encodes examples; those with more than `maximumLength` tokens, the end included, are left out and counted.
  ///
  /// - Throws: ``ClassificationError/unknownClass(place:name:nearest:known:)``.
  init(
    _ corpus: ParallelCorpus, _ codec: TextCodec, _ labels: ClassLabels,
    maximumLength: Int = .max
  ) throws(ClassificationError) {
    let unknown = codec.vocabulary.unknown
    let lines = codec.encode(corpus.sources)
    for (index, number) in try labels.numbers(of: corpus).enumerated() {
      let ids = lines[index]
      guard ids.count <= maximumLength else {
        skippedAsTooLong += 1
        continue
      }
      texts.append(ids)
      classes.append(number)
      origins.append(index)
      unknownTokens += ids.count { $0 == unknown }
    }
  }

  /// The same examples with their texts cut otherwise.
  func redrawn(_ texts: EncodedLines) -> ClassifiedTexts {
    var result = self
    result.texts = texts
    return result
  }

  /// The number of examples.
  var count: Int { classes.count }

  /// The lengths by which batches are made: those of the texts.
  var lengths: BatchLengths {
    let lengths = (0..<count).map { texts.length(at: $0) }
    return BatchLengths(source: lengths, target: lengths)
  }

  /// Some of the examples.
  func batch(_ indices: some Collection<Int32>) -> (
    source: Source, classes: [Int32]
  ) {
    (.tokens(indices.map { texts[Int($0)] }), indices.map { classes[Int($0)] })
  }
}

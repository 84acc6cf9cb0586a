import DragomanImages
import DragomanModels
import DragomanTensor
import DragomanText
import DragomanTranslation

/// The captions of one part of the data as token numbers, and what they are about.
struct CaptionExamples: Sendable {
  /// What captions are about, each example once.
  enum Content: Sendable {
    /// Images, and how they are changed in training.
    case images(PreparedImages, Augmentation)
    /// Lists of rows of features, which are read when they are needed.
    case features(FeatureExamples, FeaturePreparation)
  }

  /// The examples.
  let content: Content
  /// The captions, each with its end; sources are empty.
  let captions: EncodedCorpus
  /// The number of each caption's example.
  private let numbers: [Int32]
  /// Captions that were left out because they, or the rows of their example, are too many.
  let skippedAsTooLong: Int

  /// Encodes the captions of a list, of which those with more than `maximumLength` tokens, the end included, are left
  /// out, as are those about more than `maximumRows` rows.
  init(
    _ list: CaptionList, _ content: Content, _ target: TextCodec, maximumLength: Int = .max,
    maximumRows: Int = .max
  ) {
    self.content = content
    let lines = target.encode(list.pairs.targets)
    var (pairs, numbers) = ([EncodedPair](), [Int32]())
    for (index, number) in list.numbers.enumerated() {
      let ids = lines[index]
      guard ids.count <= maximumLength, content.length(at: Int(number)) <= maximumRows else {
        continue
      }
      pairs.append(EncodedPair(source: [], target: ids))
      numbers.append(number)
    }
    captions = EncodedCorpus(
      pairs, begin: target.vocabulary.begin, unknown: target.vocabulary.unknown)
    self.numbers = numbers
    skippedAsTooLong = list.numbers.count - numbers.count
  }

  /// Tokens that the vocabulary does not have.
  var unknownTokens: Int { captions.unknownTargetTokens }
  /// The number of captions.
  var count: Int { captions.count }
  /// The lengths by which batches are made: those of the captions.
  var lengths: BatchLengths { BatchLengths(captions) }
  /// Rows of the longest example; 1 of images.
  var longestExample: Int { numbers.reduce(0) { max($0, content.length(at: Int($1))) } }
  /// Rows of the examples of all captions, or how many captions there are about images.
  var positions: Int { numbers.reduce(0) { $0 + content.length(at: Int($1)) } }
  /// The example of a caption.
  func example(of caption: Int) -> Int { Int(numbers[caption]) }

  /// Some of the captions with what they are about.
  func batch(_ indices: some Collection<Int32>) throws -> (batch: Batch, source: Source) {
    try batch(indices) { _, number in try content.numbers(at: number) }
  }

  /// Some of the captions for training; images are changed by chance that follows from seed, epoch and caption.
  func batch(
    _ indices: some Collection<Int32>, seed: UInt64, epoch: Int
  ) throws -> (batch: Batch, source: Source) {
    try batch(indices) { caption, number in
      try content.numbers(at: number) { Random(seed: seed, epoch: epoch, pair: caption) }
    }
  }

  private func batch(
    _ indices: some Collection<Int32>,
    _ numbers: (_ caption: Int, _ example: Int) throws -> [Float]
  ) throws -> (batch: Batch, source: Source) {
    let lists = try indices.map { try numbers(Int($0), example(of: Int($0))) }
    let batch = Batch(indices.map { captions[Int($0)] }, begin: captions.begin)
    switch content {
    case .images(let images, _):
      return (batch, .images(lists.flatMap(\.self), images.preparation.shape))
    case .features(_, let preparation):
      return (batch, .features(FeatureRows(lists, size: preparation.size)))
    }
  }
}

extension CaptionExamples.Content {
  /// The rows of an example; 1 of an image.
  func length(at index: Int) -> Int {
    switch self {
    case .images: 1
    case .features(let features, _): features.lengths[index]
    }
  }

  /// What the model reads of an example; `random` draws how an image is changed, if it is.
  fileprivate func numbers(at index: Int, random: (() -> Random)? = nil) throws -> [Float] {
    switch self {
    case .images(let images, let augmentation):
      images.numbers(at: index, random == nil ? nil : augmentation) {
        random?() ?? Random(seed: 0, stream: 0)
      }
    case .features(let features, let preparation):
      preparation.numbers(of: try features.rows(at: index))
    }
  }

  /// An example with a name, for a model that writes about it.
  func example(at index: Int, named name: String) throws -> CaptionExample {
    switch self {
    case .images(let images, _):
      CaptionExample(name, fitted: images.image(at: index), images.preparation)
    case .features(let features, let preparation):
      CaptionExample(name, rows: try features.rows(at: index), preparation)
    }
  }
}

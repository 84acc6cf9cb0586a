import DragomanImages
import DragomanModels
import DragomanTensor
import DragomanText

/// The examples of one part of the data.
enum ClassifiedExamples: Sendable {
  /// Texts.
  case texts(ClassifiedTexts)
  /// Images, and how they are changed in training.
  case images(ClassifiedImages, Augmentation)
  /// Lists of rows of features.
  case features(ClassifiedFeatures)

  /// How many there are.
  var count: Int {
    switch self {
    case .texts(let texts): texts.count
    case .images(let images, _): images.count
    case .features(let features): features.count
    }
  }

  /// The number of each example's class.
  var classes: [Int32] {
    switch self {
    case .texts(let texts): texts.classes
    case .images(let images, _): images.classes
    case .features(let features): features.classes
    }
  }

  /// What batches are made by: the lengths of texts and features, 1 for each image.
  var lengths: BatchLengths {
    switch self {
    case .texts(let texts): texts.lengths
    case .images(let images, _):
      BatchLengths(
        source: .init(repeating: 1, count: images.count),
        target: .init(repeating: 1, count: images.count))
    case .features(let features): features.lengths
    }
  }

  /// Some of the examples as they are.
  func batch(
    _ indices: some Collection<Int32>
  ) throws -> (source: Source, classes: [Int32]) {
    switch self {
    case .texts(let texts): texts.batch(indices)
    case .images(let images, _): images.batch(indices)
    case .features(let features): try features.batch(indices)
    }
  }

  /// Some of the examples for training; images are changed by chance that follows from seed, epoch and example.
  func batch(
    _ indices: some Collection<Int32>, seed: UInt64, epoch: Int
  ) throws -> (source: Source, classes: [Int32]) {
    switch self {
    case .texts(let texts): texts.batch(indices)
    case .features(let features): try features.batch(indices)
    case .images(let images, let augmentation):
      images.batch(indices, augmentation) { Random(seed: seed, epoch: epoch, pair: $0) }
    }
  }
}

/// What a classifier reads, whose sizes its parameters depend on.
package enum ClassifierInput: Sendable, Hashable {
  /// Texts, whose tokens have so many numbers.
  case texts(vocabulary: Int)
  /// Images of one size.
  case images(ImageShape)
  /// Rows of so many numbers.
  case features(size: Int)
}

/// The examples of a batch, as a classifier reads them.
package enum ClassifierSource: Sendable {
  /// Texts.
  case texts(Source)
  /// Images, one after the other: `[B·H·W·C]` numbers, normalised.
  case images([Float], ImageShape)
  /// Rows of features, normalised.
  case features(FeatureRows)

  /// How many there are.
  package var count: Int {
    switch self {
    case .texts(let source): source.count
    case .images(let numbers, let shape): numbers.count / max(shape.count, 1)
    case .features(let rows): rows.count
    }
  }

  /// What an encoder of sequences reads; `nil` of images.
  var sequence: Source? {
    switch self {
    case .texts(let source): source
    case .features(let rows): .features(rows)
    case .images: nil
    }
  }
}

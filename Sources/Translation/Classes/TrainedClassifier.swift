package import DragomanModels
package import DragomanTensor
package import DragomanText

/// A classifier with weights, with what makes numbers of what it reads, and with the names of its classes.
package struct TrainedClassifier: Sendable {
  /// What makes numbers of examples.
  package enum Reading: Sendable {
    /// Texts, by tokenizer and vocabulary.
    case texts(TextCodec)
    /// Images, by size, means and deviations.
    case images(ImagePreparation)
    /// Rows of features, by means and deviations.
    case features(FeaturePreparation)

    /// Makes numbers of texts; `nil` for images and features.
    package var codec: TextCodec? {
      switch self {
      case .texts(let codec): codec
      case .images, .features: nil
      }
    }

    /// What the model's sizes depend on.
    package var input: SourceShape {
      switch self {
      case .texts(let codec): .tokens(vocabulary: codec.vocabulary.count)
      case .images(let preparation): .images(preparation.shape)
      case .features(let preparation): .features(size: preparation.size)
      }
    }
  }

  /// The architecture.
  package let model: Classifier
  /// The weights.
  package let weights: Parameters
  /// Makes numbers of examples.
  package let reading: Reading
  /// The names of the classes, in the order of the scores.
  package let labels: [String]

  /// A classifier for so many classes as there are names.
  package init(
    _ model: Classifier, _ weights: Parameters, reading: Reading, labels: [String]
  ) {
    precondition(
      labels.count == model.classes, "\(labels.count) names of \(model.classes) classes")
    (self.model, self.weights) = (model, weights)
    (self.reading, self.labels) = (reading, labels)
  }

  /// Makes numbers of texts; `nil` if the model reads something else.
  package var codec: TextCodec? { reading.codec }
}

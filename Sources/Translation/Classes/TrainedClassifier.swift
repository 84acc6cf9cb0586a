package import DragomanModels
package import DragomanTensor
package import DragomanText

/// A classifier with weights, with what makes numbers of what it reads, and with the names of its classes.
package struct TrainedClassifier: Sendable {
  /// The architecture.
  package let model: Classifier
  /// The weights.
  package let weights: Parameters
  /// Makes numbers of examples.
  package let reading: SourceReading
  /// The names of the classes, in the order of the scores.
  package let labels: [String]

  /// A classifier for so many classes as there are names.
  package init(
    _ model: Classifier, _ weights: Parameters, reading: SourceReading, labels: [String]
  ) {
    precondition(
      labels.count == model.classes, "\(labels.count) names of \(model.classes) classes")
    (self.model, self.weights) = (model, weights)
    (self.reading, self.labels) = (reading, labels)
  }

  /// Makes numbers of texts; `nil` if the model reads something else.
  package var codec: TextCodec? { reading.codec }
}

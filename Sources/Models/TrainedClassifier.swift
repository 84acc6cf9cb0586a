package import DragomanTensor
package import DragomanText

/// A classifier with weights, with what makes numbers of text, and with the names of its classes.
package struct TrainedClassifier: Sendable {
  /// The architecture.
  package let model: Classifier
  /// The weights.
  package let weights: Parameters
  /// Reads texts.
  package let source: TextCodec
  /// The names of the classes, in the order of the scores.
  package let labels: [String]

  /// A classifier for so many classes as there are names.
  package init(
    _ model: Classifier, _ weights: Parameters, source: TextCodec, labels: [String]
  ) {
    precondition(
      labels.count == model.classes, "\(labels.count) names of \(model.classes) classes")
    (self.model, self.weights) = (model, weights)
    (self.source, self.labels) = (source, labels)
  }
}

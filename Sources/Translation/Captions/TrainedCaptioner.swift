package import DragomanModels
package import DragomanTensor
package import DragomanText

/// A model that writes about images or features, with weights, with what makes numbers of what it reads, and with what
/// makes text of the numbers that it writes.
package struct TrainedCaptioner: Sendable {
  /// The architecture.
  package let model: SequenceModel
  /// The weights.
  package let weights: Parameters
  /// Makes numbers of images or of features.
  package let reading: SourceReading
  /// Writes captions.
  package let target: TextCodec

  /// A model and what it was made for.
  package init(
    _ model: SequenceModel, _ weights: Parameters, reading: SourceReading, target: TextCodec
  ) {
    precondition(
      reading.input == model.reading && reading.codec == nil,
      "a captioning model of \(model.reading) for \(reading.input)")
    precondition(
      target.vocabulary.count == model.targetVocabulary,
      "\(target.vocabulary.count) tokens for a model of \(model.targetVocabulary)")
    (self.model, self.weights) = (model, weights)
    (self.reading, self.target) = (reading, target.of(.target))
  }
}

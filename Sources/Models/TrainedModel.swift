package import DragomanTensor
package import DragomanText

/// A model with weights, and with what makes numbers of text and text of numbers: all that it takes to use it.
package struct TrainedModel: Sendable {
  /// The architecture.
  package let model: SequenceModel
  /// The weights.
  package let weights: Parameters
  /// Reads sources.
  package let source: TextCodec
  /// Writes targets.
  package let target: TextCodec

  /// A model and its codecs, whose vocabularies are those the model was made for; one codec may do for both sides.
  package init(
    _ model: SequenceModel, _ weights: Parameters, source: TextCodec, target: TextCodec
  ) {
    (self.model, self.weights) = (model, weights)
    (self.source, self.target) = (source.of(.source), target.of(.target))
  }
}

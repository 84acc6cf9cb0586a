package import DragomanLayers
package import DragomanTensor

/// A model ready to write: its encoder, and its decoder with weights packed once.
///
/// Every number of a sentence is computed from its own rows alone, in an order that does not depend on
/// the others, so a translation does not depend on what stands beside it in a batch.
package struct PackedModel: Sendable {
  /// The architecture.
  package let model: SequenceModel
  /// The weights.
  package let weights: Parameters
  private let decoder: PackedDecoder

  /// Packs weights, which must not change as long as the result is in use.
  ///
  /// A screen changes no result. By default there is one where it makes decoding faster.
  package init(
    _ model: SequenceModel, weights: Parameters, _ kernels: Kernels, withScreen: Bool? = nil
  ) {
    self.model = model
    self.weights = weights
    decoder = model.decoder.packed(
      weights, kernels, withScreen: withScreen ?? kernels.screensAreFast)
  }

  /// What stands between the decoder and the vocabulary.
  package var readout: PackedReadout { decoder.readout }

  /// Encodes sources, those of tokens ending in their end token, and returns the state before the first step, a row for
  /// each, and how many positions each source has.
  package func start(_ sources: Source, _ pass: Pass) -> (state: DecoderState, lengths: [Int]) {
    let encoded = model.encoder.forward(sources, pass).encoded
    let offsets = encoded.states.offsets
    let lengths = (0..<encoded.states.sentences).map { Int(offsets[$0 + 1] - offsets[$0]) }
    return (decoder.start(encoded, pass), lengths)
  }
}

import DragomanLayers
package import DragomanModels

/// The way through a Transformer's encoder.
package struct TransformerEncoderWalk: Sendable {
  /// Its choices.
  package let configuration: TransformerEncoderConfiguration
  /// What the lowest layer reads.
  package let input: WalkInput
  /// The parts of each layer.
  package let layers: [[WalkPart]]
  /// hᵢ, `[S, D]`: what attention looks at.
  package let states: [[Float]]
}

extension TransformerEncoderWalk {
  /// What an encoder did with the only sentence of a batch.
  init(
    _ encoder: TransformerEncoder, _ trace: TransformerEncoder.Trace, states: [[Float]],
    _ pass: Pass
  ) {
    let recorded = RecordedLayers(pass)
    configuration = encoder.configuration
    self.states = states
    input = .source(recorded, count: states.count)
    layers = WalkPart.layers(
      "encoder", trace.stack, configuration.normalization, recorded)
  }
}

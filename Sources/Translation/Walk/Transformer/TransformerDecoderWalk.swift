import DragomanLayers
package import DragomanModels
import DragomanTensor

/// The way through a Transformer's decoder.
package struct TransformerDecoderWalk: Sendable {
  /// Its choices.
  package let configuration: TransformerDecoderConfiguration
  /// What the lowest layer reads.
  package let input: WalkInput
  /// The parts of each layer.
  package let layers: [[WalkPart]]
  /// s, `[T, D]`: what the readout reads.
  package let states: [[Float]]
  /// How the loss changes with these numbers, if that was asked for.
  package let gradients: Gradients?

  /// How the loss changes with the numbers of the way.
  package struct Gradients: Sendable {
    /// ∂s, `[T, D]`.
    package let states: [[Float]]
    /// ∂α and ∂e of attention to the source, for each layer, step and head.
    package let cross: [[[WalkView]]]
  }
}

extension TransformerDecoderWalk {
  /// What a decoder did with the only pair of a batch, and what all decoders leave of it.
  static func walk(
    _ decoder: TransformerDecoder, _ trace: TransformerDecoder.Trace, _ pass: Pass,
    back: Recorder?
  ) -> (walk: TransformerDecoderWalk, steps: WalkDecoder.Steps) {
    let recorded = RecordedLayers(pass)
    let configuration = decoder.configuration
    let states = trace.features.vectors
    let weights = decoder.attention(trace, pass)
    let walk = TransformerDecoderWalk(
      configuration: configuration, input: .target(recorded, count: states.count),
      layers: WalkPart.layers(
        "decoder", trace.stack, configuration.normalization, recorded),
      states: states,
      gradients: back.map {
        Gradients(
          RecordedLayers($0, pass.weights.layout), decoder.crossHeads, layers: configuration.layers,
          sources: weights.columns)
      })
    return (
      walk,
      WalkDecoder.Steps(
        weights: weights.vectors,
        logits: decoder.readout.output.linear.forward(trace.features, pass).vectors)
    )
  }
}

extension TransformerDecoderWalk.Gradients {
  /// What came back to a decoder with so many layers over so many source positions.
  fileprivate init(
    _ recorded: RecordedLayers, _ heads: AttentionHeads, layers: Int, sources: Int
  ) {
    states = recorded[.featureGradient]
    cross = (0..<layers).map { layer in
      let output = "decoder.\(layer).cross.output.weight"
      return WalkView.views(
        heads, sources: sources, scores: recorded[Recorder.Value.headScoreGradient, output],
        weights: recorded[Recorder.Value.headWeightGradient, output])
    }
  }
}

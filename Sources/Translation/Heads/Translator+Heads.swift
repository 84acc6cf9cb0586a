import DragomanLayers
package import DragomanModels
import DragomanTensor
import DragomanText

extension Translator {
  /// Whether several models write together.
  package var isEnsemble: Bool { packed.count > 1 }

  /// The layers and heads by which the decoder looks at the source; `nil` if it has none, or if several models write.
  package var heads: TransformerDecoderConfiguration? {
    isEnsemble ? nil : model.model.configuration.decoder.transformer
  }

  /// Whether a part of the model has heads, and no other model writes beside it.
  package var hasHeads: Bool {
    let configuration = model.model.configuration
    return !isEnsemble
      && (configuration.encoder.transformer != nil || configuration.decoder.transformer != nil)
  }

  /// Where every head looked for a translation that this translator made; nothing of several models or an empty line.
  ///
  /// The written tokens are forced once more, as in training: the weights are those of decoding, bit for bit.
  ///
  /// - Complexity: that of one forward pass, and memory for all layers' weights at once.
  package func attentionMaps(of translation: Translation) -> AttentionMaps {
    guard !isEnsemble, !translation.targetIDs.isEmpty else { return AttentionMaps() }
    let pair = EncodedPair(source: translation.sourceIDs, target: translation.targetIDs)
    let pass = Pass(weights: model.weights, workspace: Workspace(kernels: kernels))
    let trace = model.model.forward(
      Batch([pair], begin: model.target.vocabulary.begin), pass)
    return AttentionMaps(trace, source: pair.source.count, target: pair.target.count)
  }
}

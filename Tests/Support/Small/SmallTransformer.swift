package import DragomanLayers
import DragomanModels
package import DragomanTranslation
package import DragomanTensor

extension SmallModel {
  /// Which sides of a model have heads.
  package enum Headed: String, CaseIterable, Sendable {
    case encoder, decoder, both
  }

  /// Layers and heads of a small Transformer's encoder and decoder.
  package static let encoderSizes = (layers: 3, heads: 2)
  package static let decoderSizes = (layers: 2, heads: 4)

  /// A small model one of whose sides, or both, is a Transformer.
  package static func transformer(
    _ headed: Headed = .both, text: [String] = ["a b c d e f g h", "the cat sat on the mat ."],
    seed: UInt64 = 5, normalizer: AttentionHeads.Normalizer = .softmax,
    selfAttention: SelfAttentionKind = .attention
  ) -> ModelFile {
    let file = Self.file(text: text, seed: seed) { model in
      if headed != .decoder {
        var encoder = TransformerEncoderConfiguration()
        (encoder.width, encoder.inner, encoder.normalizer) = (14, 9, normalizer)
        (encoder.layers, encoder.heads) = encoderSizes
        model.encoder = .transformer(encoder)
      }
      if headed != .encoder {
        var decoder = TransformerDecoderConfiguration()
        (decoder.width, decoder.inner, decoder.normalizer) = (12, 11, normalizer)
        (decoder.layers, decoder.heads) = decoderSizes
        decoder.selfAttention = selfAttention
        model.decoder = .transformer(decoder)
        // Keys that do not count have their defaults.
        model.attention = AttentionConfiguration()
      } else {
        model.recurrentDecoder.initialState = .mean
      }
    }
    // Normalised features need no larger weights to say more than one thing: with them they say but one.
    if headed != .encoder { Kernels(threads: 1).scale(file.weights.slab, by: 1 / 3) }
    return file
  }
}

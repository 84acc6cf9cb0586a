package import DragomanModels
package import DragomanTranslation

extension SmallModel {
  /// A small model with a Transformer on both sides, of whose widths no two are equal; `change` may put other
  /// families in their places.
  package static func combination(
    text: [String] = ["a b c d e f g h", "the cat sat on the mat ."], vocabularySize: Int = 60,
    changing change: (
      inout TransformerEncoderConfiguration, inout TransformerDecoderConfiguration,
      inout ModelConfiguration
    ) -> Void = { _, _, _ in }
  ) -> ModelFile {
    file(text: text, vocabularySize: vocabularySize) { model in
      var encoder = TransformerEncoderConfiguration()
      (encoder.width, encoder.layers, encoder.heads, encoder.inner) = (6, 2, 3, 7)
      var decoder = TransformerDecoderConfiguration()
      (decoder.width, decoder.layers, decoder.heads, decoder.inner) = (10, 3, 2, 5)
      let (oldEncoder, oldDecoder) = (model.encoder, model.decoder)
      change(&encoder, &decoder, &model)
      if model.encoder == oldEncoder { model.encoder = .transformer(encoder) }
      if model.decoder == oldDecoder { model.decoder = .transformer(decoder) }
    }
  }
}

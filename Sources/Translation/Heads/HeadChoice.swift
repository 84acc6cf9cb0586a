/// A head of a Transformer's decoder, or all of a layer, counted from 0.
package struct HeadChoice: Sendable, Equatable {
  /// The layer.
  package let layer: Int
  /// The head; `nil` for the mean of the layer's.
  package let head: Int?

  /// A head, or all of a layer.
  package init(layer: Int, head: Int?) {
    (self.layer, self.head) = (layer, head)
  }

  /// The translation, made by this translator, with the weights of this head as its attention.
  package func seen(_ translation: Translation, by translator: Translator) -> Translation {
    let layers = translator.attentionMaps(of: translation).source
    guard !layers.isEmpty else { return translation }
    var result = translation
    result.attention = head.map { layers[layer].weights(of: $0) } ?? layers[layer].mean
    return result
  }
}

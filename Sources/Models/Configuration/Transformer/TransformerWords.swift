extension TransformerEncoderConfiguration {
  /// The encoder in words.
  var words: String {
    "Transformer encoder, " + sizesInWords(width, layers, heads, inner)
  }
}

extension TransformerDecoderConfiguration {
  /// The decoder in words.
  var words: String {
    "Transformer decoder, " + sizesInWords(width, layers, heads, inner)
  }
}

private func sizesInWords(_ width: Int, _ layers: Int, _ heads: Int, _ inner: Int) -> String {
  "\(layers) layer\(layers == 1 ? "" : "s") of width \(width), \(heads) head\(heads == 1 ? "" : "s"), inner \(inner)"
}

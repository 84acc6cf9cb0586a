package import DragomanFormats

extension EncoderConfiguration {
  /// A residual connection that has nothing to connect.
  package var conflicts: [ConfigurationConflict] {
    residualConflict("encoder", residual, layers: layers)
  }
}

extension DecoderConfiguration {
  /// A residual connection that has nothing to connect.
  package var conflicts: [ConfigurationConflict] {
    residualConflict("decoder", residual, layers: layers)
  }
}

/// A residual connection needs a layer below of the same width; the word vectors have another.
private func residualConflict(
  _ side: String, _ residual: Bool, layers: Int
) -> [ConfigurationConflict] {
  guard residual, layers == 1 else { return [] }
  return [
    ConfigurationConflict(
      ["residual", "layers"], because: "a single layer has none below it to add",
      remedies: ["set model.\(side).layers to 2", "set model.\(side).residual to false"])
  ]
}

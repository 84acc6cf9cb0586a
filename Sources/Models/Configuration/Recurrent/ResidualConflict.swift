import DragomanFormats

/// A residual connection needs a layer below of the same width; the word vectors have another.
func residualConflict(
  _ side: String, _ residual: Bool, layers: Int
) -> [ConfigurationConflict] {
  guard residual, layers == 1 else { return [] }
  return [
    ConfigurationConflict(
      ["residual", "layers"], because: "a single layer has none below it to add",
      remedies: ["set model.\(side).layers to 2", "set model.\(side).residual to false"])
  ]
}

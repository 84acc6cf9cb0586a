import DragomanLayers

/// What the lowest layer of a Transformer reads; a row for each token.
package struct WalkInput: Sendable {
  /// X[y], `[N, E]`.
  package let words: [[Float]]
  /// √D X[y], or √D (W X[y] + b) where word vectors have another size than D, `[N, D]`.
  package let scaled: [[Float]]
  /// ρ, `[N, D]`.
  package let positions: [[Float]]
  /// The sum of these two, `[N, D]`.
  package let sums: [[Float]]
}

extension WalkInput {
  /// What was read of the source, which comes first.
  static func source(_ layers: RecordedLayers, count: Int) -> WalkInput {
    WalkInput(layers, table: "encoder.embedding") { Array($0.prefix(count)) }
  }

  /// What was read of the target, which comes last.
  static func target(_ layers: RecordedLayers, count: Int) -> WalkInput {
    WalkInput(layers, table: "decoder.embedding") { Array($0.suffix(count)) }
  }

  private init(
    _ layers: RecordedLayers, table: String, _ own: ([[Float]]) -> [[Float]]
  ) {
    words = own(layers[Recorder.Value.embedded, layers.has(table) ? table : "embedding"])
    scaled = own(layers[.scaled])
    positions = own(layers[.positions])
    sums = own(layers[.placed])
  }
}

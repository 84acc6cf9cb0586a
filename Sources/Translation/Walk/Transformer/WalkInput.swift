import DragomanLayers

/// What the lowest layer of a Transformer reads; a row for each token, or for each patch of an image.
package struct WalkInput: Sendable {
  /// X[y], `[N, E]`, or the pixels of patches.
  package let words: [[Float]]
  /// Of a patch its projection; of a token √D X[y], or √D (W X[y] + b) where word vectors have another size than D,
  /// `[N, D]`.
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

  /// What was read of an image, whose patches hold these pixels; the row of the class, if there is one, has none.
  static func patches(_ layers: RecordedLayers, pixels: [[Float]]) -> WalkInput {
    WalkInput(
      words: pixels, scaled: layers[.scaled], positions: layers[.positions],
      sums: layers[.placed])
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

import DragomanLayers

/// What the lowest layer of a Transformer reads; a row for each token, or for each patch of an image.
package struct WalkInput: Sendable {
  /// X[y], or W f + b of rows of features, `[N, E]`, or the pixels of patches.
  package let words: [[Float]]
  /// Of a patch its projection; of others √D x of these vectors, or √D (W x + b) where they have another size than D,
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
    let features = "encoder.features.weight"
    let vectors =
      layers.has(features)
      ? layers.gave(features) : embedded(layers, table: "encoder.embedding")
    return WalkInput(layers, vectors) { Array($0.prefix(count)) }
  }

  /// What was read of the target, which comes last.
  static func target(_ layers: RecordedLayers, count: Int) -> WalkInput {
    WalkInput(layers, embedded(layers, table: "decoder.embedding")) { Array($0.suffix(count)) }
  }

  /// The rows that were read of a table of word vectors, or of the one that both sides share.
  private static func embedded(_ layers: RecordedLayers, table: String) -> [[Float]] {
    layers[Recorder.Value.embedded, layers.has(table) ? table : "embedding"]
  }

  /// What was read of an image, whose patches hold these pixels; the row of the class, if there is one, has none.
  static func patches(_ layers: RecordedLayers, pixels: [[Float]]) -> WalkInput {
    WalkInput(
      words: pixels, scaled: layers[.scaled], positions: layers[.positions],
      sums: layers[.placed])
  }

  private init(
    _ layers: RecordedLayers, _ vectors: [[Float]], _ own: ([[Float]]) -> [[Float]]
  ) {
    words = own(vectors)
    scaled = own(layers[.scaled])
    positions = own(layers[.positions])
    sums = own(layers[.placed])
  }
}

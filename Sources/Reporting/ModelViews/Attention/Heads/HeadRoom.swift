package import DragomanTranslation

/// How much a page may still hold of the maps of heads, which are computed only where there is room.
package struct HeadRoom {
  /// Tokens that a side may have, its end included.
  static let longest = 100
  /// What each map takes by itself, and what a cell of a large map takes, where a number of a small one takes 1.
  private static let (map, cell) = (50, 15)

  /// What is left: 1,000,000 are about 10 MB.
  private var left: Int

  /// The room of an empty page.
  package init() { self.init(left: 1_000_000) }

  /// So much room.
  init(left: Int) { self.left = left }

  /// Where each head looked for a translation that this translator made.
  package mutating func heads(
    of translation: Translation, by translator: Translator
  ) -> LineHeads {
    guard translator.hasHeads else { return .maps(AttentionMaps()) }
    let (source, target) = (translation.sourceTokens.count, translation.targetTokens.count)
    guard max(source, target) <= Self.longest else { return .tooLong }
    let maps = translator.attentionMaps(of: translation)
    let large = maps.isEmpty ? 0 : source * source + target * target
    return SentenceView.Room.take(Self.size(maps) + Self.cell * large, of: &left)
      ? .maps(maps) : .noRoom
  }

  /// What the small maps of all heads and of their means take.
  private static func size(_ maps: AttentionMaps) -> Int {
    (maps.encoder + maps.decoder + maps.source).reduce(0) { size, layer in
      size + (layer.heads + 1) * map + layer.count + layer.count / layer.heads
    }
  }
}

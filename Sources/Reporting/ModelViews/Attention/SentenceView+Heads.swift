import DragomanPages
import DragomanText
import DragomanTranslation

extension SentenceView {
  /// The width that a map may fill.
  static let room = 1100.0

  /// Where each written token looked in the source.
  var looked: HTML {
    guard hasHeatmap else { return tooLarge("heat map") }
    let excuse = heads?.excuse.map { HTML(.p, [.class("note")], .text($0)) } ?? .nothing
    let title = "translation ← source"
    return HTML(
      .div, [.class("looked")],
      heads?.maps.flatMap { grid("source", title, rows: target, columns: source, $0.source) }
        ?? Heatmap(
          title, rows: target, columns: source, weights: translation.attention, room: Self.room
        ).html,
      excuse)
  }

  /// Where encoder and decoder looked within their own sentences, of those that have heads.
  var ownHeads: HTML {
    guard let maps = heads?.maps else { return .nothing }
    let encoder = grid("encoder", "source ← source", rows: source, columns: source, maps.encoder)
    // A step reads the token before the one that it writes.
    let read = [Vocabulary.specials[1]] + target.dropLast()
    let decoder = grid(
      "decoder", "written ← read before", rows: target, columns: read, maps.decoder)
    return .group([
      encoder.map { part("Where the encoder's heads looked", $0) } ?? .nothing,
      decoder.map { part("Where the decoder's heads looked back", $0) } ?? .nothing,
    ])
  }

  private func grid(
    _ name: String, _ title: String, rows: [String], columns: [String], _ layers: [AttentionLayer]
  ) -> HTML? {
    layers.isEmpty
      ? nil
      : HeadGrid(
        name: "\(name)-\(number)", title: title, rows: rows, columns: columns, layers: layers
      ).html
  }
}

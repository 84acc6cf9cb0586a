import DragomanFormats
import DragomanPages
import DragomanTranslation

/// The heads of one kind of attention: the mean of the last layer's as a large heat map, and beside or above it a small
/// map of each head and of each layer's mean, which choose what the large one shows.
///
/// A small map carries its weights as a byte each, 255 for 1, which the page's script puts into the large one. Its own
/// shades go by their square roots, so that an even look at many tokens is not blank.
struct HeadGrid {
  /// The name that the choice has on its page.
  let name: String
  /// The heading of the large map.
  let title: String
  /// Labels of the queries.
  let rows: [String]
  /// Labels of what they looked at.
  let columns: [String]
  /// The layers, at least one.
  let layers: [AttentionLayer]

  /// The width that the large map may fill: of a page, or beside small ones.
  private static let (room, roomBeside) = (1100.0, 560.0)

  /// The large map and the small ones; a single head has nothing to choose from.
  var html: HTML {
    guard layers.count > 1 || layers[0].heads > 1 else { return large(note: nil) }
    return HTML(
      .div, [.class("heads")],
      HTML(
        .div, [.class("small"), .role("radiogroup"), .label("heads: \(title)")],
        children: layers.indices.map(row)), large(note: Self.label(layers.count - 1, standard)))
  }

  private func large(note: String?) -> HTML {
    Heatmap(
      title, rows: rows, columns: columns, weights: layers[layers.count - 1].mean, note: note,
      room: note == nil ? Self.room : Self.roomBeside
    ).html
  }

  /// The head that is shown first: the mean, if there is more than one.
  private var standard: Int? { layers[layers.count - 1].heads > 1 ? nil : 0 }

  /// What a map shows, in words; no head is the mean.
  private static func label(_ layer: Int, _ head: Int?) -> String {
    "layer \(layer + 1), " + (head.map { "head \($0 + 1)" } ?? "mean of its heads")
  }

  private func row(_ index: Int) -> HTML {
    let layer = layers[index]
    let heads: [Int?] = (layer.heads > 1 ? [nil] : []) + (0..<layer.heads).map { $0 }
    return HTML(
      .div, [.class("layer")],
      children: [HTML(.span, [.class("number")], .text("layer \(index + 1)"))]
        + heads.map { choice(index, $0) })
  }

  private func choice(_ index: Int, _ head: Int?) -> HTML {
    let weights = head.map { layers[index].weights(of: $0) } ?? layers[index].mean
    let isFirst = index == layers.count - 1 && head == standard
    return HTML(
      .label, [.class("head")],
      HTML(
        .input,
        [
          .type("radio"), .choice(name), .label(Self.label(index, head)),
          .data("weights", Base64.text(weights.joined().map(Self.byte))),
        ] + (isFirst ? [.isChecked] : [])),
      Shades.picture(
        weights.map { row in row.map { Shades.shade(Double($0).squareRoot(), of: 1) } },
        class: "map"),
      HTML(.small, .text(head.map { "\($0 + 1)" } ?? "mean")))
  }

  /// A weight from 0 to 1 in 255 parts.
  private static func byte(_ weight: Float) -> UInt8 {
    weight > 0 ? UInt8((255 * min(weight, 1)).rounded()) : 0
  }
}

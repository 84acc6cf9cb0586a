import DragomanPages
import DragomanTranslation

/// The layers of a Transformer's encoder on the page of a walk: x after each part, row by row.
struct TransformerLayerRows {
  let page: any WalkSheet
  let equations: TransformerStackEquations
  let layers: [[WalkPart]]
  let detail: TransformerDetail

  /// The layers, of which all but the last are folded.
  var html: [HTML] { layers.indices.map(rows) }

  private func rows(_ layer: Int) -> HTML {
    let last = layers.count - 1
    let rows = TransformerPartRows(
      page: page, equations: equations, isUnfolding: detail.shown.contains(layer))
    let content = layers[layer].flatMap { part -> [HTML] in
      [
        HTML(.h3, .text(part.title), " ", HTML(.small, HTML(.code, .text(part.name)))),
        HTML(
          .div, [.class("vectors")],
          children: page.words.indices.map { i in
            rows.row(
              part, at: i, page.token(page.words[i], equations.output),
              place: "\(WalkPage.lowered(i + 1)) \(page.isolated(i))", side: "source")
          }),
      ]
    }
    guard last > 0 else { return .group(content) }
    return HTML(
      .details, [.class("layer")] + (layer == last ? [.isOpen] : []),
      children: [HTML(.summary, .text("Layer \(layer + 1)"))] + content)
  }
}

import DragomanLayers
import DragomanModels
import DragomanPages
import DragomanTranslation

/// A recurrent encoder on the page of a walk.
struct RecurrentEncoderSection: WalkEncoderSection {
  private let walk: RecurrentEncoderWalk
  private let page: any WalkSheet
  private let equations: RecurrentEncoderEquations

  /// The section of an encoder's walk.
  init(_ walk: RecurrentEncoderWalk, on page: any WalkSheet) {
    self.walk = walk
    self.page = page
    equations = RecurrentEncoderEquations(walk.configuration)
  }

  var station: HTML {
    let last = walk.layers.count - 1
    return page.station(
      "encoder", "Encoder",
      note: "Each layer reads \(isOfRows ? "the rows one by one" : "the sentence token by token")"
        + (walk.configuration.bidirectional ? ", once from either end" : "")
        + ", and keeps a state h. A strip is the state after reading a \(page.example.place); "
        + "unfold it to see the gates that made it. "
        + "The deepest shade is 1.",
      [page.equation(equations.cell.step)]
        + walk.layers.indices.map { layer in
          let content = layerRows(layer)
          guard last > 0 else { return .group(content) }
          return HTML(
            .details, [.class("layer")] + (layer == last ? [.isOpen] : []),
            children: [HTML(.summary, .text("Layer \(layer + 1)\(layerNote(layer))"))] + content)
        } + memory)
  }

  private var isOfRows: Bool {
    if case .rows = page.example { true } else { false }
  }

  private func layerNote(_ layer: Int) -> String {
    layer == 0
      ? ", which reads the \(isOfRows ? "vectors" : "word vectors")"
      : ", which reads layer \(layer)"
        + (layer == walk.layers.count - 1 ? "; \(page.reader) looks at it" : "")
  }

  private func layerRows(_ layer: Int) -> [HTML] {
    walk.layers[layer].flatMap { recurrence in
      [
        HTML(
          .h3, .text(recurrence.isBackward ? "← from the end" : "→ from the beginning"), " ",
          HTML(.small, HTML(.code, .text(recurrence.name)))),
        HTML(
          .div, [.class("vectors")],
          children: page.words.indices.map { unfolding(recurrence, at: $0) }),
      ]
    }
  }

  /// A state, which unfolds to what made it.
  private func unfolding(_ recurrence: WalkRecurrence, at position: Int) -> HTML {
    let step = recurrence.step(at: position)
    let arrow = recurrence.isBackward ? "←" : "→"
    let symbol = "\(arrow)h_{\(position + 1)}"
    return HTML(
      .details,
      VectorStrip(values: step.state.hidden, scale: .unit).row(
        "\(arrow)h\(WalkPage.lowered(position + 1)) \(page.isolated(position))",
        page.token(page.words[position], symbol),
        as: .summary),
      HTML(
        .div, [.class("gates")],
        children: page.gates(
          step, recurrence.cell, of: "\(arrow)\(WalkPage.lowered(position + 1))")))
  }

  /// What attention looks at.
  private var memory: [HTML] {
    let states = page.states
    return [HTML(.h3, .text("What \(page.reader) looks at")), page.equation([equations.output])]
      + (equations.isSum ? [page.rows(states, .of(states), symbol: "h")] : [])
      + page.keys
  }

  var gradients: [HTML] {
    (walk.gradients ?? []).enumerated().flatMap { layer, directions in
      directions.enumerated().map { direction, rows in
        let arrow = direction == 1 ? "←" : "→"
        return HTML(
          .details,
          HTML(
            .summary, Equation("∂\(arrow)h").html,
            .text(" of layer \(layer + 1): from its readers and from the step after it")),
          page.rows(rows, .of(rows), symbol: "∂\(arrow)h"))
      }
    }
  }
}

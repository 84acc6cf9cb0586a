import DragomanFormats
import DragomanLayers
import DragomanModels
package import DragomanPages
import DragomanTranslation

/// One sentence's ways through several models as a page: where each looked, by which equations, and what came of it.
package struct WalkComparisonPage: Sendable {
  let comparison: WalkComparison

  /// The page of a comparison.
  package init(_ comparison: WalkComparison) { self.comparison = comparison }

  /// The page.
  package var page: Page {
    Page(
      comparison.line,
      subtitle: .text("through \(comparison.ways.count) models, side by side"),
      styles: [Shades.style, WalkStyle.text, Self.style], scripts: [WalkScript.text],
      content: [results, attention, equations, steps] + (hasGradients ? [gradients] : []))
  }

  private static let style: StaticString = """

    .columns.models { grid-template-columns: repeat(auto-fit, minmax(min(14rem, 100%), 1fr)); align-items: start; }
    .columns.models > * { min-width: 0; overflow-x: auto; }
    .columns.models h4 { margin-top: 0.6rem; }

    """

  var hasGradients: Bool { comparison.ways[0].walk.gradients != nil }

  /// What each model shows, beside those of the others and below its name.
  func columns(_ content: (WalkComparison.Way) -> [HTML]) -> HTML {
    HTML(
      .div, [.class("columns models")],
      children: comparison.ways.map { way in
        HTML(.div, children: [HTML(.h4, .foreign(way.name))] + content(way))
      })
  }

  // MARK: Results

  private var results: HTML {
    let rows = comparison.ways.map { way -> [HTML] in
      let walk = way.walk
      return [
        .foreign(way.name), .foreign(walk.text), ExactNumber.html(-walk.loss),
        ExactNumber.html(-walk.loss / Double(max(walk.steps.count, 1))),
      ]
    }
    return .station(
      "result", "What came of it",
      note: comparison.isForced
        ? "The target is given, so that every step of every model is asked for the same token."
        : "Each model writes its own most probable token at each step. With --target all are asked for the same ones.",
      [
        .table(
          head: [
            "model", comparison.isForced ? "target" : "writes", Equation("log p").html,
            "per token",
          ], rows: rows, numeric: [2, 3]),
        columns { [HTML(.p, [.class("note")], .text($0.walk.configuration.words))] },
      ])
  }

  // MARK: Attention

  private var attention: HTML {
    .station(
      "attention", "Where they looked",
      note: "A row is a written token, a column a token of the source.",
      [
        columns { way in
          let walk = way.walk
          return [
            Heatmap(
              "α", rows: walk.steps.map(\.output.text), columns: walk.source.tokens.map(\.text),
              weights: walk.steps.map(\.weights)
            ).html,
            WalkPage(walk).decoder.weightNote,
          ]
        }
      ])
  }

  private var equations: HTML {
    .station(
      "equations", "By which equations",
      note: "The score is where models differ; the softmax and the context are the same"
        + (hasGradients ? ", and so is the backward pass until it comes to the score." : "."),
      [
        columns { way in
          guard case .recurrent = way.walk.decoder else {
            return [.equations(WalkPage(way.walk).decoder.equations)]
          }
          let own = AttentionEquations(way.walk.configuration)
          var lines = own.scorer.score + [own.weights, own.context]
          if hasGradients {
            lines += [own.weightGradient, own.scoreGradient]
            lines += [own.scorer.queryGradient, own.scorer.keyGradient].compactMap { $0 }
            lines.append(own.stateGradient)
          }
          return [.equations(lines)]
        }
      ])
  }
}

import DragomanModels
package import DragomanPages
import DragomanFormats
import DragomanLayers
package import DragomanTranslation

/// A sentence's way through a model as a page: every number beside its equation.
package struct WalkPage: Sendable {
  let walk: Walk
  let equations: WalkEquations

  /// The page of a walk.
  package init(_ walk: Walk) {
    self.walk = walk
    equations = WalkEquations(walk.configuration)
  }

  /// The page.
  package var page: Page {
    Page(
      walk.source.line, subtitle: subtitle, styles: [Shades.style, WalkStyle.text],
      scripts: [WalkScript.text],
      content: [route, tokens, embeddings, encoder, start, decoder, result]
        + (walk.gradients.map { [gradients($0)] } ?? []))
  }

  /// Tokens of both sides.
  var words: [String] { walk.source.tokens.map(\.text) }

  private var subtitle: HTML {
    .group([
      HTML(.span, [.class("arrow"), .isHidden], "→ "),
      HTML(.span, [.class("translation")], .foreign(walk.text)),
      HTML(.br), HTML(.small, .text(walk.configuration.words)),
    ])
  }

  /// The stations, as links.
  private var route: HTML {
    var stations = [
      ("tokens", "Tokens"), ("vectors", "Word vectors"), ("encoder", "Encoder"),
      ("start", "First state"), ("decoder", "Decoder"), ("result", "Result"),
    ]
    if walk.gradients != nil { stations.append(("gradients", "Gradients")) }
    return HTML(
      .nav, [.class("route"), .label("Stations of the sentence")],
      children: stations.map { HTML(.a, [.target($0.0)], .text($0.1)) })
  }

  /// A section that the route leads to.
  func station(_ id: String, _ title: String, note: String, _ content: [HTML]) -> HTML {
    HTML(
      .section, [.id(id)],
      children: [HTML(.h2, .text(title)), HTML(.p, [.class("note")], .text(note))] + content)
  }

  // MARK: Tokens and word vectors

  private var tokens: HTML {
    station(
      "tokens", "Tokens",
      note: "The tokenizer cuts the phrase, the vocabulary numbers the pieces, and an end is put "
        + "behind them: position i of S = \(walk.source.tokens.count).",
      steps(walk.source)
        + (walk.reference.map { reference in
          [
            HTML(
              .p, [.class("note")],
              "The target is given. Each step of the decoder reads its true previous token, as in training."
            )
          ] + steps(reference)
        } ?? []))
  }

  private func steps(_ text: WalkText) -> [HTML] {
    var lines: [(name: String, value: HTML)] = [("as given", .foreign(text.line))]
    if text.normalized != text.line { lines.append(("normalised", .foreign(text.normalized))) }
    return [
      .facts(lines),
      HTML(
        .ol, [.class("tokens")],
        children: text.tokens.map { token in
          HTML(
            .li, HTML(.strong, .foreign(token.text)), HTML(.small, .text("\(token.id)")))
        }),
    ]
  }

  private var embeddings: HTML {
    let scale = VectorStrip.Scale.of(walk.embeddings)
    return station(
      "vectors", "Word vectors",
      note: "Each number picks a row of the table E: \(walk.configuration.embedding) numbers. "
        + "\(Self.legend(scale)) Point at a strip, tap it or walk it with the arrow keys to read every number as the "
        + "model has it.",
      [
        equation(["x_i = E[y_i]"]),
        rows(walk.embeddings, scale, symbol: "x"),
      ])
  }

  // MARK: Pieces

  /// What the shades of a scale stand for.
  static func legend(_ scale: VectorStrip.Scale) -> String {
    let bound = VectorStrip.text(Double(scale.greatest), greatest: Double(scale.greatest))
    return "Blue is above 0, orange below, the deepest shade \(bound)."
  }

  /// Lines of equations.
  func equation(_ spellings: [String]) -> HTML {
    HTML(
      .div, [.class("equations")],
      children: spellings.map { HTML(.div, Equation($0).html) })
  }

  /// A strip for each source token.
  func rows(_ vectors: [[Float]], _ scale: VectorStrip.Scale, symbol: String) -> HTML {
    HTML(
      .div, [.class("vectors")],
      children: vectors.indices.map { index in
        VectorStrip(values: vectors[index], scale: scale).row(
          "\(symbol)\(Self.lowered(index + 1)) \(isolated(index))",
          token(words[index], "\(symbol)_{\(index + 1)}"))
      })
  }

  /// A source token in a text of another direction.
  func isolated(_ index: Int) -> String { "\u{2068}\(words[index])\u{2069}" }

  /// A token with the symbol of what belongs to it.
  func token(_ text: String, _ symbol: String) -> HTML {
    .group([HTML(.span, [.class("word")], .foreign(text)), Equation(symbol).html])
  }

  /// A strip beside its equation.
  func vector(
    _ name: String, _ spelling: String, _ values: [Float], _ scale: VectorStrip.Scale
  ) -> HTML {
    VectorStrip(values: values, scale: scale).row(name, Equation(spelling).html)
  }

  /// A number below the line in a text that is no equation.
  static func lowered(_ number: Int) -> String {
    let digits = Array("₀₁₂₃₄₅₆₇₈₉")
    return String(String(number).compactMap { $0.wholeNumberValue.map { digits[$0] } })
  }
}

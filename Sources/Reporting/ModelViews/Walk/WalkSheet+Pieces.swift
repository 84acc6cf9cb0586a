import DragomanPages

/// What the sections of the page are put together from.
extension WalkSheet {
  /// A section that the route leads to.
  func station(_ id: String, _ title: String, note: String, _ content: [HTML]) -> HTML {
    .station(id, title, note: note, content)
  }

  /// Lines of equations.
  func equation(_ spellings: [String]) -> HTML { .equations(spellings) }

  /// A strip for each source token.
  func rows(_ vectors: [[Float]], _ scale: VectorStrip.Scale, symbol: String) -> HTML {
    HTML(
      .div, [.class("vectors")],
      children: vectors.indices.map { index in
        VectorStrip(values: vectors[index], scale: scale).row(
          "\(symbol)\(WalkPage.lowered(index + 1)) \(isolated(index))",
          token(words[index], "\(symbol)_{\(index + 1)}"))
      })
  }

  /// A source token in a text of another direction.
  func isolated(_ index: Int) -> String { "\u{2068}\(words[index])\u{2069}" }

  /// A token with the symbol of what belongs to it.
  func token(_ text: String, _ symbol: String) -> HTML {
    .group([HTML(.span, [.class("word")], .foreign(text)), Equation(symbol).html])
  }

  /// A word of the page with an equation.
  func label(_ text: String, _ spelling: String) -> HTML {
    .group([HTML(.span, [.class("word")], .text(text)), Equation(spelling).html])
  }

  /// A strip beside its equation.
  func vector(
    _ name: String, _ spelling: String, _ values: [Float], _ scale: VectorStrip.Scale
  ) -> HTML {
    VectorStrip(values: values, scale: scale).row(name, Equation(spelling).html)
  }
}

extension WalkPage {
  /// What the shades of a scale stand for.
  static func legend(_ scale: VectorStrip.Scale) -> String {
    let bound = VectorStrip.text(Double(scale.greatest), greatest: Double(scale.greatest))
    return "Blue is above 0, orange below, the deepest shade \(bound)."
  }

  /// A number below the line in a text that is not an equation.
  static func lowered(_ number: Int) -> String {
    let digits = Array("₀₁₂₃₄₅₆₇₈₉")
    return String(String(number).compactMap { $0.wholeNumberValue.map { digits[$0] } })
  }
}

/// What all pages of walks are put together from, those of several models as well.
extension HTML {
  /// A section with a heading and a word on it.
  static func station(
    _ id: String, _ title: String, note: String, _ content: [HTML]
  ) -> HTML {
    HTML(
      .section, [.id(id)],
      children: [HTML(.h2, .text(title)), HTML(.p, [.class("note")], .text(note))] + content)
  }

  /// Equations, a line each.
  static func equations(_ spellings: [String]) -> HTML {
    HTML(
      .div, [.class("equations")],
      children: spellings.map { HTML(.div, Equation($0).html) })
  }
}

import DragomanFormats
package import DragomanPages
package import DragomanTranslation

/// A page of texts with their classes, and with the tokens that counted on darker grounds.
package struct ClassificationPage {
  /// The most texts that a page shows.
  package static let longest = 200
  /// The most classes of a text that it shows.
  private static let mostClasses = 5

  private let lines: [(text: String, found: Classification)]
  private let count: Int
  private let subtitle: String

  /// A page of the first of `count` texts.
  package init(_ lines: [(text: String, found: Classification)], of count: Int, subtitle: String) {
    self.lines = Array(lines.prefix(Self.longest))
    (self.count, self.subtitle) = (count, subtitle)
  }

  /// The page.
  package var page: Page {
    let left = count - lines.count
    return Page(
      "Classes", subtitle: .foreign(subtitle), styles: [Self.style],
      content: lines.map(section)
        + (left > 0
          ? [HTML(.p, .text("\(NumberText.grouped(left)) more texts are not shown."))] : []))
  }

  private func section(_ text: String, _ found: Classification) -> HTML {
    let rows = found.choices.prefix(Self.mostClasses).map { choice -> [HTML] in
      [
        .foreign(choice.label),
        .text(NumberText.fixed(Double(choice.probability), decimals: 4)),
      ]
    }
    let words: HTML =
      found.weights.map(tokens) ?? HTML(.p, [.class("text"), .automaticDirection], .text(text))
    return HTML(
      .section, HTML(.h2, [.automaticDirection], .text(found.best)), words,
      .table(head: [.text("class"), .text("probability")], rows: rows, numeric: [1]))
  }

  private func tokens(_ weights: [Classification.TokenWeight]) -> HTML {
    let greatest = Double(weights.map(\.weight).max() ?? 1)
    let labels = TokenLabels.of(weights.map(\.token))
    return HTML(
      .p, [.class("text"), .automaticDirection],
      children: zip(labels, weights).flatMap { label, weight -> [HTML] in
        let shade = Shades.shade(Double(weight.weight), of: greatest)
        return [
          HTML(
            .span,
            [
              .class("token s\(shade)"),
              .data("reading", "\(label)  \(NumberText.fixed(Double(weight.weight), decimals: 4))"),
            ], .text(label)), .text(" "),
        ]
      })
  }

  private static let style: StaticString = """

    .text { line-height: 2; }
    .token { padding: 0.1em 0.25em; border-radius: 4px; background: color-mix(in srgb, var(--c1) var(--share, 0%), transparent); }
    .s1 { --share: 7%; } .s2 { --share: 15%; } .s3 { --share: 23%; } .s4 { --share: 31%; }
    .s5 { --share: 39%; } .s6 { --share: 47%; } .s7 { --share: 55%; } .s8 { --share: 63%; }

    """
}

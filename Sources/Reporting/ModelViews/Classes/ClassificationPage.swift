import DragomanFormats
import DragomanImages
package import DragomanPages
package import DragomanTranslation

/// A page of examples with their classes, and with what counted: tokens on darker grounds, parts of images under
/// shades, rows of features as a strip.
package struct ClassificationPage {
  /// The most examples that a page shows.
  package static let longest = 200
  /// The most classes of an example that it shows.
  private static let mostClasses = 5

  private let lines: [ExampleClassifier.Finding]
  private let count: Int
  private let subtitle: String

  /// A page of the first of `count` examples.
  package init(_ lines: [ExampleClassifier.Finding], of count: Int, subtitle: String) {
    self.lines = Array(lines.prefix(Self.longest))
    (self.count, self.subtitle) = (count, subtitle)
  }

  /// The page.
  package var page: Page {
    let left = count - lines.count
    return Page(
      "Classes", subtitle: .foreign(subtitle), styles: [Shades.style, Self.style],
      content: lines.map(section)
        + (left > 0
          ? [HTML(.p, .text("\(NumberText.grouped(left)) more examples are not shown."))] : []))
  }

  private func section(_ finding: ExampleClassifier.Finding) -> HTML {
    let found = finding.classification
    let rows = found.choices.prefix(Self.mostClasses).map { choice -> [HTML] in
      [
        .foreign(choice.label),
        .text(NumberText.fixed(Double(choice.probability), decimals: 4)),
      ]
    }
    let example: HTML =
      finding.image.map { picture($0, finding) } ?? finding.rows.map { strip($0, finding.line) }
      ?? found.weights.map(tokens)
      ?? HTML(.p, [.class("text"), .automaticDirection], .text(finding.line))
    return HTML(
      .section, HTML(.h2, [.automaticDirection], .text(found.best)), example,
      .table(head: [.text("class"), .text("probability")], rows: rows, numeric: [1]))
  }

  /// An image, and beside it the same one under what counted.
  private func picture(_ image: Image, _ finding: ExampleClassifier.Finding) -> HTML {
    let picture = HTML(
      .img,
      [
        .class("pixels"), .picture(png: PNGWriter.bytes(of: image)), .alternative(finding.line),
      ])
    let caption = HTML(.figcaption, .foreign(finding.line))
    guard let map = finding.map else {
      return HTML(.figure, [.class("seen")], HTML(.div, [.class("images")], picture), caption)
    }
    let greatest = Double(map.weights.max() ?? 1)
    let shades = (0..<map.height).map { line in
      map.weights[(line * map.width)..<((line + 1) * map.width)].map {
        Shades.shade(Double($0), of: greatest)
      }
    }
    return HTML(
      .figure, [.class("seen")],
      HTML(
        .div, [.class("images")], picture,
        HTML(.div, [.class("over")], picture, Shades.picture(shades, class: "weights"))), caption)
  }

  /// The name of features, and under it a cell for each row, the darker the more it counted.
  private func strip(_ rows: ExampleClassifier.Finding.Rows, _ name: String) -> HTML {
    let caption = HTML(
      .figcaption, .foreign(name), .text(", \(NumberText.grouped(rows.count)) rows"))
    guard let weights = rows.weights else { return HTML(.figure, [.class("seen")], caption) }
    let greatest = Double(weights.max() ?? 1)
    let shades = [weights.map { Shades.shade(Double($0), of: greatest) }]
    return HTML(.figure, [.class("seen")], Shades.picture(shades, class: "strip"), caption)
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

    .seen { margin: 0; } .seen figcaption { margin-top: 0.4rem; }
    .images { display: flex; flex-wrap: wrap; gap: 1rem; }
    .images img, .over { width: min(12rem, 42vw); height: auto; image-rendering: pixelated; border-radius: 4px; }
    .over { position: relative; } .over img { display: block; width: 100%; }
    .over .weights { position: absolute; inset: 0; width: 100%; height: 100%; }

    .text { line-height: 2; }
    .token { padding: 0.1em 0.25em; border-radius: 4px; background: color-mix(in srgb, var(--c1) var(--share, 0%), \
    transparent); }
    .s1 { --share: 7%; } .s2 { --share: 15%; } .s3 { --share: 23%; } .s4 { --share: 31%; }
    .s5 { --share: 39%; } .s6 { --share: 47%; } .s7 { --share: 55%; } .s8 { --share: 63%; }

    """
}

import DragomanFormats
import DragomanImages
package import DragomanPages
package import DragomanTranslation

/// A page of images or features with their captions: a row of pictures that show where each word looked, and a large
/// one that shows the word under the pointer.
package struct CaptionPage {
  /// The most examples that a page shows.
  package static let longest = 100
  /// The longest side of the large picture in pixels.
  private static let large = 256

  /// An example with what was written about it, the best first.
  package struct Caption: Sendable {
    /// The image or features.
    package let example: CaptionExample
    /// The captions.
    package let translations: [Translation]

    /// Captions of an example; there is one at least.
    package init(example: CaptionExample, translations: [Translation]) {
      (self.example, self.translations) = (example, translations)
    }
  }

  private let captions: [Caption]
  private let count: Int
  private let grid: (height: Int, width: Int)?
  private let subtitle: String

  /// A page of the first of `count` examples, whose images have regions in the places of a grid.
  package init(
    _ captions: [Caption], of count: Int, grid: (height: Int, width: Int)?, subtitle: String
  ) {
    self.captions = Array(captions.prefix(Self.longest))
    (self.count, self.grid, self.subtitle) = (count, grid, subtitle)
  }

  /// The page.
  package var page: Page {
    let left = count - captions.count
    return Page(
      "Captions", subtitle: .foreign(subtitle), styles: [Shades.style, CaptionStyle.text],
      scripts: [CaptionScript.text],
      content: captions.map(section)
        + (left > 0
          ? [HTML(.p, .text("\(NumberText.grouped(left)) more examples are not shown."))] : []))
  }

  private func section(_ caption: Caption) -> HTML {
    let best = caption.translations[0]
    let labels = TokenLabels.of(best.targetTokens)
    let words = zip(labels.indices, zip(labels, best.attention)).map { index, pair in
      word(index, pair.0, pair.1, best, caption.example)
    }
    return HTML(
      .section, [.class("caption")],
      HTML(.h2, [.automaticDirection], .text(best.text)),
      HTML(
        .div, [.class("shown")], large(caption.example),
        HTML(.div, [.class("looks")], children: words)),
      caption.translations.count > 1 ? alternatives(caption.translations) : .nothing)
  }

  /// The image as large as there is room, under the weights of one word.
  private func large(_ example: CaptionExample) -> HTML {
    let reading = HTML(
      .figcaption, .foreign(example.name), HTML(.span, [.class("reading"), .isLive]))
    guard let image = example.image else {
      return HTML(.figure, [.class("large")], reading)
    }
    return HTML(
      .figure, [.class("large")],
      HTML(
        .div, [.class("over")],
        HTML(
          .img,
          [
            .class("pixels"),
            .picture(png: PNGWriter.bytes(of: AttendedImage.small(image, longest: Self.large))),
            .alternative(example.name),
          ]),
        HTML(.div, [.class("place"), .isHidden])), reading)
  }

  /// A word with the picture of where it looked.
  private func word(
    _ index: Int, _ label: String, _ weights: [Float], _ caption: Translation,
    _ example: CaptionExample
  ) -> HTML {
    let greatest = Double(weights.max() ?? 1)
    let probability =
      index < caption.confidences.count
      ? "probability \(NumberText.fixed(caption.confidences[index], decimals: 4)); " : ""
    let shades: [[Int]]
    let picture: HTML
    let place: String
    let most = weights.firstIndex(of: weights.max() ?? 0) ?? 0
    if let grid, let image = example.image, weights.count == grid.height * grid.width {
      shades = (0..<grid.height).map { line in
        weights[(line * grid.width)..<((line + 1) * grid.width)].map {
          Shades.shade(Double($0), of: greatest)
        }
      }
      picture = HTML(
        .img,
        [
          .picture(
            png: PNGWriter.bytes(
              of: AttendedImage(image, height: grid.height, width: grid.width).image(weights))),
          .alternative(label),
        ])
      place = "line \(most / grid.width + 1), column \(most % grid.width + 1)"
    } else {
      shades = [weights.map { Shades.shade(Double($0), of: greatest) }]
      picture = Shades.picture(shades, class: "strip")
      place = "row \(most)"
    }
    let reading =
      "\(label): \(probability)most at \(place), \(NumberText.fixed(greatest, decimals: 4))"
    return HTML(
      .figure,
      [
        .class("look"), .isFocusable, .label(reading), .data("reading-text", reading),
      ],
      picture,
      example.image == nil
        ? .nothing
        : HTML(.div, [.class("stored"), .isAbsent], Shades.picture(shades, class: "weights")),
      HTML(.figcaption, .foreign(label)))
  }

  private func alternatives(_ captions: [Translation]) -> HTML {
    .table(
      head: ["score", "caption"],
      rows: captions.map { caption in
        [.text(NumberText.fixed(caption.score, decimals: 4)), .foreign(caption.text)]
      }, numeric: [0])
  }
}

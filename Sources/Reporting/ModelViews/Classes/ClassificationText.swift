package import DragomanFormats
import DragomanText
package import DragomanTranslation

/// What a classifier says of an example, for a terminal and for programs.
package struct ClassificationText: Sendable {
  private let top: Int
  private let picture: AttentionPicture?

  /// Lines with so many classes, and with a picture of what counted if there is one.
  package init(top: Int = 1, picture: AttentionPicture? = nil) {
    (self.top, self.picture) = (top, picture)
  }

  /// `label`, a tab and its probability, and so on, after the name of an image or of features; then what counted, if
  /// that is wanted.
  package func text(_ finding: ExampleClassifier.Finding) -> String {
    let found = finding.classification
    let name =
      finding.image == nil && finding.rows == nil ? [] : [Tokenizer.printable(finding.line)]
    let classes =
      (name
      + found.choices.prefix(top).flatMap { choice in
        [choice.label, NumberText.fixed(Double(choice.probability), decimals: 4)]
      }).joined(separator: "\t")
    return ([classes] + pictureLines(finding)).map { $0 + "\n" }.joined()
  }

  private func pictureLines(_ finding: ExampleClassifier.Finding) -> [String] {
    guard let picture else { return [] }
    if let map = finding.map {
      return picture.grid(map.weights, width: map.width)
    }
    if let weights = finding.rows?.weights { return rowLines(weights, picture) }
    guard let weights = finding.classification.weights else { return [] }
    let greatest = Self.greatest(weights.map(\.weight))
    let labels = TokenLabels.of(weights.map(\.token))
    return [
      "  "
        + zip(labels, weights).map { picture.marked($0, weight: $1.weight / greatest) }
        .joined(separator: " ")
    ]
  }

  /// A cell for each row, from the first to the last; of more rows than a line has room for, the greatest of
  /// neighbours.
  private func rowLines(_ weights: [Float], _ picture: AttentionPicture) -> [String] {
    let greatest = Self.greatest(weights)
    let share = (weights.count + Self.mostCells - 1) / Self.mostCells
    let cells = stride(from: 0, to: weights.count, by: share).map { start in
      weights[start..<min(start + share, weights.count)].max() ?? 0
    }
    let place = weights.firstIndex(of: weights.max() ?? 0) ?? 0
    let words = share == 1 ? "" : ", \(share) rows a cell"
    return [
      "  " + cells.map { picture.marked(" ", weight: $0 / greatest) }.joined(),
      "  most in row \(place) of 0 to \(weights.count - 1): \(NumberText.fixed(Double(greatest), decimals: 4))\(words)",
    ]
  }

  /// The most cells of a line.
  private static let mostCells = 70

  /// The greatest weight gets the strongest shade: of a long text all are small.
  private static func greatest(_ weights: [Float]) -> Float {
    max(weights.max() ?? 1, .leastNormalMagnitude)
  }

  /// One object: the text or the name of the image or features, its class, all classes that are wanted, and weights.
  package func json(_ finding: ExampleClassifier.Finding) -> JSON {
    let found = finding.classification
    let map = finding.map.map { map -> JSON in
      [
        "height": .int(map.height), "width": .int(map.width),
        "weights": .floats(map.weights),
      ]
    }
    return [
      Self.key(finding): .string(finding.line),
      "label": .string(found.best),
      "probability": .float(found.choices[0].probability),
      "classes": .array(
        found.choices.prefix(top).map {
          ["label": .string($0.label), "probability": .float($0.probability)]
        }),
      "weights": found.weights.map { weights in
        .array(
          weights.map {
            ["token": .string($0.token), "weight": .float($0.weight)]
          })
      },
      "map": map,
      "rows": finding.rows.map { rows in
        rows.weights.map { .array($0.map { .double(Double($0)) }) } ?? .int(rows.count)
      },
    ]
  }

  /// What names an example.
  private static func key(_ finding: ExampleClassifier.Finding) -> String {
    if finding.rows != nil { return "features" }
    return finding.image == nil ? "text" : "image"
  }
}

package import DragomanFormats
package import DragomanTranslation

/// What a classifier says of a text, for a terminal and for programs.
package struct ClassificationText: Sendable {
  private let top: Int
  private let picture: AttentionPicture?

  /// Lines with so many classes, and with a picture of what counted if there is one.
  package init(top: Int = 1, picture: AttentionPicture? = nil) {
    (self.top, self.picture) = (top, picture)
  }

  /// `label`, a tab and its probability, and so on; then the tokens, if they are wanted.
  package func text(_ found: Classification) -> String {
    let classes = found.choices.prefix(top).flatMap { choice in
      [choice.label, NumberText.fixed(Double(choice.probability), decimals: 4)]
    }.joined(separator: "\t")
    guard let picture, let weights = found.weights else { return classes + "\n" }
    // The greatest weight gets the strongest shade: of a long text all are small.
    let greatest = max(weights.map(\.weight).max() ?? 1, .leastNormalMagnitude)
    let labels = TokenLabels.of(weights.map(\.token))
    let tokens = zip(labels, weights).map { picture.marked($0, weight: $1.weight / greatest) }
    return classes + "\n  " + tokens.joined(separator: " ") + "\n"
  }

  /// One object: the text, its class, all classes that are wanted, and the weights of the tokens.
  package func json(_ line: String, _ found: Classification) -> JSON {
    [
      "text": .string(line), "label": .string(found.best),
      "probability": .double(Double(found.choices[0].probability)),
      "classes": .array(
        found.choices.prefix(top).map {
          ["label": .string($0.label), "probability": .double(Double($0.probability))]
        }),
      "weights": found.weights.map { weights in
        .array(
          weights.map {
            ["token": .string($0.token), "weight": .double(Double($0.weight))]
          })
      },
    ]
  }
}

import DragomanModels
import DragomanPages
import DragomanFormats
package import DragomanTranslation

extension Walk {
  /// The walk in short, for a terminal of 80 columns.
  package var lines: [String] {
    var lines =
      switch example {
      case .text(let text): WalkLines.wrapped("reads", text.tokens.map { "\($0.text) \($0.id)" })
      case .image(let image):
        [
          WalkLines.wrapped(
            "reads   \(image.name): \(image.places.height) × \(image.places.width) regions, by line and column"
          )
        ]
      case .rows(let rows): [WalkLines.wrapped("reads   \(rows.name): \(rows.sizeWords)")]
      }
    lines.append(WalkLines.wrapped("model   \(configuration.words)"))
    lines.append("")
    let rows = steps.enumerated().map { index, step in
      [
        "\(index + 1)", WalkLines.cut(step.output.text, 20),
        NumberText.fixed(step.probability, decimals: 4), looked(step),
      ]
    }
    let head = ["step", reference == nil ? "writes" : "target", "p", "looks at"]
    lines += WalkLines.table([head] + rows)
    if let note = decoder.lookingNote { lines += ["", WalkLines.wrapped(note, indent: 0)] }
    lines.append("")
    if let text = reference == nil ? text : nil {
      lines.append(WalkLines.wrapped("writes  \(text)"))
    }
    lines.append(
      "log p   \(NumberText.fixed(-loss, decimals: 4)), "
        + "\(NumberText.fixed(-loss / Double(max(steps.count, 1)), decimals: 4)) per token"
        + (isCutOff ? "; cut off" : ""))
    if let gradients {
      let whose = reference == nil ? "its own translation" : "the target"
      lines += ["", "How much each \(example.unit) matters: the gradient of the loss of \(whose)"]
      lines += WalkLines.table(saliency(gradients))
    }
    return WalkLines.split(lines)
  }

  /// The three positions with most weight.
  private func looked(_ step: WalkStep) -> String {
    step.weights.indices.sorted { (-step.weights[$0], $0) < (-step.weights[$1], $1) }.prefix(3)
      .filter { step.weights[$0] >= 0.005 }
      .map {
        "\(WalkLines.cut(source.tokens[$0].text, 10)) "
          + NumberText.fixed(Double(step.weights[$0]), decimals: 2)
      }.joined(separator: ", ")
  }

  private func saliency(_ gradients: WalkGradients) -> [[String]] {
    let isDeep = image != nil || gradients.embeddings.isEmpty
    let vectors = isDeep ? gradients.states : gradients.embeddings
    let norms = vectors.map { vector in
      vector.reduce(0) { $0 + Double($1) * Double($1) }
    }
    let shown = WalkPage(self).shown(norms.map { Float($0.squareRoot()) })
    return [["", example.unit, isDeep ? "‖∂h‖" : "‖∂x‖", ""]]
      + shown.map { index in
        let norm = norms[index]
        return [
          "\(index + 1)", WalkLines.cut(source.tokens[index].text, 20),
          NumberText.significant(norm.squareRoot(), digits: 4), "",
        ]
      }
  }
}

extension WalkRows {
  /// How many rows there are, and of what size.
  var sizeWords: String {
    let (count, size) = (numbers.count, preparation.size)
    return "\(count) \(count == 1 ? "row" : "rows") of \(size) \(size == 1 ? "number" : "numbers")"
  }
}

extension WalkDecoder {
  /// What the weights are of which the terminal shows the greatest, where a decoder has more.
  fileprivate var lookingNote: String? {
    switch self {
    case .recurrent: nil
    case .transformer(let walk):
      walk.configuration.heads > 1
        ? "looks at: the mean of the \(walk.configuration.heads) heads of the top layer" : nil
    }
  }
}

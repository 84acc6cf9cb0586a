import DragomanModels
import DragomanPages
import DragomanFormats
package import DragomanTranslation

extension Walk {
  /// The walk in short, for a terminal of 80 columns.
  package var lines: [String] {
    var lines = Self.wrapped("reads", source.tokens.map { "\($0.text) \($0.id)" })
    lines.append(
      "model   \(configuration.words)".wrapped(to: 80, indent: 8))
    lines.append("")
    let rows = steps.enumerated().map { index, step in
      [
        "\(index + 1)", Self.cut(step.output.text, 20),
        NumberText.fixed(step.probability, decimals: 4), looked(step),
      ]
    }
    let head = ["step", reference == nil ? "writes" : "target", "p", "looks at"]
    lines += Self.table([head] + rows)
    if let note = decoder.lookingNote { lines += ["", note.wrapped(to: 80, indent: 0)] }
    lines.append("")
    if let text = reference == nil ? text : nil {
      lines.append("writes  \(text)".wrapped(to: 80, indent: 8))
    }
    lines.append(
      "log p   \(NumberText.fixed(-loss, decimals: 4)), "
        + "\(NumberText.fixed(-loss / Double(max(steps.count, 1)), decimals: 4)) per token"
        + (isCutOff ? "; cut off" : ""))
    if let gradients {
      let whose = reference == nil ? "its own translation" : "the target"
      lines += ["", "How much each word matters: the gradient of the loss of \(whose)"]
      lines += Self.table(saliency(gradients))
    }
    return lines.flatMap { $0.split(separator: "\n", omittingEmptySubsequences: false) }
      .map(String.init)
  }

  /// The three positions with most weight.
  private func looked(_ step: WalkStep) -> String {
    step.weights.indices.sorted { (-step.weights[$0], $0) < (-step.weights[$1], $1) }.prefix(3)
      .filter { step.weights[$0] >= 0.005 }
      .map {
        "\(Self.cut(source.tokens[$0].text, 10)) "
          + NumberText.fixed(Double(step.weights[$0]), decimals: 2)
      }.joined(separator: ", ")
  }

  private func saliency(_ gradients: WalkGradients) -> [[String]] {
    [["", "word", "‖∂x‖", ""]]
      + source.tokens.indices.map { index in
        let norm = gradients.embeddings[index].reduce(0) { $0 + Double($1) * Double($1) }
        return [
          "\(index + 1)", Self.cut(source.tokens[index].text, 20),
          NumberText.significant(norm.squareRoot(), digits: 4), "",
        ]
      }
  }

  /// Rows of four cells in columns.
  private static func table(_ rows: [[String]]) -> [String] {
    let widths = (0..<3).map { column in rows.map { TextWidth.of($0[column]) }.max() ?? 0 }
    return rows.map { row in
      let line =
        TextWidth.pad(row[0], to: widths[0]) + "  " + TextWidth.pad(row[1], to: widths[1]) + "  "
        + String(repeating: " ", count: widths[2] - TextWidth.of(row[2])) + row[2] + "  " + row[3]
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  private static func cut(_ text: String, _ width: Int) -> String {
    guard TextWidth.of(text) > width else { return text }
    var kept = ""
    for character in text {
      if TextWidth.of(kept + String(character)) >= width { break }
      kept.append(character)
    }
    return kept + "…"
  }

  private static func wrapped(_ name: String, _ items: [String]) -> [String] {
    [TextWidth.pad(name, to: 8) + items.map { cut($0, 40) }.joined(separator: " · ")]
      .map { $0.wrapped(to: 80, indent: 8) }
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

extension String {
  /// The text in lines of so many columns, broken at spaces; all but the first are indented.
  fileprivate func wrapped(to width: Int, indent: Int) -> String {
    var lines: [String] = []
    var line = ""
    for word in split(separator: " ", omittingEmptySubsequences: false) {
      if !line.isEmpty, TextWidth.of(line) + 1 + TextWidth.of(String(word)) > width {
        lines.append(line)
        line = String(repeating: " ", count: indent) + word
      } else {
        line += (line.isEmpty ? "" : " ") + word
      }
    }
    return (lines + [line]).joined(separator: "\n")
  }
}

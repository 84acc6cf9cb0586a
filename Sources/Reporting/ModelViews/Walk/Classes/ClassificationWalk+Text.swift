import DragomanFormats
import DragomanLayers
import DragomanModels
import DragomanPages
import DragomanText
package import DragomanTranslation

extension ClassificationWalk {
  /// The walk in short, for a terminal of 80 columns.
  package func lines(_ picture: AttentionPicture = AttentionPicture()) -> [String] {
    var lines = reads
    lines.append(WalkLines.wrapped("model   \(configuration.words)"))
    lines += stages + counted(picture)
    lines += ["", "class y and p = softmax(W u + b)"]
    let shown = ranking.prefix(10)
    lines += WalkLines.table(
      (shown.contains(target) ? Array(shown) : Array(shown) + [target]).map { label in
        [
          label == target ? "*" : "", WalkLines.cut(Tokenizer.printable(labels[label]), 40),
          NumberText.fixed(probability(of: label), decimals: 4), "",
        ]
      })
    if labels.count > shown.count {
      lines.append("  and \(NumberText.grouped(labels.count - shown.count)) more")
    }
    lines += [
      "",
      "log p   \(NumberText.fixed(-Double(loss), decimals: 4)) of "
        + "\(WalkLines.cut(Tokenizer.printable(labels[target]), 40))"
        + (isForced ? ", which was given" : ""),
    ]
    if let gradients { lines += saliency(gradients, picture) }
    return WalkLines.split(lines)
  }

  /// What is read.
  private var reads: [String] {
    switch example {
    case .text(let text):
      WalkLines.wrapped("reads", text.tokens.map { "\($0.text) \($0.id)" })
    case .image(let image):
      [
        "reads   \(Tokenizer.printable(image.name))",
        "        \(image.numbers.height) × \(image.numbers.width) pixels of \(image.numbers.channels) channels; "
          + "\(states.count) vectors of \(states.first?.count ?? 0) numbers",
      ]
    case .rows(let rows):
      ["reads   \(Tokenizer.printable(rows.name))", "        \(rows.sizeWords)"]
    }
  }

  /// What comes out of each stage of convolutions.
  private var stages: [String] {
    guard case .convolutional(let walk) = encoder else { return [] }
    let rows = walk.stages.map { stage -> [String] in
      let output = stage.output
      var notes: [String] = []
      if let squeeze = stage.squeeze {
        let (low, high) = (squeeze.factors.min() ?? 0, squeeze.factors.max() ?? 0)
        notes.append("channels kept \(share(low)) to \(share(high))")
      }
      for block in stage.attention?.blocks ?? [] {
        notes.append("attention of \(block.attention.heads) heads")
      }
      if stage.pooled != nil { notes.append("pooled") }
      return [
        "", stage.name, "\(output.height) × \(output.width) × \(output.channels)",
        notes.joined(separator: ", "),
      ]
    }
    return [""] + WalkLines.table([["", "stage", "gives", ""]] + rows)
  }

  private func share(_ value: Float) -> String { NumberText.fixed(Double(value), decimals: 2) }

  /// What counted, if anything is weighed.
  private func counted(_ picture: AttentionPicture) -> [String] {
    guard let seen else { return [] }
    let what =
      switch configuration.pooling {
      case .attention: "how much each counted: α of pooling"
      case .cls: "where the row of the class looked: the mean of the heads of the top layer"
      case .mean: "what counted"
      }
    return ["", what] + drawn(seen, picture)
  }

  /// A number for each vector: in a table of tokens, or as a picture of the image.
  private func drawn(_ values: [Float], _ picture: AttentionPicture) -> [String] {
    switch example {
    case .text, .rows:
      return WalkLines.table(
        ClassificationWalkPage(self).shown(values).map { index in
          [
            "\(index + 1)", WalkLines.cut(example.source.tokens[index].text, 30),
            NumberText.fixed(Double(values[index]), decimals: 4), "",
          ]
        })
    case .image(let image):
      let own = image.hasClass ? Array(values.dropFirst()) : values
      return picture.grid(own, width: image.places.width)
    }
  }

  /// What the loss hangs on.
  private func saliency(
    _ gradients: ClassificationWalkGradients, _ picture: AttentionPicture
  ) -> [String] {
    switch example {
    case .text, .rows:
      let lengths = gradients.lengths
      let rows = ClassificationWalkPage(self).shown(lengths).map { index in
        [
          "\(index + 1)", WalkLines.cut(example.source.tokens[index].text, 30),
          NumberText.significant(Double(lengths[index]), digits: 4), "",
        ]
      }
      let norm = gradients.embeddings.isEmpty ? "‖∂h‖" : "‖∂x‖"
      return ["", "How much each \(example.unit) matters: the gradient of the loss"]
        + WalkLines.table([["", example.unit, norm, ""]] + rows)
    case .image:
      return ["", "How much each part matters: the length of the gradient that arrives at it"]
        + drawn(gradients.lengths, picture)
    }
  }
}

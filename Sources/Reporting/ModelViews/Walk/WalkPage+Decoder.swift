import DragomanFormats
import DragomanPages
import DragomanSystem
import DragomanTranslation

/// The decoder, step by step.
extension WalkPage {
  var writing: HTML {
    let outputs = walk.steps.map(\.output.text)
    return station(
      "decoder", "Decoder",
      note: (walk.reference == nil
        ? "One step for each written token; the most probable one is taken, and is what the next step reads. "
        : "One step for each token of the target, which is also what the next step reads, whatever the model would "
          + "have written. ")
        + decoder.shades,
      [
        walk.image.map { looks(at: $0, outputs) }
          ?? Heatmap(
            "Where it looked: α", rows: outputs, columns: words, weights: walk.steps.map(\.weights)
          ).html,
        decoder.weightNote,
        HTML(
          .details, HTML(.summary, "The equations of a step"),
          equation(decoder.equations + [decoder.logits, WalkEquations.softmax])),
        stepper,
        HTML(.div, [.class("steps")], children: walk.steps.indices.map(step)),
      ])
  }

  /// The image once for each token that is written, opaque where that looked most.
  private func looks(at image: WalkImage, _ outputs: [String]) -> HTML {
    HTML(
      .div, [.class("matrices")],
      children: zip(outputs, walk.steps).map { output, step in
        looks(at: image, step.weights, output, note: "α")
      })
  }

  /// Buttons that the script shows: one per step, and both neighbours.
  private var stepper: HTML {
    func button(_ name: String, _ label: String, _ text: HTML) -> HTML {
      HTML(.button, [.type("button"), .class("turn"), .data("turn", name), .label(label)], text)
    }
    return HTML(
      .div, [.class("stepper"), .isAbsent, .role("toolbar"), .label("Steps of the decoder")],
      children: [button("-1", "previous step", "←")]
        + walk.steps.enumerated().map { index, step in
          HTML(
            .button, [.type("button"), .data("step", "\(index)")], .foreign(step.output.text))
        } + [button("1", "next step", "→")])
  }

  private func step(_ index: Int) -> HTML {
    let step = walk.steps[index]
    let t = Self.lowered(index + 1)
    return HTML(
      .section, [.class("step"), .id("step-\(index + 1)")],
      children: [
        HTML(
          .h3, .text("Step \(index + 1): after "),
          HTML(.span, [.class("chip")], .foreign(step.input.text)),
          " comes ", HTML(.span, [.class("chip")], .foreign(step.output.text)))
      ] + decoder.way(at: index, t) + writing(index, t)
        + (walk.gradients.map { [goingBack($0, at: index, t)] } ?? []))
  }

  private func writing(_ index: Int, _ t: String) -> [HTML] {
    let step = walk.steps[index]
    var shown = step.best
    if !shown.contains(where: { $0.id == step.output.id }) { shown.append(step.output) }
    let greatest = step.best.first.map { step.probability(of: $0.id) } ?? 1
    let rows = shown.map { token -> [HTML] in
      let probability = step.probability(of: token.id)
      let word = HTML.foreign(token.text)
      return [
        token.id == step.output.id ? HTML(.strong, [.class("best")], word) : word,
        ExactNumber.html(step.logits[Int(token.id)]), ExactNumber.html(probability),
        ExactNumber.bar(probability, from: 0, to: max(greatest, 1e-9)),
      ]
    }
    let rest = 1 - shown.reduce(0) { $0 + step.probability(of: $1.id) }
    let others = step.logits.count - shown.count
    var content: [HTML] = [HTML(.h4, "It writes")]
    content += decoder.readout(at: index, t)
    content += [
      equation([decoder.logits, WalkEquations.softmax]),
      .table(
        head: ["token", Equation("ℓ_t").html, Equation("p_t").html, ""], rows: rows,
        numeric: [1, 2]),
    ]
    if others > 0 {
      content.append(
        HTML(
          .p, [.class("note")],
          .text("\(NumberText.grouped(others)) other tokens share "),
          ExactNumber.html(max(rest, 0)), "."))
    }
    return content
  }

  // MARK: Result

  var result: HTML {
    let most = walk.steps.map { Double($0.loss) }.max() ?? 0
    let rows = walk.steps.map { step -> [HTML] in
      [
        .foreign(step.output.text), ExactNumber.html(step.probability),
        .text(NumberText.grouped(step.rank)), ExactNumber.html(step.loss),
        ExactNumber.bar(Double(step.loss), from: 0, to: max(most, 1e-9)),
      ]
    }
    let count = Double(max(walk.steps.count, 1))
    return station(
      "result", "Result",
      note: walk.reference == nil
        ? "How sure the model was of each token it wrote"
          + (walk.isCutOff ? "; it did not come to an end and was cut off." : ".")
        : "How probable the model found each token of the target. The rank is 1 where it would have written it itself.",
      [
        equation([WalkEquations.loss]),
        .table(
          head: ["token", Equation("p_t(y_t)").html, "rank", Equation("−log p_t(y_t)").html, ""],
          rows: rows, numeric: [1, 2, 3]),
        .facts([
          ("log p of the whole", ExactNumber.html(-walk.loss)),
          ("loss, L", ExactNumber.html(walk.loss)),
          ("loss per token", ExactNumber.html(walk.loss / count)),
          ("perplexity", ExactNumber.html(exponential(walk.loss / count))),
        ]),
      ])
  }
}

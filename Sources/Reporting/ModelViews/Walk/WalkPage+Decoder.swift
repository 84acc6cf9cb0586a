import DragomanSystem
import DragomanModels
import DragomanPages
import DragomanTensor
import DragomanFormats
import DragomanLayers
import DragomanTranslation

/// The decoder, step by step.
extension WalkPage {
  var decoder: HTML {
    let settings = equations.decoder
    let outputs = walk.steps.map(\.output.text)
    return station(
      "decoder", "Decoder",
      note: (walk.reference == nil
        ? "One step for each written token; the most probable one is taken, and is what the next step reads. "
        : "One step for each token of the target, which is also what the next step reads, whatever the model would have "
          + "written. ")
        + "The deepest shade of gates, of h and of what a tanh makes is 1, that of other vectors their greatest number.",
      [
        Heatmap(
          "Where it looked: α", rows: outputs, columns: words, weights: walk.steps.map(\.weights)
        ).html,
        reachNote,
        HTML(
          .details, HTML(.summary, "The equations of a step"),
          equation(
            [equations.decoderInput]
              + equations.products(settings.cell, isNormalized: settings.layerNormalization)
              + WalkEquations.step(of: settings.cell) + equations.scorer.score
              + [WalkEquations.weights, WalkEquations.context]
              + (settings.feeding == .attentional ? [WalkEquations.attentional] : [])
              + (settings.output.kind == .deep ? [equations.deep] : [])
              + [equations.logits, WalkEquations.softmax])),
        stepper,
        HTML(.div, [.class("steps")], children: walk.steps.indices.map(step)),
      ])
  }

  private var reachNote: HTML {
    guard let reach = walk.reach, reach < words.count else { return .nothing }
    return HTML(
      .p, [.class("note")],
      .text(
        "The location score has weights for \(reach) positions; those behind them are never looked at."
      ))
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
      ] + reading(step, t) + state(step, t) + looking(step, t) + writing(step, t)
        + (walk.gradients.map { goingBack($0, at: index, t) } ?? []))
  }

  // MARK: Forward

  private func reading(_ step: WalkStep, _ t: String) -> [HTML] {
    let vector = step.layers[0].input
    var rows = [
      self.vector("E[y] \(t)", "E[y_{t−1}]", vector, .of([vector]))
    ]
    if let fed = step.fed {
      let (name, symbol) =
        equations.decoder.feeding == .context
        ? ("fed context \(t)", "c_{t−1}") : ("fed attentional state \(t)", "h̃_{t−1}")
      rows.append(self.vector(name, symbol, fed, .of([fed])))
    }
    return [HTML(.h4, "It reads"), HTML(.div, [.class("vectors")], children: rows)]
  }

  private func state(_ step: WalkStep, _ t: String) -> [HTML] {
    let cell = equations.decoder.cell
    let isStack = step.layers.count > 1
    var rows = step.layers.enumerated().map { layer, values in
      HTML(
        .details,
        VectorStrip(values: values.state.hidden, scale: .unit).row(
          "h \(t)",
          isStack
            ? .group([HTML(.span, [.class("word")], "layer \(layer + 1)"), Equation("h_t").html])
            : Equation(cell.stateEquations.hidden).html, as: .summary),
        HTML(.div, [.class("gates")], children: gates(values, cell, of: t)))
    }
    let isSum = equations.decoder.residual && isStack
    if isSum {
      rows.append(
        vector(
          "s \(t)", "s_t = h_t + x_t", step.state, .of([step.state])))
    }
    return [
      HTML(
        .h4,
        .text(
          isSum
            ? "Its state s"
            : isStack ? "Its state: s is the h of the top layer" : "Its state: s = h")),
      HTML(.div, [.class("vectors")], children: rows),
    ]
  }

  private func looking(_ step: WalkStep, _ t: String) -> [HTML] {
    let reach = min(walk.reach ?? words.count, words.count)
    let rated = step.scores.prefix(reach).map(Double.init)
    let (low, high) = (rated.min() ?? 0, rated.max() ?? 0)
    let greatest = Double(step.weights.max() ?? 0)
    var head: [HTML] = ["token"]
    if step.coverage != nil { head.append(Equation("C_{ti}").html) }
    head += [Equation("e_{ti}").html, "", Equation("α_{ti}").html, ""]
    let rows = words.indices.map { i in
      var row: [HTML] = [.foreign(words[i])]
      if let coverage = step.coverage { row.append(ExactNumber.html(coverage[i])) }
      let isRated = i < reach
      row += [
        isRated ? ExactNumber.html(step.scores[i]) : "–",
        isRated ? ExactNumber.bar(Double(step.scores[i]), from: low, to: high) : .nothing,
        ExactNumber.html(step.weights[i]),
        ExactNumber.bar(Double(step.weights[i]), from: 0, to: max(greatest, 1e-9)),
      ]
      return row
    }
    let shift = step.coverage == nil ? 0 : 1
    var vectors: [HTML] = []
    if let query = step.query, let equation = equations.scorer.query {
      vectors.append(vector("q \(t)", equation, query, .of([query])))
    }
    vectors.append(vector("c \(t)", WalkEquations.context, step.context, .of([step.context])))
    if let attentional = step.attentional {
      vectors.append(vector("h̃ \(t)", WalkEquations.attentional, attentional, .unit))
    }
    return [
      HTML(.h4, "It looks at the source"),
      equation(equations.scorer.score + [WalkEquations.weights]),
      .table(head: head, rows: rows, numeric: [1, 1 + shift, 3 + shift]),
      HTML(.div, [.class("vectors")], children: vectors),
    ]
  }

  private func writing(_ step: WalkStep, _ t: String) -> [HTML] {
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
    if let deep = step.deep {
      content.append(
        HTML(.div, [.class("vectors")], vector("t \(t)", equations.deep, deep, .unit)))
    }
    content += [
      equation([equations.logits, WalkEquations.softmax]),
      .table(
        head: ["token", Equation("a_t").html, Equation("p_t").html, ""], rows: rows,
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

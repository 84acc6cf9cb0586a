import DragomanPages
import DragomanTranslation

/// The steps of the decoders, and what came back to their sources.
extension WalkComparisonPage {
  var steps: HTML {
    .station(
      "decoder", "Step by step",
      note: "Scores, weights and, of several, the most probable tokens."
        + (hasGradients
          ? " ∂e is what the loss sends to a score, ‖∂q‖ the length of what the score sends to its query."
          : ""),
      [stepper, HTML(.div, [.class("steps")], children: (0..<comparison.steps).map(step))])
  }

  /// Buttons that the script shows, as on the page of one model.
  private var stepper: HTML {
    func button(_ name: String, _ label: String, _ text: HTML) -> HTML {
      HTML(.button, [.type("button"), .class("turn"), .data("turn", name), .label(label)], text)
    }
    return HTML(
      .div, [.class("stepper"), .isAbsent, .role("toolbar"), .label("Steps of the decoders")],
      children: [button("-1", "previous step", "←")]
        + (0..<comparison.steps).map { index in
          HTML(.button, [.type("button"), .data("step", "\(index)")], .text("\(index + 1)"))
        } + [button("1", "next step", "→")])
  }

  private func step(_ index: Int) -> HTML {
    HTML(
      .section, [.class("step"), .id("step-\(index + 1)")],
      children: [
        HTML(.h3, .text("Step \(index + 1)")),
        columns { way in
          guard index < way.walk.steps.count else {
            return [HTML(.p, [.class("note")], "It had come to its end.")]
          }
          return written(way.walk.steps[index]) + [looked(way.walk, index)]
            + [question(way.walk, index)]
        },
      ])
  }

  private func written(_ step: WalkStep) -> [HTML] {
    let others = step.best.filter { $0.id != step.output.id }.prefix(2)
    let rows = ([step.output] + others).map { token -> [HTML] in
      let probability = step.probability(of: token.id)
      return [
        .foreign(token.text), ExactNumber.html(probability),
        ExactNumber.bar(probability, from: 0, to: 1),
      ]
    }
    return [
      .table(
        head: [
          .group(["after ", HTML(.span, [.class("chip")], .foreign(step.input.text))]),
          Equation("p_t").html, "",
        ], rows: rows, numeric: [1])
    ]
  }

  private func looked(_ walk: Walk, _ index: Int) -> HTML {
    let step = walk.steps[index]
    var (scores, gradients): ([Float]?, [Float]?) = (nil, nil)
    var reach = step.weights.count
    if case .recurrent(let decoder) = walk.decoder {
      scores = decoder.steps[index].scores
      gradients = decoder.gradients?.scores[index]
      reach = min(decoder.reach ?? reach, reach)
    }
    var head: [HTML] = ["token"]
    if scores != nil { head.append(Equation("e_{ti}").html) }
    head += [Equation("α_{ti}").html, ""]
    if gradients != nil { head.append(Equation("∂e_{ti}").html) }
    let rows = walk.source.tokens.indices.map { i -> [HTML] in
      var row: [HTML] = [.foreign(walk.source.tokens[i].text)]
      let isRated = i < reach
      if let scores { row.append(isRated ? ExactNumber.html(scores[i]) : "–") }
      row += [
        ExactNumber.html(step.weights[i]),
        ExactNumber.bar(Double(step.weights[i]), from: 0, to: 1),
      ]
      if let gradients { row.append(isRated ? ExactNumber.html(gradients[i]) : "–") }
      return row
    }
    return .table(head: head, rows: rows, numeric: scores == nil ? [1] : [1, 2, 4])
  }

  private func question(_ walk: Walk, _ index: Int) -> HTML {
    guard case .recurrent(let decoder) = walk.decoder, let gradients = decoder.gradients else {
      return .nothing
    }
    return .facts([
      ("‖∂q‖", ExactNumber.html(WalkPage.norm(gradients.queries[index]))),
      ("‖∂c‖", ExactNumber.html(WalkPage.norm(gradients.contexts[index]))),
    ])
  }

  // MARK: The backward pass

  var gradients: HTML {
    .station(
      "gradients", "What arrives at the source",
      note:
        "The lengths of the gradients, by token: at the keys, where they are a projection of the states, at the states "
        + "from attention, and at the word vectors.",
      [
        columns { way in
          guard let gradients = way.walk.gradients else { return [] }
          var keys: [[Float]]?
          if case .recurrent(let decoder) = way.walk.decoder { keys = decoder.gradients?.keys }
          var head: [HTML] = ["token"]
          if keys != nil { head.append(Equation("‖∂k_i‖").html) }
          head += [Equation("‖∂h_i‖").html, Equation("‖∂x_i‖").html]
          let rows = way.walk.source.tokens.indices.map { i -> [HTML] in
            var row: [HTML] = [.foreign(way.walk.source.tokens[i].text)]
            if let keys { row.append(ExactNumber.html(WalkPage.norm(keys[i]))) }
            row.append(ExactNumber.html(WalkPage.norm(gradients.states[i])))
            row.append(ExactNumber.html(WalkPage.norm(gradients.embeddings[i])))
            return row
          }
          return [.table(head: head, rows: rows, numeric: [1, 2, 3])]
        }
      ])
  }
}

import DragomanPages
import DragomanFormats
import DragomanTranslation

/// The way back.
extension WalkPage {
  /// The way back through one step of the decoder.
  func goingBack(_ gradients: WalkGradients, at index: Int, _ t: String) -> [HTML] {
    let step = walk.steps[index]
    // The token to be written, and those that take probability from it.
    let pulls = [step.output] + step.best.filter { $0.id != step.output.id }.prefix(5)
    let logits = pulls.map { token -> [HTML] in
      let value = gradients.logits[index][Int(token.id)]
      return [
        .foreign(token.text), ExactNumber.html(value),
        ExactNumber.bar(Double(value), from: -1, to: 1),
      ]
    }
    let (weights, scores) = (gradients.weights[index], gradients.scores[index])
    func range(_ values: [Float]) -> (Double, Double) {
      (values.map(Double.init).min() ?? 0, values.map(Double.init).max() ?? 0)
    }
    let reach = min(walk.reach ?? words.count, words.count)
    let ranges = (range(Array(weights.prefix(reach))), range(Array(scores.prefix(reach))))
    let attention = words.indices.map { i -> [HTML] in
      guard i < reach else { return [.foreign(words[i]), "–", .nothing, "–", .nothing] }
      return [
        .foreign(words[i]), ExactNumber.html(weights[i]),
        ExactNumber.bar(Double(weights[i]), from: ranges.0.0, to: ranges.0.1),
        ExactNumber.html(scores[i]),
        ExactNumber.bar(Double(scores[i]), from: ranges.1.0, to: ranges.1.1),
      ]
    }
    let contexts = gradients.contexts[index]
    let states = gradients.decoder.indices.map { layer in
      let values = gradients.decoder[layer][index]
      let place = gradients.decoder.count > 1 ? " of layer \(layer + 1)" : ""
      return vector(
        "∂h\(place) \(t)", gradients.decoder.count > 1 ? "∂h_t\(place)" : "∂s_t", values,
        .of([values]))
    }
    return [
      HTML(
        .details, [.class("back")], HTML(.summary, "The way back"),
        equation(["∂a_t = p_t − onehot(y_t)"]),
        .table(head: ["token", Equation("∂a_t").html, ""], rows: logits, numeric: [1]),
        HTML(
          .div, [.class("vectors")],
          vector("∂c \(t)", equations.contextGradient, contexts, .of([contexts]))),
        equation([equations.weightGradient, WalkEquations.scoreGradient]),
        .table(
          head: ["token", Equation("∂α_{ti}").html, "", Equation("∂e_{ti}").html, ""],
          rows: attention, numeric: [1, 3]),
        HTML(.div, [.class("vectors")], children: states))
    ]
  }

  /// Where all of it arrives.
  func gradients(_ gradients: WalkGradients) -> HTML {
    station(
      "gradients", "Gradients",
      note: (walk.reference == nil
        ? "No target was given: the loss is that of the model’s own greedy translation. "
        : "The loss is that of the given target. ")
        + "∂x is ∂L/∂x, with L the sum over the tokens; training takes the mean, without dropout these numbers divided by T = \(walk.steps.count). "
        + "The way back through each step stands at its end above.",
      arrival(gradients) + encoder(gradients) + parameters(gradients))
  }

  private func arrival(_ gradients: WalkGradients) -> [HTML] {
    let norms = gradients.embeddings.map(Self.norm)
    let most = norms.max() ?? 0
    return [
      HTML(.h3, "How much each word matters: the length of its vector’s gradient"),
      equation(["‖∂x_i‖ = √(Σ_j (∂x_{ij})^2)"]),
      .table(
        head: ["token", Equation("‖∂x_i‖").html, ""],
        rows: words.indices.map { i in
          [
            .foreign(words[i]), ExactNumber.html(norms[i]),
            ExactNumber.bar(norms[i], from: 0, to: most),
          ]
        }, numeric: [1]),
      HTML(
        .details, HTML(.summary, "The gradients of the word vectors themselves"),
        rows(gradients.embeddings, .of(gradients.embeddings), symbol: "∂x")),
    ]
  }

  private func encoder(_ gradients: WalkGradients) -> [HTML] {
    let layers = gradients.encoder.enumerated().flatMap { layer, directions in
      directions.enumerated().map { direction, rows -> HTML in
        let arrow = direction == 1 ? "←" : "→"
        return HTML(
          .details,
          HTML(
            .summary, Equation("∂\(arrow)h").html,
            .text(" of layer \(layer + 1): from its readers and from the step after it")),
          self.rows(rows, .of(rows), symbol: "∂\(arrow)h"))
      }
    }
    return [
      HTML(.h3, "What arrives at the encoder’s states"),
      equation(["∂h_i = Σ_t α_{ti} ∂c_t + (what the scorer sends)"]),
      HTML(
        .details, HTML(.summary, "From attention, at what it looked at"),
        rows(gradients.states, .of(gradients.states), symbol: "∂h")),
    ] + layers
  }

  private func parameters(_ gradients: WalkGradients) -> [HTML] {
    let most = gradients.parameters.map(\.gradient).max() ?? 0
    let table = HTML.table(
      head: ["parameter", "shape", "gradient", Equation("‖∂θ‖").html, "", Equation("‖θ‖").html],
      rows: gradients.parameters.map { entry in
        [
          HTML(.code, .text(entry.name)),
          .text(entry.shape.map(String.init).joined(separator: " × ")),
          Equation(equations.gradient(of: entry.name)).html, ExactNumber.html(entry.gradient),
          ExactNumber.bar(entry.gradient, from: 0, to: max(most, .leastNormalMagnitude)),
          ExactNumber.html(entry.norm),
        ]
      }, numeric: [3, 5])
    return [
      HTML(.h3, "What the parameters get"), table,
      HTML(
        .p, [.class("note")], "All together: ", Equation("‖∂θ‖").html, " = ",
        ExactNumber.html(gradients.norm), ". ", HTML(.code, "docs/gradients.md"),
        " derives each line."),
    ]
  }

  private static func norm(_ vector: [Float]) -> Double {
    vector.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
  }
}

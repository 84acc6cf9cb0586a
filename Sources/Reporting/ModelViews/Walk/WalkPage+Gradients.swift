import DragomanPages
import DragomanFormats
import DragomanTranslation

/// The backward pass.
extension WalkPage {
  /// The backward pass through one step of the decoder.
  func goingBack(_ gradients: WalkGradients, at index: Int, _ t: String) -> HTML {
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
    return HTML(
      .details, [.class("back"), .isOpen],
      children: [
        HTML(.summary, "The backward pass"), equation([WalkEquations.logitGradient]),
        .table(head: ["token", Equation("∂ℓ_t").html, ""], rows: logits, numeric: [1]),
      ] + decoder.wayBack(at: index, t))
  }

  /// Where all of it arrives.
  func gradients(_ gradients: WalkGradients) -> HTML {
    station(
      "gradients", "Gradients",
      note: (walk.reference == nil
        ? "No target was given: the loss is that of the model’s own greedy translation. "
        : "The loss is that of the given target. ")
        + "∂x is ∂L/∂x, with L the sum over the tokens; training takes the mean, without dropout these numbers "
        + "divided by T = \(walk.steps.count). "
        + "The backward pass through each step stands at its end above.",
      arrival(gradients) + states(gradients) + parameters(gradients))
  }

  private func arrival(_ gradients: WalkGradients) -> [HTML] {
    // What arrives at regions is told by the encoder's part.
    walk.image == nil
      ? matters(embeddings: gradients.embeddings, states: gradients.states) : []
  }

  private func states(_ gradients: WalkGradients) -> [HTML] {
    [
      HTML(.h3, "What arrives at the encoder’s states"),
      equation([decoder.stateGradient]),
      HTML(
        .details, HTML(.summary, "From attention, at what it looked at"),
        rows(gradients.states, .of(gradients.states), symbol: "∂h")),
    ] + decoder.gradients + encoder.gradients
  }

  private func parameters(_ gradients: WalkGradients) -> [HTML] {
    let equations = ParameterEquations(walk.configuration)
    return Self.parameters(gradients.parameters, norm: gradients.norm) {
      equations.gradient(of: $0)
    }
  }

  /// The table of parameters with the norms of their gradients; `norm` is that of all.
  static func parameters(
    _ parameters: [(name: String, shape: [Int], norm: Double, gradient: Double)], norm: Double,
    equation: (String) -> String?
  ) -> [HTML] {
    let most = parameters.map(\.gradient).max() ?? 0
    let table = HTML.table(
      head: ["parameter", "shape", "gradient", Equation("‖∂θ‖").html, "", Equation("‖θ‖").html],
      rows: parameters.map { entry in
        [
          HTML(.code, .text(entry.name)),
          .text(entry.shape.map(String.init).joined(separator: " × ")),
          equation(entry.name).map { Equation($0).html } ?? .nothing,
          ExactNumber.html(entry.gradient),
          ExactNumber.bar(entry.gradient, from: 0, to: max(most, .leastNormalMagnitude)),
          ExactNumber.html(entry.norm),
        ]
      }, numeric: [3, 5])
    return [
      HTML(.h3, "What the parameters get"), table,
      HTML(
        .p, [.class("note")], "All together: ", Equation("‖∂θ‖").html, " = ",
        ExactNumber.html(norm), ". ", HTML(.code, "docs/gradients.md"),
        " derives each line."),
    ]
  }

  /// The root of the sum of squares.
  static func norm(_ vector: [Float]) -> Double {
    vector.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
  }
}

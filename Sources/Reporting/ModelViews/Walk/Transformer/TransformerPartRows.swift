import DragomanPages
import DragomanTranslation

/// A part of a Transformer's layer on the page of a walk: what it leaves of a row, which unfolds to what made it.
struct TransformerPartRows {
  let page: any WalkSheet
  let equations: TransformerStackEquations
  /// Whether rows unfold.
  let isUnfolding: Bool

  /// The row of token `index`, labelled with `label`; `place` is what stands below a letter, and `side` whose tokens
  /// self-attention looks at.
  func row(_ part: WalkPart, at index: Int, _ label: HTML, place: String, side: String) -> HTML {
    let values = part.outputs[index]
    let strip = VectorStrip(values: values, scale: .of([values]))
    let name = "x \(place) after \(part.name)"
    guard isUnfolding else { return strip.row(name, label) }
    return HTML(
      .details, strip.row(name, label, as: .summary),
      HTML(.div, [.class("gates")], children: inside(part, at: index, place, side)))
  }

  private func inside(_ part: WalkPart, at index: Int, _ place: String, _ side: String) -> [HTML] {
    (part.normalized.map { [vector("LN(x) \(place)", "LN(x)", $0[index])] } ?? [])
      + work(part, at: index, place, side)
      + (part.renormalized == nil ? [] : [vector("x + y \(place)", "x + y", part.sums[index])])
  }

  private func work(_ part: WalkPart, at index: Int, _ place: String, _ side: String) -> [HTML] {
    switch part.work {
    case .selfAttention(let heads):
      let letters = [("q", heads.queries), ("k", heads.keys), ("v", heads.values)]
      return letters.map { vector("\($0) \(place)", $0, $1[index]) }
        + looking(heads, at: index, place, side) + [
          given(part, equations.attended, at: index, place)
        ]
    case .recurrence(let recurrence):
      return page.gates(recurrence.steps[index], recurrence.cell, of: place)
        + [given(part, equations.recurrentOutput, at: index, place)]
    case .cross(let heads):
      return [vector("q \(place)", equations.query, heads.queries[index])]
        + looking(heads, at: index, place, "source")
        + [given(part, equations.attended, at: index, place)]
    case .feedForward(let inner, let activated):
      return [
        vector("a \(place)", equations.inner, inner[index]),
        vector("φ(a) \(place)", equations.activated, activated[index]),
        given(part, equations.written, at: index, place),
      ]
    }
  }

  /// Scores and weights of each head, and what all of them give.
  private func looking(_ heads: WalkHeads, at index: Int, _ place: String, _ side: String) -> [HTML]
  {
    Self.heads(heads.views[index], place, of: side, scores: "e", weights: "α")
      + [vector("r \(place)", equations.result, heads.results[index])]
  }

  /// A strip of scores and one of weights for each head; a cell is a position of `side`.
  static func heads(
    _ views: [WalkView], _ place: String, of side: String, scores: String, weights: String,
    weightScale: VectorStrip.Scale? = .unit
  ) -> [HTML] {
    views.enumerated().flatMap { head, view in
      [(scores, view.scores, nil), (weights, view.weights, weightScale)].map {
        letter, values, scale in
        VectorStrip(values: values, scale: scale ?? .of([values])).row(
          "\(letter) \(place) of head \(head + 1)",
          .group([
            HTML(.span, [.class("head")], .text("head \(head + 1)")), Equation(letter).html,
          ]), positions: (side, view.seen.lowerBound))
      }
    }
  }

  private func given(_ part: WalkPart, _ equation: String, at index: Int, _ place: String) -> HTML {
    vector("y \(place)", equation, part.given[index])
  }

  private func vector(_ name: String, _ spelling: String, _ values: [Float]) -> HTML {
    page.vector(name, spelling, values, .of([values]))
  }
}

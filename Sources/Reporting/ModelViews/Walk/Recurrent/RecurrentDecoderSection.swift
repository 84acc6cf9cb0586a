import DragomanFormats
import DragomanLayers
import DragomanModels
import DragomanPages
import DragomanTranslation

/// A recurrent decoder on the page of a walk.
struct RecurrentDecoderSection: WalkDecoderSection {
  let walk: RecurrentDecoderWalk
  let page: WalkPage
  let own: RecurrentDecoderEquations
  let attention: AttentionEquations

  /// The section of a decoder's walk.
  init(_ walk: RecurrentDecoderWalk, on page: WalkPage) {
    self.walk = walk
    self.page = page
    own = RecurrentDecoderEquations(walk.configuration, in: page.walk.configuration)
    attention = AttentionEquations(page.walk.configuration)
  }

  /// How many positions were rated.
  var reach: Int { min(walk.reach ?? page.words.count, page.words.count) }

  let shades =
    "The deepest shade of gates, of h and of what a tanh makes is 1, that of other vectors their greatest number."

  var weightNote: HTML {
    guard let reach = walk.reach, reach < page.words.count else { return .nothing }
    return HTML(
      .p, [.class("note")],
      .text(
        "The location score has weights for \(reach) positions; those after them are never looked at."
      ))
  }

  var equations: [String] {
    [own.input] + own.cell.step + attention.scorer.score + [attention.weights]
      + [attention.gate, attention.context, own.attentional, own.deep].compactMap { $0 }
  }

  var logits: String { own.logits }

  var stateGradient: String { attention.stateGradient }

  // MARK: Before the first step

  var keys: [HTML] {
    guard let keys = walk.keys, let equation = attention.scorer.key else { return [] }
    return [
      HTML(
        .details, HTML(.summary, "Keys, computed once for all steps"),
        page.equation([equation]), page.rows(keys, .of(keys), symbol: "k"))
    ]
  }

  var start: [HTML] {
    let first = RecurrentStartEquations(walk.configuration, in: page.walk.configuration)
    let rows = walk.start.enumerated().flatMap { layer, state in
      let place = walk.start.count > 1 ? " of layer \(layer + 1)" : ""
      let scale = VectorStrip.Scale.of([state.hidden])
      return [
        page.vector("s₀\(place)", first.hidden, state.hidden, scale)
      ]
        + (state.cell.map {
          [page.vector("m₀\(place)", first.cell, $0, .of([$0]))]
        } ?? [])
    }
    return [
      page.station(
        "start", "First state",
        note: "The decoder starts from \(first.words)"
          + (first.hasBridge ? ", over a bridge." : ".")
          + (first.lacksCell ? " The encoder has no cell vector to give." : ""),
        [HTML(.div, [.class("vectors")], children: rows)])
    ]
  }

  // MARK: A step

  func way(at index: Int, _ t: String) -> [HTML] {
    let step = walk.steps[index]
    return reading(step, t) + state(step, t)
      + looking(step, weights: page.walk.steps[index].weights, t)
  }

  private func reading(_ step: RecurrentDecoderWalk.Step, _ t: String) -> [HTML] {
    let word = step.layers[0].input
    var rows = [page.vector("X[y] \(t)", "X[y_{t−1}]", word, .of([word]))]
    if let values = step.fed, let fed = own.fed {
      rows.append(page.vector("\(fed.name) \(t)", fed.symbol, values, .of([values])))
    }
    return [HTML(.h4, "It reads"), HTML(.div, [.class("vectors")], children: rows)]
  }

  private func state(_ step: RecurrentDecoderWalk.Step, _ t: String) -> [HTML] {
    let cell = walk.configuration.cell
    let isStack = step.layers.count > 1
    var rows = step.layers.enumerated().map { layer, values in
      HTML(
        .details,
        VectorStrip(values: values.state.hidden, scale: .unit).row(
          "h \(t)",
          isStack
            ? .group([HTML(.span, [.class("word")], "layer \(layer + 1)"), Equation("h_t").html])
            : Equation(cell.stateEquations.hidden).html, as: .summary),
        HTML(.div, [.class("gates")], children: page.gates(values, cell, of: t)))
    }
    let isSum = walk.configuration.residual && isStack
    if isSum {
      rows.append(
        page.vector(
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

  private func looking(
    _ step: RecurrentDecoderWalk.Step, weights: [Float], _ t: String
  ) -> [HTML] {
    let rated = step.scores.prefix(reach).map(Double.init)
    let (low, high) = (rated.min() ?? 0, rated.max() ?? 0)
    let greatest = Double(weights.max() ?? 0)
    var head: [HTML] = [.text(page.example.place)]
    if step.coverage != nil { head.append(Equation("C_{ti}").html) }
    head += [Equation("e_{ti}").html, "", Equation("α_{ti}").html, ""]
    let rows = page.shown(weights).map { i in
      var row: [HTML] = [.foreign(page.words[i])]
      if let coverage = step.coverage { row.append(ExactNumber.html(coverage[i])) }
      let isRated = i < reach
      row += [
        isRated ? ExactNumber.html(step.scores[i]) : "–",
        isRated ? ExactNumber.bar(Double(step.scores[i]), from: low, to: high) : .nothing,
        ExactNumber.html(weights[i]),
        ExactNumber.bar(Double(weights[i]), from: 0, to: max(greatest, 1e-9)),
      ]
      return row
    }
    let shift = step.coverage == nil ? 0 : 1
    var vectors: [HTML] = []
    if let query = step.query, let equation = attention.scorer.query {
      vectors.append(page.vector("q \(t)", equation, query, .of([query])))
    }
    if let gate = step.gate, let equation = attention.gate {
      vectors.append(page.vector("β \(t)", equation, [gate], .unit))
    }
    vectors.append(page.vector("c \(t)", attention.context, step.context, .of([step.context])))
    if let attentional = step.attentional, let equation = own.attentional {
      vectors.append(page.vector("h̃ \(t)", equation, attentional, .unit))
    }
    return [
      HTML(.h4, "It looks at the source"),
      page.equation(attention.scorer.score + [attention.weights]),
      .table(head: head, rows: rows, numeric: [1, 1 + shift, 3 + shift]),
      HTML(.div, [.class("vectors")], children: vectors),
    ]
  }

  func readout(at index: Int, _ t: String) -> [HTML] {
    guard let deep = walk.steps[index].deep, let equation = own.deep else { return [] }
    return [HTML(.div, [.class("vectors")], page.vector("t \(t)", equation, deep, .unit))]
  }
}

import DragomanModels
import DragomanPages
import DragomanTranslation

/// A Transformer's decoder on the page of a walk.
struct TransformerDecoderSection: WalkDecoderSection {
  let walk: TransformerDecoderWalk
  let page: WalkPage
  let letters: TransformerStackEquations
  private let detail: TransformerDetail
  private let isTied: Bool

  /// The section of a decoder's walk.
  init(_ walk: TransformerDecoderWalk, on page: WalkPage) {
    self.walk = walk
    self.page = page
    letters = TransformerStackEquations(walk.configuration, in: page.walk.configuration)
    detail = TransformerDetail(walk.layers)
    isTied = page.walk.configuration.tied.joinsOutput
  }

  let shades = "The deepest shade of α is 1, that of other vectors their greatest number."

  var weightNote: HTML {
    .group([
      HTML(
        .p, [.class("note")],
        .text(
          "The mean of the \(walk.configuration.heads) heads of the top layer; what each head of each layer looked at "
            + "stands in the steps.")),
      detail.note,
    ])
  }

  var equations: [String] {
    var lines = [letters.input] + letters.positions + letters.norm
    for line in letters.selfAttention + letters.cross + letters.feedForward
    where !lines.contains(line) { lines.append(line) }
    return lines + [letters.top]
  }

  var logits: String { "ℓ_t = \(isTied ? "X" : "W") s_t + b" }

  var stateGradient: String { letters.stateGradient }

  // MARK: Before the first step

  let start: [HTML] = []

  /// Its layers have no single score; each shows its own.
  let gradients: [HTML] = []

  var keys: [HTML] {
    let folds = walk.layers.enumerated().flatMap { layer, parts in
      parts.compactMap { part -> HTML? in
        guard detail.shown.contains(layer) else { return nil }
        switch part.work {
        case .cross(let heads): return memory(heads, of: layer)
        case .selfAttention, .recurrence, .feedForward: return nil
        }
      }
    }
    return folds.isEmpty ? [] : [page.equation([letters.memory])] + folds
  }

  private func memory(_ heads: WalkHeads, of layer: Int) -> HTML {
    HTML(
      .details,
      HTML(
        .summary,
        .text(
          "Keys and values for layer \(layer + 1) of the decoder, computed once for all steps")),
      page.rows(heads.keys, .of(heads.keys), symbol: "k"),
      page.rows(heads.values, .of(heads.values), symbol: "v"))
  }

  // MARK: A step

  func way(at index: Int, _ t: String) -> [HTML] {
    reading(index, t)
      + walk.layers.indices.flatMap { layer -> [HTML] in
        let rows = TransformerPartRows(
          page: page, equations: letters, isUnfolding: detail.shown.contains(layer))
        return [
          HTML(.h4, .text(walk.layers.count > 1 ? "Layer \(layer + 1)" : "Its layer")),
          HTML(
            .div, [.class("vectors")],
            children: walk.layers[layer].map { part in
              rows.row(
                part, at: index, page.label(part.shortTitle, letters.output), place: t,
                side: "target")
            }),
        ]
      } + [
        HTML(
          .div, [.class("vectors"), .class("top")],
          page.vector("s \(t)", letters.top, walk.states[index], .of([walk.states[index]])))
      ] + looking(index)
  }

  private func reading(_ index: Int, _ t: String) -> [HTML] {
    let input = walk.input
    func row(_ name: String, _ spelling: String, _ rows: [[Float]]) -> HTML {
      page.vector("\(name) \(t)", spelling, rows[index], .of([rows[index]]))
    }
    return [
      HTML(.h4, "It reads"),
      HTML(
        .div, [.class("vectors")],
        row("X[y]", letters.word, input.words), row("√D X[y]", letters.scaled, input.scaled),
        row("ρ", letters.position, input.positions),
        row("x", "x ← \(letters.scaledShort) + \(letters.position)", input.sums)),
    ]
  }

  /// Where the heads of the top layer looked, and their mean.
  private func looking(_ index: Int) -> [HTML] {
    let mean = page.walk.steps[index].weights
    let heads = topHeads(index)
    let greatest = Double(mean.max() ?? 0)
    let rows = page.shown(mean).map { i -> [HTML] in
      [.foreign(page.words[i])] + heads.map { ExactNumber.html($0.weights[i]) }
        + [
          ExactNumber.html(mean[i]),
          ExactNumber.bar(Double(mean[i]), from: 0, to: max(greatest, 1e-9)),
        ]
    }
    let head: [HTML] =
      [.text(page.example.place)]
      + heads.indices.map { .group([.text("head \($0 + 1), "), Equation("α_{ti}").html]) }
      + ["mean", ""]
    return [
      HTML(.h4, "Where the top layer looks"),
      .table(head: head, rows: rows, numeric: Set(1...(heads.count + 1))),
    ]
  }

  /// What the heads of the top layer saw, if a table has room for them.
  private func topHeads(_ index: Int) -> [WalkView] {
    guard let parts = walk.layers.last, walk.configuration.heads <= 8 else { return [] }
    return parts.flatMap { part -> [WalkView] in
      switch part.work {
      case .cross(let heads): heads.views[index]
      case .selfAttention, .recurrence, .feedForward: []
      }
    }
  }

  func readout(at index: Int, _ t: String) -> [HTML] { [] }

  func wayBack(at index: Int, _ t: String) -> [HTML] {
    guard let gradients = walk.gradients else { return [] }
    let states = gradients.states[index]
    return [
      HTML(
        .div, [.class("vectors")],
        page.vector("∂s \(t)", "∂s_t = ∂ℓ_t \(isTied ? "X" : "W")", states, .of([states]))),
      page.equation([letters.weightGradient, letters.scoreGradient]),
    ]
      + gradients.cross.enumerated().map { layer, steps in
        HTML(
          .details,
          HTML(.summary, .text("Through the attention of layer \(layer + 1) to the source")),
          HTML(
            .div, [.class("vectors")],
            children: TransformerPartRows.heads(
              steps[index], t, of: "source", scores: "∂e", weights: "∂α", weightScale: nil)))
      }
  }
}

extension WalkPart {
  /// What the part is, beside the other parts of its layer.
  var shortTitle: String {
    switch work {
    case .selfAttention: "tokens so far"
    case .recurrence: "SSRU"
    case .cross: "source"
    case .feedForward: "network"
    }
  }
}

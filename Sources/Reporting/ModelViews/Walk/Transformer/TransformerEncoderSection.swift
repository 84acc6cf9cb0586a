import DragomanModels
import DragomanPages
import DragomanTranslation

/// A Transformer's encoder on the page of a walk.
struct TransformerEncoderSection: WalkEncoderSection {
  private let walk: TransformerEncoderWalk
  private let page: WalkPage
  private let equations: TransformerStackEquations
  private let detail: TransformerDetail

  /// The section of an encoder's walk.
  init(_ walk: TransformerEncoderWalk, on page: WalkPage) {
    self.walk = walk
    self.page = page
    equations = TransformerStackEquations(walk.configuration, in: page.walk.configuration)
    detail = TransformerDetail(walk.layers)
  }

  var station: HTML {
    page.station(
      "encoder", "Encoder",
      note:
        "Every position has a row x, to which each part of each layer adds what it gives. Attention looks at "
        + (walk.configuration.window.map { "up to \($0) positions to either side" }
          ?? "all positions of the sentence")
        + ", through \(walk.configuration.heads) heads of d_k = \(width / walk.configuration.heads) numbers each. "
        + "Below stands x after each part; unfold a row to see what made it. The deepest shade of α is 1, that of other "
        + "vectors their greatest number.",
      input + [HTML(.h3, "A layer"), page.equation(layer), detail.note]
        + walk.layers.indices.map(layerRows) + memory)
  }

  private var width: Int { walk.configuration.width }

  private var layer: [String] {
    equations.norm + equations.selfAttention
      + equations.feedForward.filter { $0 != equations.output }
  }

  private var input: [HTML] {
    let scaled = walk.input.scaled
    let sums = walk.input.sums
    return [
      HTML(.h3, "What the lowest layer reads"),
      page.equation([equations.input] + equations.positions),
      HTML(
        .div, [.class("vectors")],
        children: page.words.indices.map { i in
          let place = WalkPage.lowered(i + 1)
          return HTML(
            .details,
            VectorStrip(values: sums[i], scale: .of(sums)).row(
              "x\(place) \(page.isolated(i))", page.token(page.words[i], "x"), as: .summary),
            HTML(
              .div, [.class("gates")],
              page.vector("√D x \(place)", equations.scaled, scaled[i], .of(scaled)),
              page.vector(
                "ρ \(place)", equations.position, walk.input.positions[i],
                .of(walk.input.positions))))
        }),
    ]
  }

  private func layerRows(_ layer: Int) -> HTML {
    let last = walk.layers.count - 1
    let rows = TransformerPartRows(
      page: page, equations: equations, isUnfolding: detail.shown.contains(layer))
    let content = walk.layers[layer].flatMap { part -> [HTML] in
      [
        HTML(.h3, .text(part.title), " ", HTML(.small, HTML(.code, .text(part.name)))),
        HTML(
          .div, [.class("vectors")],
          children: page.words.indices.map { i in
            rows.row(
              part, at: i, page.token(page.words[i], equations.output),
              place: "\(WalkPage.lowered(i + 1)) \(page.isolated(i))", side: "source")
          }),
      ]
    }
    guard last > 0 else { return .group(content) }
    return HTML(
      .details, [.class("layer")] + (layer == last ? [.isOpen] : []),
      children: [HTML(.summary, .text("Layer \(layer + 1)"))] + content)
  }

  /// What attention looks at.
  private var memory: [HTML] {
    let states = page.walk.states
    return [
      HTML(.h3, "What attention looks at"), page.equation([equations.top]),
      page.rows(states, .of(states), symbol: "h"),
    ] + page.decoder.keys
  }

  /// What arrives at the states stands on the page of every model; there are no states between.
  let gradients: [HTML] = []
}

extension WalkPart {
  /// What the part is, as a heading.
  var title: String {
    switch work {
    case .selfAttention: "Self-attention"
    case .recurrence: "SSRU"
    case .cross: "Attention to the source"
    case .feedForward: "Feed-forward network"
    }
  }
}

import DragomanModels
import DragomanPages
import DragomanTranslation

/// A Transformer's encoder on the page of a walk.
struct TransformerEncoderSection: WalkEncoderSection {
  private let walk: TransformerEncoderWalk
  private let page: any WalkSheet
  private let equations: TransformerStackEquations
  private let detail: TransformerDetail

  /// The section of an encoder's walk.
  init(_ walk: TransformerEncoderWalk, on page: any WalkSheet) {
    self.walk = walk
    self.page = page
    equations = TransformerStackEquations(walk.configuration, in: page.model)
    detail = TransformerDetail(walk.layers)
  }

  var station: HTML {
    page.station(
      "encoder", "Encoder",
      note:
        "Every position has a row x, to which each part of each layer adds what it gives. Attention looks at "
        + (walk.configuration.window.map { "up to \($0) positions to either side" }
          ?? "all of them")
        + ", through \(walk.configuration.heads) heads of d_k = \(width / walk.configuration.heads) numbers each. "
        + "Below stands x after each part; unfold a row to see what made it. The deepest shade of α is 1, that of "
        + "other vectors their greatest number.",
      input + [HTML(.h3, "A layer"), page.equation(layer), detail.note]
        + TransformerLayerRows(
          page: page, equations: equations, layers: walk.layers, detail: detail
        ).html + memory)
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

  /// What attention looks at.
  private var memory: [HTML] {
    let states = page.states
    return [
      HTML(.h3, .text("What \(page.reader) looks at")), page.equation([equations.top]),
      page.rows(states, .of(states), symbol: "h"),
    ] + page.keys
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

import DragomanImages
import DragomanModels
import DragomanPages
import DragomanTranslation

/// A vision transformer on the page of a walk.
struct VisionEncoderSection {
  private let walk: VisionEncoderWalk
  private let image: WalkImage
  private let page: any WalkSheet
  private let equations: TransformerStackEquations
  private let detail: TransformerDetail

  /// The section of an encoder's walk.
  init(_ walk: VisionEncoderWalk, _ image: WalkImage, on page: any WalkSheet) {
    (self.walk, self.image, self.page) = (walk, image, page)
    equations = TransformerStackEquations(walk.configuration)
    detail = TransformerDetail(walk.layers)
  }

  private var first: Int { image.hasClass ? 1 : 0 }
  private var configuration: VisionEncoderConfiguration { walk.configuration }

  /// The stations of patches and of layers.
  var stations: [HTML] {
    [patches, encoder]
  }

  // MARK: Patches

  private var patches: HTML {
    let side = configuration.patch
    let numbers = walk.input.words.dropFirst(first)
    return page.station(
      "patches", "Patches",
      note:
        "The image is cut into \(image.places.height) × \(image.places.width) patches of \(side) × \(side) pixels"
        + (image.hasClass ? ", before which stands a row for the image as a whole" : "")
        + ": S = \(page.words.count) rows. Each patch is one vector of \(numbers.first?.count ?? 0) numbers, "
        + "which a product makes \(configuration.width) numbers of.",
      [
        HTML(
          .ol, [.class("tokens")],
          children: page.words.enumerated().map { index, word in
            HTML(
              .li, index < first ? .nothing : picture(index - first),
              HTML(.strong, .text(word)), HTML(.small, .text("\(index + 1)")))
          }),
        page.equation(
          ["x_i = W patch_i + b + ρ_i"] + (image.hasClass ? ["x_1 = class + ρ_1"] : [])),
        HTML(
          .div, [.class("vectors")],
          children: page.words.indices.map(row)),
      ])
  }

  /// A patch in its own colours.
  private func picture(_ patch: Int) -> HTML {
    let side = configuration.patch
    let (line, column) = (patch / image.places.width * side, patch % image.places.width * side)
    let whole = image.image.withChannels(3)
    var samples: [Float] = []
    for y in line..<(line + side) {
      for x in column..<(column + side) {
        for channel in 0..<3 { samples.append(whole[y, x, channel]) }
      }
    }
    let own = Image(height: side, width: side, channels: 3, samples: samples)
    return HTML(
      .img,
      [
        .class("patch"), .picture(png: PNGWriter.bytes(of: own)),
        .alternative("patch \(page.words[patch + first])"),
      ])
  }

  private func row(_ index: Int) -> HTML {
    let input = walk.input
    let place = WalkPage.lowered(index + 1)
    let own = "\(place) \(page.isolated(index))"
    let projected = page.vector(
      "\(index < first ? "class" : "W patch + b") \(place)",
      index < first ? "class" : "W patch_i + b", input.scaled[index], .of(input.scaled))
    return HTML(
      .details,
      VectorStrip(values: input.sums[index], scale: .of(input.sums)).row(
        "x\(own)", page.token(page.words[index], "x"), as: .summary),
      HTML(
        .div, [.class("gates")],
        index < first
          ? .nothing
          : page.vector(
            "patch \(place)", "patch_i", input.words[index],
            .of(Array(input.words.dropFirst(first)))),
        projected,
        page.vector(
          "ρ \(place)", "ρ_i = P[i − 1]", input.positions[index], .of(input.positions))))
  }

  // MARK: Layers

  private var encoder: HTML {
    let heads = configuration.heads
    return page.station(
      "encoder", "Encoder",
      note:
        "Every row x gets what each part of each layer adds to it. Attention looks at all rows through \(heads) "
        + "heads of "
        + "d_k = \(configuration.width / heads) numbers each. The pictures show where the heads looked: "
        + (image.hasClass
          ? "what the row of the class saw, the brighter the more."
          : "the mean over all patches that look, the brighter the more.")
        + " Below stands x after each part; unfold a row to see what made it.",
      [
        page.equation(
          equations.norm + equations.selfAttention
            + equations.feedForward.filter { $0 != equations.output }),
        HTML(.h3, "Where the heads looked"),
      ] + walk.layers.indices.flatMap(looked) + [HTML(.h3, "The layers"), detail.note]
        + TransformerLayerRows(
          page: page, equations: equations, layers: walk.layers, detail: detail
        ).html + [
          HTML(.h3, .text("What pooling looks at")), page.equation([equations.top]),
          page.rows(page.states, .of(page.states), symbol: "h"),
        ])
  }

  /// Where the heads of a layer looked, on the image.
  private func looked(_ layer: Int) -> [HTML] {
    walk.layers[layer].flatMap { part -> [HTML] in
      guard case .selfAttention(let heads) = part.work else { return [] }
      let rows = image.hasClass ? heads.views.prefix(1) : heads.views[...]
      let weights = (0..<configuration.heads).map { head in
        (first..<page.words.count).map { source in
          rows.reduce(0) { $0 + $1[head].weights[source] } / Float(max(rows.count, 1))
        }
      }
      let whose = image.hasClass ? "the row of the class" : "the patches, in the mean,"
      return [
        Mosaic.looks(
          "α of \(part.name)", kind: "head", at: image.image, height: image.places.height,
          width: image.places.width, weights
        ).html(
          Equation(image.hasClass ? "α_{1i}" : "(1/S) Σ_t α_{ti}").html,
          note: "where \(whose) looked in layer \(layer + 1), head by head")
      ]
    }
  }
}

import DragomanFormats
import DragomanImages
import DragomanModels
import DragomanPages
import DragomanTranslation

/// Convolutions on the page of a walk: what each part of each stage makes of the image, as small pictures.
struct ConvolutionalEncoderSection {
  private let walk: ConvolutionalEncoderWalk
  private let image: WalkImage
  private let page: any WalkSheet
  private let pictures: WalkGridPictures

  /// The section of an encoder's walk.
  init(_ walk: ConvolutionalEncoderWalk, _ image: WalkImage, on page: any WalkSheet) {
    (self.walk, self.image, self.page) = (walk, image, page)
    pictures = WalkGridPictures(grids: walk.stages.reduce(1) { $0 + $1.grids })
  }

  /// The station of the encoder.
  var station: HTML {
    page.station(
      "encoder", "Encoder",
      note:
        "Each stage reads the image that the one before made. A small picture is a channel: blue is above 0, orange "
        + "below, and the deepest shade the greatest number of all channels. Point at a picture, tap it or walk it "
        + "with the arrow keys to read every number.",
      walk.stages.indices.map(stage))
  }

  private func stage(_ index: Int) -> HTML {
    let stage = walk.stages[index]
    let equations = ConvolutionalEquations(
      stage: stage.configuration, isNormalized: walk.configuration.batchNormalization)
    let output = stage.output
    return HTML(
      .details, [.class("layer"), .isOpen],
      children: [
        HTML(
          .summary, .text("Stage \(index + 1) "), HTML(.small, HTML(.code, .text(stage.name))),
          .text(", gives \(output.height) × \(output.width) × \(output.channels)")),
        page.equation(equations.all),
      ] + unit(stage.unit, stage.name, equations.convolution, equations.activation)
        + (stage.squeeze.map(squeeze) ?? [])
        + (stage.added.map {
          [heading("The way past"), grid("y + x", ConvolutionalEquations.added, $0, stage.name)]
        } ?? [])
        + (stage.attention.map { attention($0, stage.name) } ?? [])
        + (stage.pooled.map {
          [heading("Pooling"), grid("y", equations.pooled ?? "y", $0, stage.name)]
        } ?? []))
  }

  private func heading(_ text: String) -> HTML { HTML(.h4, .text(text)) }

  private func grid(_ name: String, _ spelling: String, _ grid: WalkGrid, _ place: String) -> HTML {
    pictures.html("\(name) of \(place)", spelling, grid)
  }

  /// A convolution with what follows it.
  private func unit(
    _ unit: WalkUnit, _ place: String, _ convolution: String, _ activation: String
  ) -> [HTML] {
    [grid("a", convolution, unit.convolved, place)]
      + (unit.normalized.map { [grid("z", ConvolutionalEquations.norm, $0, place)] } ?? [])
      + (unit.activated.map { [grid("y", activation, $0, place)] } ?? [])
  }

  // MARK: Squeeze-and-excitation

  private func squeeze(_ squeeze: WalkSqueeze) -> [HTML] {
    let order = squeeze.factors.indices.sorted {
      (-squeeze.factors[$0], $0) < (-squeeze.factors[$1], $1)
    }
    let ends = order.count > 12 ? Array(order.prefix(6) + order.suffix(6)) : order
    return [
      heading("Squeeze-and-excitation"),
      HTML(
        .div, [.class("vectors")],
        page.vector("x̄", ConvolutionalEquations.mean, squeeze.mean, .of([squeeze.mean])),
        page.vector(
          "W₁ x̄", ConvolutionalEquations.hidden, squeeze.hidden.before, .of([squeeze.hidden.before])
        ),
        page.vector(
          "max(W₁ x̄, 0)", ConvolutionalEquations.bentHidden, squeeze.hidden.after,
          .of([squeeze.hidden.after])),
        page.vector(
          "a", ConvolutionalEquations.shareScores, squeeze.scores, .of([squeeze.scores])),
        page.vector("g", ConvolutionalEquations.shares, squeeze.factors, .unit)),
      HTML(
        .p, [.class("note")],
        .text(
          "What is kept of each channel, g"
            + (ends.count < order.count
              ? ": the six channels of which most, and the six of which least." : "."))),
      .table(
        head: ["channel", Equation("x̄").html, Equation("g").html, ""],
        rows: ends.map { channel in
          [
            .text("\(channel + 1)"), ExactNumber.html(squeeze.mean[channel]),
            ExactNumber.html(squeeze.factors[channel]),
            ExactNumber.bar(Double(squeeze.factors[channel]), from: 0, to: 1),
          ]
        }, numeric: [1, 2]),
      grid("y ⊙ g", ConvolutionalEquations.weighed, squeeze.output, squeeze.name),
    ]
  }

  // MARK: Attention of pixels

  private func attention(_ attention: WalkStageAttention, _ place: String) -> [HTML] {
    switch attention {
    case .block(let block): return self.block(block)
    case .half(let split, let blocks, let merge):
      return [heading("Two halves")]
        + unit(split, split.name, "W y", ConvolutionalEquations.split)
        + blocks.flatMap(self.block)
        + [heading("Both halves together")]
        + unit(merge, merge.name, "W [a ; b]", ConvolutionalEquations.merge)
    }
  }

  private func block(_ block: WalkAttentionBlock) -> [HTML] {
    let attention = block.attention
    let name = attention.name
    return [heading("Attention of the pixels")]
      + [
        grid("q", "q", attention.queries, name), grid("k", "k", attention.keys, name),
        grid("v", ConvolutionalEquations.projection, attention.values, name),
      ] + looked(attention)
      + [
        grid("r", ConvolutionalEquations.result, attention.result, name),
        grid("pe", ConvolutionalEquations.term(attention.positions), attention.term.output, name),
        grid("r + pe", ConvolutionalEquations.sum, attention.sum, name),
        grid("W_o (r + pe)", ConvolutionalEquations.attended, attention.output.output, name),
        grid("y + W_o (r + pe)", ConvolutionalEquations.past, block.attended, name),
        heading("A network for each pixel"),
        grid("silu(W₁ y)", ConvolutionalEquations.inner, block.inner.output, block.name),
        grid("W₂ silu(W₁ y)", ConvolutionalEquations.outer, block.outer.output, block.name),
        grid("y", ConvolutionalEquations.block, block.output, block.name),
      ]
  }

  /// Where each head looked: the mean over the pixels on the image, and each pixel's own weights if there is room for
  /// them.
  private func looked(_ attention: WalkPixelAttention) -> [HTML] {
    let (height, width) = (attention.result.height, attention.result.width)
    let heads = 0..<attention.heads
    let means = Mosaic.looks(
      "α of \(attention.name), the mean over the pixels that look,", kind: "head",
      at: image.image, height: height, width: width, heads.map { attention.looked(at: $0) })
    return [
      means.html(
        Equation("(1/S) Σ_i α_{ij}").html,
        note: "what each head looked at, the mean over the pixels that look; bright is most")
    ]
      + heads.flatMap { head in
        [("e", ConvolutionalEquations.scores), ("α", ConvolutionalEquations.weights)].map {
          letter, spelling in
          let rows = attention.views.map { letter == "e" ? $0[head].scores : $0[head].weights }
          return pixelRows(
            "\(letter) of head \(head + 1) of \(attention.name)", spelling, rows, head: head,
            height: height, width: width)
        }
      }
  }

  /// For each pixel that looks, a picture of those that it looks at; the pictures stand as the pixels do.
  private func pixelRows(
    _ name: String, _ spelling: String, _ rows: [[Float]], head: Int, height: Int, width: Int
  ) -> HTML {
    guard rows.count * rows.count <= 4096 else {
      return HTML(
        .p, [.class("note")],
        .text("\(name): \(NumberText.grouped(rows.count * rows.count)) numbers, which "),
        HTML(.code, "dragoman explain --json"), " has.")
    }
    let greatest = rows.joined().lazy.filter(\.isFinite).map(\.magnitude).max() ?? 0
    let mosaic = Mosaic.shades(
      name, kind: "pixel", height: height, width: width, rows, greatest: greatest, columns: width)
    return mosaic.html(
      Equation(spelling).html,
      note: "head \(head + 1): for each pixel, what it sees; the deepest shade is "
        + VectorStrip.text(Double(greatest), greatest: Double(greatest)),
      below: mosaic.numbers(atMost: WalkGridPictures.mostRead))
  }
}

extension ConvolutionalStageWalk {
  /// About how many grids a page shows of it.
  fileprivate var grids: Int {
    3 + (squeeze == nil ? 0 : 1) + (added == nil ? 0 : 1) + (pooled == nil ? 0 : 1)
      + (attention.map { 11 * $0.blocks.count + 6 } ?? 0)
  }
}

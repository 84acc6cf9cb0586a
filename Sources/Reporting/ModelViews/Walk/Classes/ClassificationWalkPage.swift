import DragomanFormats
import DragomanLayers
import DragomanModels
package import DragomanPages
package import DragomanTranslation

/// An example's way through a classifier as a page: every number beside its equation.
package struct ClassificationWalkPage: Sendable {
  let walk: ClassificationWalk
  let equations: ClassificationEquations

  /// The page of a walk.
  package init(_ walk: ClassificationWalk) {
    self.walk = walk
    equations = ClassificationEquations(walk.configuration)
  }

  /// The page.
  package var page: Page {
    Page(
      walk.example.name, subtitle: subtitle,
      styles: [Shades.style, WalkStyle.text, MosaicStyle.text],
      scripts: [WalkScript.text],
      content: [route] + reading + [pooling, classes]
        + (walk.gradients.map { [gradients($0)] } ?? []))
  }

  private var subtitle: HTML {
    .group([
      HTML(.span, [.class("arrow"), .isHidden], "→ "),
      HTML(.span, [.class("translation")], .foreign(walk.labels[walk.best])), .text(" "),
      ExactNumber.html(walk.probability(of: walk.best)),
      HTML(.br), HTML(.small, .text(walk.configuration.words)),
    ])
  }

  /// The stations, as links.
  private var route: HTML {
    let first: [(String, String)] =
      switch walk.encoder {
      case .sequence(let encoder): firstStations(encoder) + [("encoder", "Encoder")]
      case .vision: [("image", "Image"), ("patches", "Patches"), ("encoder", "Encoder")]
      case .convolutional: [("image", "Image"), ("encoder", "Encoder")]
      }
    var stations = first + [("pooling", "Pooling"), ("classes", "Classes")]
    if walk.gradients != nil { stations.append(("gradients", "Gradients")) }
    return HTML(
      .nav, [.class("route"), .label("Stations of the example")],
      children: stations.map { HTML(.a, [.target($0.0)], .text($0.1)) })
  }

  // MARK: What reads

  private var reading: [HTML] {
    switch (walk.encoder, walk.example) {
    case (.sequence(let encoder), .text(let text)):
      [station(of: text), vectors(encoder.embeddings), section(encoder).station]
    case (.sequence(let encoder), .rows(let rows)):
      [station(of: rows)] + (encoder.embeddings.isEmpty ? [] : [vectors(encoder.embeddings)])
        + [section(encoder).station]
    case (.vision(let encoder), .image(let image)):
      [station(of: image)] + VisionEncoderSection(encoder, image, on: self).stations
    case (.convolutional(let encoder), .image(let image)):
      [station(of: image), ConvolutionalEncoderSection(encoder, image, on: self).station]
    case (.sequence, .image), (.vision, _), (.convolutional, _): []
    }
  }

  func section(_ encoder: WalkEncoder) -> any WalkEncoderSection {
    switch encoder {
    case .recurrent(let encoder): RecurrentEncoderSection(encoder, on: self)
    case .transformer(let encoder): TransformerEncoderSection(encoder, on: self)
    case .features: FeaturesEncoderSection(on: self)
    case .vision, .convolutional: preconditionFailure("an image among texts and rows")
    }
  }

  // MARK: Pooling and classes

  private var pooling: HTML {
    let pooling = walk.pooling
    let note =
      switch pooling.kind {
      case .cls: "The vector of the first row stands for the whole."
      case .mean: "The mean of all vectors stands for the whole."
      case .attention:
        "A learnt query q tells how much each vector counts; all shares together are 1."
      }
    return station(
      "pooling", "Pooling", note: note + " The deepest shade is the greatest number.",
      [equation(equations.pooling)] + counted + [
        HTML(
          .div, [.class("vectors")],
          vector("u", equations.pooled, pooling.pooled, .of([pooling.pooled])))
      ])
  }

  /// How much each vector counted: on the image, and in a table where pooling weighs them.
  private var counted: [HTML] {
    guard let scores = walk.pooling.scores, let weights = walk.pooling.weights else { return [] }
    let greatest = Double(weights.max() ?? 1)
    // A table of hundreds of places is no help; the picture of an image has their numbers.
    let shown = shown(weights)
    return onImage(weights, "α of pooling") + [
      .table(
        head: [
          "of", Equation(ClassificationEquations.scores).html, Equation("α_i").html, "",
        ],
        rows: shown.map { i in
          [
            .foreign(words[i]), ExactNumber.html(scores[i]), ExactNumber.html(weights[i]),
            ExactNumber.bar(Double(weights[i]), from: 0, to: max(greatest, 1e-9)),
          ]
        }, numeric: [1, 2]),
      shown.count < weights.count
        ? HTML(
          .p, [.class("note")],
          .text("The \(shown.count) places that count most, of \(weights.count)."))
        : .nothing,
    ]
  }

  /// A number for each part of an image, on the image; nothing of texts.
  func onImage(_ values: [Float], _ name: String, note: String = "the brighter the more") -> [HTML]
  {
    guard case .image(let image) = walk.example else { return [] }
    return [looks(at: image, values, name, note: note)]
  }

  private var classes: HTML {
    let greatest = walk.probability(of: walk.best)
    var shown = Array(walk.ranking.prefix(20))
    if !shown.contains(walk.target) { shown.append(walk.target) }
    let rows = shown.map { label -> [HTML] in
      let name = HTML.foreign(walk.labels[label])
      let probability = walk.probability(of: label)
      return [
        label == walk.target ? HTML(.strong, [.class("best")], name) : name,
        ExactNumber.html(walk.logits[label]), ExactNumber.html(probability),
        ExactNumber.bar(probability, from: 0, to: max(greatest, 1e-9)),
      ]
    }
    let others = walk.labels.count - shown.count
    return station(
      "classes", "Classes",
      note:
        "A projection gives each of the \(walk.labels.count) classes a number, and the softmax makes probabilities of "
        + "these. "
        + (walk.isForced
          ? "The loss is that of the class that was given."
          : "No class was given: the loss is that of the most probable one."),
      [
        equation([
          ClassificationEquations.logits, ClassificationEquations.softmax,
          ClassificationEquations.loss,
        ]),
        .table(
          head: ["class", Equation("ℓ").html, Equation("p").html, ""], rows: rows,
          numeric: [1, 2]),
        others > 0
          ? HTML(.p, [.class("note")], .text("\(NumberText.grouped(others)) other classes."))
          : .nothing,
        .facts([
          ("class, y", .foreign(walk.labels[walk.target])),
          ("loss, L", ExactNumber.html(walk.loss)),
        ]),
      ])
  }
}

extension ClassificationWalkPage: WalkSheet {
  var example: WalkExample { walk.example }
  var words: [String] { walk.example.source.tokens.map(\.text) }
  var model: ModelConfiguration { walk.configuration.reader }
  var states: [[Float]] { walk.states }
  var reader: String { "pooling" }
  var keys: [HTML] { [] }
}

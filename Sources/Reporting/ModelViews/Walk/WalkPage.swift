import DragomanModels
package import DragomanPages
import DragomanFormats
import DragomanLayers
package import DragomanTranslation

/// An example's way through a model that writes, as a page: every number beside its equation.
package struct WalkPage: Sendable {
  let walk: Walk

  /// The page of a walk.
  package init(_ walk: Walk) { self.walk = walk }

  /// The page.
  package var page: Page {
    Page(
      walk.source.line, subtitle: subtitle,
      styles: [Shades.style, WalkStyle.text] + (walk.image == nil ? [] : [MosaicStyle.text]),
      scripts: [WalkScript.text],
      content: [route] + reading + decoder.start + [writing, result]
        + (walk.gradients.map { [gradients($0)] } ?? []))
  }

  /// What is read, and what the encoder makes of it.
  private var reading: [HTML] {
    switch (walk.example, walk.encoder) {
    case (.text(let text), _):
      [station(of: text, also: target), vectors(walk.embeddings), encoder.station]
    case (.rows(let rows), .features): [station(of: rows), encoder.station]
    case (.rows(let rows), _):
      [station(of: rows), vectors(walk.embeddings), encoder.station]
    case (.image(let image), .vision(let encoder, _)):
      [station(of: image)] + VisionEncoderSection(encoder, image, on: self).stations
    case (.image(let image), _): [station(of: image), encoder.station]
    }
  }

  /// What is forced.
  private var target: [HTML] {
    walk.reference.map { reference in
      [
        HTML(
          .p, [.class("note")],
          "The target is given. Each step of the decoder reads its true previous token, as in training."
        )
      ] + reference.pieces
    } ?? []
  }

  /// What the encoder's family shows.
  var encoder: any WalkEncoderSection {
    switch walk.encoder {
    case .recurrent(let encoder): RecurrentEncoderSection(encoder, on: self)
    case .transformer(let encoder): TransformerEncoderSection(encoder, on: self)
    case .vision, .convolutional: ImageEncoderSection(walk, on: self)
    case .features: FeaturesEncoderSection(on: self)
    }
  }

  /// What the decoder's family shows.
  var decoder: any WalkDecoderSection {
    switch walk.decoder {
    case .recurrent(let decoder): RecurrentDecoderSection(decoder, on: self)
    case .transformer(let decoder): TransformerDecoderSection(decoder, on: self)
    }
  }

  private var subtitle: HTML {
    .group([
      HTML(.span, [.class("arrow"), .isHidden], "→ "),
      HTML(.span, [.class("translation")], .foreign(walk.text)),
      HTML(.br), HTML(.small, .text(walk.configuration.words)),
    ])
  }

  /// The stations, as links.
  private var route: HTML {
    var stations =
      firstStations(walk.encoder) + [("encoder", "Encoder")]
      + (decoder.start.isEmpty ? [] : [("start", "First state")])
      + [("decoder", "Decoder"), ("result", "Result")]
    if walk.gradients != nil { stations.append(("gradients", "Gradients")) }
    return HTML(
      .nav, [.class("route"), .label("Stations of the sentence")],
      children: stations.map { HTML(.a, [.target($0.0)], .text($0.1)) })
  }
}

extension WalkPage {
  /// How numbers are read.
  static let reading =
    " Point at a strip, tap it or walk it with the arrow keys to read every number as the model has it."
}

extension WalkText {
  /// The text, what the tokenizer made of it, and its tokens with their numbers.
  var pieces: [HTML] {
    var lines: [(name: String, value: HTML)] = [("as given", .foreign(line))]
    if normalized != line { lines.append(("normalised", .foreign(normalized))) }
    return [
      .facts(lines),
      HTML(
        .ol, [.class("tokens")],
        children: tokens.map { token in
          HTML(
            .li, HTML(.strong, .foreign(token.text)), HTML(.small, .text("\(token.id)")))
        }),
    ]
  }
}

import DragomanFormats
import DragomanText
import DragomanTraining
import DragomanTranslation

/// All that an inspection tells, as a page.
public struct InspectionPage {
  private let inspection: Inspection

  /// Tokens of a vocabulary that the page lists.
  private static let listed = 300

  /// The page of an inspection.
  public init(_ inspection: Inspection) { self.inspection = inspection }

  /// The page; throws what reading the tensors throws.
  public var page: Page {
    get throws {
      let name = inspection.model?.configuration["name"]?.string
      return Page(
        name ?? Files.name(of: inspection.file.path), subtitle: subtitle,
        styles: [Shades.style, InspectionStyle.text],
        content: [.highlights(highlights), parts, history] + maps + [
          vocabularies, try tensors, configuration,
        ])
    }
  }

  private var subtitle: HTML {
    let bytes = NumberText.bytes((try? Files.size(inspection.file.path)) ?? 0)
    let what =
      inspection.model.map { ModelDescription.sentence($0.model.configuration) }
      ?? "a safetensors file, not a model of Dragoman's"
    return .group([
      .foreign(inspection.file.path), .text(", \(bytes)"), HTML(.br), .text(what),
    ])
  }

  private var highlights: [(name: String, value: String, note: String)] {
    let total = inspection.parts.reduce(0) { $0 + $1.count }
    var figures = [
      (
        name: "parameters", value: NumberText.grouped(total),
        note: "in \(NumberText.grouped(inspection.file.tensors.count)) tensors"
      )
    ]
    for (side, codec) in inspection.codecs {
      figures.append(
        (
          "\(side) vocabulary", NumberText.grouped(codec.vocabulary.count),
          "\(codec.tokenizer.kind.rawValue) tokens"
        ))
    }
    if let record = inspection.record {
      figures.append(
        (
          "updates", NumberText.grouped(record.updates),
          "\(NumberText.grouped(record.pairs)) pairs, \(record.epochs) epochs"
        ))
      if let best = record.best {
        figures.append(
          (
            "best validation", NumberText.fixed(best.loss, decimals: 4),
            "loss, after update \(NumberText.grouped(best.update))"
          ))
      }
    }
    if inspection.nonFinite > 0 {
      figures.append(
        ("not finite", NumberText.grouped(inspection.nonFinite), "numbers are infinite or NaN"))
    }
    return figures
  }

  private var parts: HTML {
    let total = Double(max(inspection.parts.reduce(0) { $0 + $1.count }, 1))
    return .section(
      "Parameters",
      .table(
        head: ["part", "numbers", "share", ""],
        rows: inspection.parts.map { part in
          let share = Double(part.count) / total
          return [
            .foreign(part.name), .text(NumberText.grouped(part.count)),
            .text(NumberText.fixed(100 * share, decimals: 1) + " %"),
            ExactNumber.bar(share, from: 0, to: 1),
          ]
        }, numeric: [1, 2]))
  }

  // MARK: Training

  private var history: HTML {
    guard let record = inspection.record else { return .nothing }
    let losses = LineChart(
      "loss",
      [
        LineChart.Series(
          "training", inspection.losses.map { (x: Double($0.update), y: $0.loss) }),
        LineChart.Series("validation", colour: 1, Self.points(.loss, record)),
      ])
    let others = ValidationMetric.allCases.filter { $0 != .loss && $0 != .perplexity }.map {
      LineChart($0.name, [LineChart.Series("validation", colour: 1, Self.points($0, record))])
    }
    let charts = ([losses] + others).filter { !$0.series.isEmpty }.map(\.html)
    return .section(
      "Training",
      note: .text(
        "\(NumberText.grouped(record.updates)) updates, \(NumberText.grouped(record.targetTokens)) target tokens, "
          + "\(record.validations.count) validations"
          + (inspection.losses.isEmpty
            ? "; the loss of the training stands in the log of the run, which is not beside the file."
            : ".")),
      .columns(charts))
  }

  private static func points(
    _ metric: ValidationMetric, _ record: TrainingRecord
  ) -> [(x: Double, y: Double)] {
    record.validations.compactMap { validation in
      validation.value(of: metric).map { (x: Double(validation.update), y: $0) }
    }
  }

  // MARK: Words

  private var maps: [HTML] {
    guard let model = inspection.model else { return [] }
    let figures = model.wordVectors.map {
      EmbeddingMap(side: $0.side, $0.codec, $0.table).html
    }
    return [
      .section(
        "Word vectors",
        note: .text(
          "The tokens that the vocabulary has first, which are the frequent ones, and of pieces those that begin a "
            + "word, along the two directions in which their vectors spread most (principal components). Point at "
            + "a dot to read its token."
        ),
        content: figures)
    ]
  }

  private var vocabularies: HTML {
    guard inspection.model != nil else { return .nothing }
    return .section(
      "Vocabulary",
      content: inspection.codecs.map { side, codec in
        let tokens = (0..<Int32(codec.vocabulary.count)).filter {
          !codec.vocabulary[$0].hasPrefix("<0x")
        }
        let shown = tokens.prefix(Self.listed)
        let more = tokens.count - shown.count
        return HTML(
          .details,
          HTML(
            .summary,
            .text(
              "\(side): \(NumberText.grouped(codec.vocabulary.count)) entries, \(codec.tokenizer.kind.rawValue) tokens"
                + (codec.tokenizer.lowercase ? ", lower-case" : ""))),
          HTML(
            .ul, [.class("entries")],
            children: shown.map { id in
              HTML(.li, HTML(.small, .text("\(id)")), " ", .foreign(codec.display(id)))
            }),
          more > 0
            ? HTML(.p, [.class("note")], .text("… and \(NumberText.grouped(more)) more"))
            : .nothing)
      })
  }

  // MARK: Tensors

  private var tensors: HTML {
    get throws {
      let names = ["type", "shape", "mean", "deviation", "minimum", "maximum", "norm"]
      let rows = zip(inspection.file.tensors, inspection.statistics).map { tensor, statistics in
        [HTML.foreign(tensor.name), .text(tensor.type.rawValue), .text(Self.shape(tensor))]
          + (statistics.map { $0.count > 0 ? Self.figures($0) : [] } ?? []).map { .text($0) }
      }
      return .section(
        "Tensors",
        content: [
          .table(
            head: [.text("tensor")] + names.map { .text($0) }, rows: rows,
            numeric: [3, 4, 5, 6, 7])
        ] + (try inspection.file.tensors.map(picture)))
    }
  }

  private func picture(_ tensor: SafetensorsReader.Tensor) throws -> HTML {
    let picture: TensorPicture
    do {
      picture = try TensorPicture(tensor.name, of: inspection)
    } catch NoPicture.noNumbers {
      return .nothing
    }
    guard picture.statistics.count > 1 else { return .nothing }
    let (low, high) = (picture.statistics.minimum, picture.statistics.maximum)
    let bounds = (0...TensorPicture.bins).map {
      low + (high - low) * Double($0) / Double(TensorPicture.bins)
    }
    let most = picture.map.joined().max() ?? 0
    let text = NumberText.significant(most, digits: 3)
    return HTML(
      .details,
      HTML(.summary, HTML(.code, .foreign(tensor.name)), .text(" \(Self.shape(tensor))")),
      .columns([
        high > low
          ? Histogram("values", bounds: bounds, counts: picture.counts).html : .nothing,
        HTML(
          .figure, [.class("block-map")],
          HTML(
            .figcaption, HTML(.span, [.class("title")], "sizes"),
            HTML(
              .small,
              .text(
                "root mean square of \(picture.map.count) × \(picture.map.first?.count ?? 0) blocks, up to \(text)"
              ))),
          Shades.picture(
            picture.map.map { $0.map { Shades.shade($0, of: most) } }, class: "blocks")),
      ]))
  }

  private static func shape(_ tensor: SafetensorsReader.Tensor) -> String {
    tensor.shape.map(String.init).joined(separator: " × ")
  }

  private static func figures(_ statistics: TensorStatistics) -> [String] {
    [
      statistics.mean, statistics.deviation, statistics.minimum, statistics.maximum,
      statistics.norm,
    ].map { NumberText.significant($0, digits: 4) }
  }

  // MARK: Configuration

  private var configuration: HTML {
    guard let model = inspection.model else {
      let metadata = inspection.file.metadata.sorted { $0.key < $1.key }
      return metadata.isEmpty
        ? .nothing
        : .section("Metadata", .facts(metadata.map { ($0.key.text, .foreign($0.value)) }))
    }
    return .section(
      "Configuration",
      HTML(
        .details, HTML(.summary, "Everything"),
        HTML(.pre, HTML(.code, .text(model.configuration.serialized(pretty: true))))))
  }
}

/// The style sheet of an inspection.
enum InspectionStyle {
  static let text: StaticString = """

    .map { margin: 1rem 0 2rem; }
    .map svg { display: block; background: var(--panel); border-radius: 8px; }
    .map .dot { fill: var(--c1); fill-opacity: 0.55; cursor: crosshair; outline: none; }
    .map .dot:hover, .map .dot:focus-visible, .map .dot.now { fill: var(--c2); fill-opacity: 1; stroke: var(--paper); stroke-width: 1.5; }
    .map text { fill: var(--ink); font-size: 11.5px; pointer-events: none; }
    .entries { display: flex; flex-wrap: wrap; gap: 0.2rem 1rem; margin: 0.75rem 0; padding: 0; list-style: none; }
    .entries small { font-variant-numeric: tabular-nums; }
    .blocks { margin-top: 1.85rem; }
    details .columns { margin: 0.75rem 0 1.5rem; }

    """
}

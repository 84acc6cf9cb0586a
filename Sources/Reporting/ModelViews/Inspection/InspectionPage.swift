import DragomanModels
package import DragomanPages
import DragomanSystem
import DragomanTensor
import DragomanFormats
import DragomanText
import DragomanTraining
import DragomanTranslation

/// All that an inspection tells, as a page.
package struct InspectionPage {
  let inspection: Inspection

  /// Tokens of a vocabulary that the page lists.
  private static let listed = 300

  /// The page of an inspection.
  package init(_ inspection: Inspection) { self.inspection = inspection }

  /// The page; throws what reading the tensors throws.
  package var page: Page {
    get throws {
      let name = inspection.saved?.stored.configuration["name"]?.string
      return Page(
        name ?? Files.name(of: inspection.file.path), subtitle: subtitle,
        styles: [Shades.style, InspectionStyle.text, MosaicStyle.text],
        content: [.highlights(highlights), parts, history, filters] + maps + [
          vocabularies, try tensors, configuration,
        ])
    }
  }

  private var subtitle: HTML {
    let bytes = NumberText.bytes((try? Files.size(inspection.file.path)) ?? 0)
    let what =
      inspection.saved.map(\.architecture)
      ?? "a safetensors file, not a model of Dragoman's"
    return .group([
      .foreign(Files.brief(inspection.file.path)), .text(", \(bytes)"), HTML(.br), .text(what),
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
          "\(inspection.examples(of: record)), \(Words.count(record.epochs, "epoch"))"
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
        "\(Words.count(record.updates, "update")), \(inspection.amount(of: record)), "
          + Words.count(record.validations.count, "validation")
          + (inspection.logProblem.map { "; the log of the run cannot be read: \($0)" }
            ?? (inspection.losses.isEmpty
              ? "; the loss of the training stands in the log of the run, which is not beside the file."
              : "."))
      ),
      .columns(charts))
  }

  private static func points(
    _ metric: ValidationMetric, _ record: TrainingRecord
  ) -> [(x: Double, y: Double)] {
    record.validations.compactMap { validation in
      validation.value(of: metric).map { (x: Double(validation.update), y: $0) }
    }
  }

  // MARK: Filters

  /// What a model that reads images looks for first.
  private var filters: HTML {
    guard let saved = inspection.saved, let filters = saved.filters, let encoder = saved.encoder
    else { return .nothing }
    let positions = encoder.patchPositions(saved.stored.weights).map {
      FilterPictures.positions($0, width: encoder.gridSize?.width ?? 0)
    }
    return .section(
      "Filters",
      note: .text(
        positions == nil
          ? "The windows of the first convolution, as they look for pixels."
          : "What makes numbers of patches, as it looks for pixels; and which places the model takes for alike."
      ),
      content: [FilterPictures(filters: filters).html] + [positions].compactMap(\.self))
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
    guard !inspection.codecs.isEmpty else { return .nothing }
    return .section(
      "Vocabulary",
      content: inspection.codecs.map { side, codec in
        let tokens = (0..<Int32(codec.vocabulary.count)).filter {
          !Tokenizer.isByte(codec.vocabulary[$0])
        }
        let shown = tokens.prefix(Self.listed)
        let more = tokens.count - shown.count
        return HTML(
          .details,
          HTML(
            .summary,
            .text(
              "\(side): \(NumberText.grouped(codec.vocabulary.count)) entries, \(codec.tokenizer.kind.rawValue) tokens"
                + codec.tokenizer.words)),
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

  // MARK: Configuration

  private var configuration: HTML {
    guard let model = inspection.saved?.stored else {
      let metadata = inspection.file.metadata.sorted { $0.key < $1.key }
      return metadata.isEmpty
        ? .nothing
        : .section("Metadata", .facts(metadata.map { ($0.key.text, .foreign($0.value)) }))
    }
    return .section(
      "Configuration",
      HTML(
        .details, HTML(.summary, "Everything"),
        HTML(.pre, HTML(.code, .text(model.configuration.withBriefPaths.serialized(pretty: true)))))
    )
  }
}

extension JSON {
  /// The same with short names in place of paths from the root: they say where one machine has its files.
  fileprivate var withBriefPaths: JSON {
    if let text = string { return .string(Files.brief(text)) }
    if let elements = array { return .array(elements.map(\.withBriefPaths)) }
    return members.map { .object($0.map { ($0.name, $0.value.withBriefPaths) }) } ?? self
  }
}

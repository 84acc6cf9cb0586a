import DragomanPages
import DragomanFormats
import DragomanTraining
import DragomanTranslation

extension InspectionPage {
  /// All tensors in a table, then each as a picture of its values.
  var tensors: HTML {
    get throws {
      let names = ["type", "shape", "mean", "deviation", "minimum", "maximum", "norm"]
      let rows = zip(inspection.file.tensors, inspection.statistics).map { tensor, statistics in
        // A shape stays on its line, also on a narrow screen.
        let shape = Self.shape(tensor).replacing(" ", with: "\u{A0}")
        return [HTML.foreign(tensor.name), .text(tensor.type.rawValue), .text(shape)]
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
    // Doubles may be further apart than a scale can tell.
    let isDrawn = high > low && high - low < 1e300
    let most = picture.map.joined().max() ?? 0
    let text = NumberText.significant(most, digits: 3)
    return HTML(
      .details,
      HTML(.summary, HTML(.code, .foreign(tensor.name)), .text(" \(Self.shape(tensor))")),
      .columns([
        isDrawn
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
}

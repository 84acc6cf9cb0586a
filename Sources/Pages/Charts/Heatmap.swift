import DragomanFormats

/// A table of weights from 0 to 1 as shades of one colour: where each written token looked, for example.
///
/// The row, the column and the weight under the pointer are read above the picture. A picture wider than the page
/// scrolls by itself.
package struct Heatmap: Sendable {
  /// Its heading.
  package let title: String
  /// What stands after the heading, if something does.
  package let note: String?
  /// Labels of the rows.
  package let rows: [String]
  /// Labels of the columns.
  package let columns: [String]
  /// A row of weights per label of a row, each from 0 to 1.
  package let weights: [[Float]]

  /// The side of a cell.
  private static let side = 24.0
  /// What a terminal cell of text takes at most at the size of labels.
  private static let letter = 7.4
  /// Cells of text after which a label is cut; its reading has it whole.
  private static let longest = 22

  /// A picture of weights.
  package init(
    _ title: String, rows: [String], columns: [String], weights: [[Float]], note: String? = nil
  ) {
    precondition(
      weights.count == rows.count && weights.allSatisfy { $0.count == columns.count },
      "\(rows.count) × \(columns.count) labels need as many weights")
    self.title = title
    self.note = note
    self.rows = rows
    self.columns = columns
    self.weights = weights
  }

  /// The figure; nothing without weights.
  package var html: HTML {
    guard !rows.isEmpty, !columns.isEmpty else { return .nothing }
    let rowLabels = rows.map { TextWidth.cut($0, to: Self.longest) }
    let columnLabels = columns.map { TextWidth.cut($0, to: Self.longest) }
    let left = Self.width(rowLabels) + 14
    // Labels of columns rise at 50 degrees: cos 50° = 0.643, sin 50° = 0.766.
    let top = Self.width(columnLabels) * 0.766 + 22
    let overhang = Self.width(columnLabels.suffix(3).map { $0 }) * 0.643
    let width = left + Double(columns.count) * Self.side + max(overhang, 8)
    let height = top + Double(rows.count) * Self.side + 4
    let columnTexts = columnLabels.enumerated().map { index, label in
      let x = left + (Double(index) + 0.6) * Self.side
      return HTML(
        .text,
        [
          .data("column", "\(index)"),
          .transform("translate(\(Coordinate.text(x)) \(Coordinate.text(top - 7))) rotate(-50)"),
        ], .text(label))
    }
    let rowTexts = rowLabels.enumerated().map { index, label in
      HTML(
        .text,
        [
          .data("row", "\(index)"), .geometry(.x, left - 8),
          .geometry(.y, top + (Double(index) + 0.5) * Self.side + 4.5), .anchor("end"),
        ], .text(label))
    }
    let cells = rows.indices.flatMap { row in
      columns.indices.map { column in cell(row, column, left: left, top: top) }
    }
    return HTML(
      .figure, [.class("heatmap")],
      HTML(
        .figcaption, HTML(.span, [.class("title"), .automaticDirection], .text(title)),
        note.map { HTML(.span, [.class("which"), .isLive], .text($0)) } ?? .nothing),
      Reading.line,
      HTML(
        .div, [.class("scroll")],
        HTML(
          .svg,
          [
            .view(width: width, height: height), .geometry(.width, width),
            .geometry(.height, height), .role("img"), .label(title),
          ], children: columnTexts + rowTexts + cells)))
  }

  private func cell(_ row: Int, _ column: Int, left: Double, top: Double) -> HTML {
    let weight = weights[row][column] > 0 ? Double(min(weights[row][column], 1)) : 0
    // Isolates keep the order of the sentence whatever direction the tokens have.
    let reading =
      "\u{2068}\(rows[row])\u{2069} ← \u{2068}\(columns[column])\u{2069}  "
      + NumberText.fixed(weight, decimals: 3)
    return HTML(
      .rect,
      [
        .class("cell"), .data("cell", "\(row) \(column)"),
        .geometry(.x, left + Double(column) * Self.side + 0.5),
        .geometry(.y, top + Double(row) * Self.side + 0.5), .geometry(.width, Self.side - 1),
        .geometry(.height, Self.side - 1), .geometry(.rx, 2),
        .geometry(.fillOpacity, (0.05 + 0.95 * weight)), .data("reading", reading),
      ])
  }

  private static func width(_ labels: [String]) -> Double {
    Double(labels.map(TextWidth.of).max() ?? 0) * letter
  }
}

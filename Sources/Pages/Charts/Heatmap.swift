import DragomanFormats

/// A table of weights from 0 to 1 as shades of one colour: where each written token looked, for example.
///
/// The row, the column and the weight under the pointer are read above the picture. A picture wider than the page
/// scrolls by itself. One that has ``room`` fills it, and has a switch for its weights as numbers, which the script of
/// its page obeys.
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
  /// The width that the picture may fill with larger cells; `nil` for cells of the smallest size.
  package let room: Double?

  /// The sides of cells: the smallest, from which on labels are larger, and the largest.
  private static let (smallest, large, largest) = (24.0, 36.0, 60.0)
  /// The height that larger cells may fill.
  private static let height = 720.0
  /// What a terminal cell of text takes at most at the sizes of labels.
  private static let letters = (small: 7.4, large: 8.3)
  /// Cells of text after which a label is cut; its reading has it whole.
  private static let longest = 22

  /// A picture of weights.
  package init(
    _ title: String, rows: [String], columns: [String], weights: [[Float]], note: String? = nil,
    room: Double? = nil
  ) {
    precondition(
      weights.count == rows.count && weights.allSatisfy { $0.count == columns.count },
      "\(rows.count) × \(columns.count) labels need as many weights")
    self.title = title
    self.note = note
    self.rows = rows
    self.columns = columns
    self.weights = weights
    self.room = room
  }

  /// The figure; nothing without weights.
  package var html: HTML {
    guard !rows.isEmpty, !columns.isEmpty else { return .nothing }
    let rowLabels = rows.map { TextWidth.cut($0, to: Self.longest) }
    let columnLabels = columns.map { TextWidth.cut($0, to: Self.longest) }
    let side = side(rowLabels, columnLabels)
    let letter = side < Self.large ? Self.letters.small : Self.letters.large
    let (left, overhang) = Self.margins(rowLabels, columnLabels, letter)
    // Labels of columns rise at 50 degrees: cos 50° = 0.643, sin 50° = 0.766.
    let top = Self.width(columnLabels, letter) * 0.766 + 22
    let width = left + Double(columns.count) * side + overhang
    let height = top + Double(rows.count) * side + 4
    let columnTexts = columnLabels.enumerated().map { index, label in
      let x = left + (Double(index) + 0.6) * side
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
          .geometry(.y, top + (Double(index) + 0.5) * side + 4.5), .anchor("end"),
        ], .text(label))
    }
    let cells = rows.indices.flatMap { row in
      columns.indices.map { column in cell(row, column, side, left: left, top: top) }
    }
    return HTML(
      .figure, [.class("heatmap")],
      HTML(
        .figcaption, HTML(.span, [.class("title"), .automaticDirection], .text(title)),
        note.map { HTML(.span, [.class("which"), .isLive], .text($0)) } ?? .nothing,
        room == nil ? .nothing : Self.control),
      Reading.line,
      HTML(
        .div, [.class("scroll")],
        HTML(
          .svg,
          (side < Self.large ? [] : [.class("large")]) + [
            .view(width: width, height: height), .geometry(.width, width),
            .geometry(.height, height), .role("img"), .label(title),
          ], children: columnTexts + rowTexts + cells)))
  }

  private func cell(_ row: Int, _ column: Int, _ side: Double, left: Double, top: Double) -> HTML {
    let weight = weights[row][column] > 0 ? Double(min(weights[row][column], 1)) : 0
    // Isolates keep the order of the sentence whatever direction the tokens have.
    let reading =
      "\u{2068}\(rows[row])\u{2069} ← \u{2068}\(columns[column])\u{2069}  "
      + NumberText.fixed(weight, decimals: 3)
    return HTML(
      .rect,
      [
        .class("cell"), .data("cell", "\(row) \(column)"),
        .geometry(.x, left + Double(column) * side + 0.5),
        .geometry(.y, top + Double(row) * side + 0.5), .geometry(.width, side - 1),
        .geometry(.height, side - 1), .geometry(.rx, 2),
        .geometry(.fillOpacity, (0.05 + 0.95 * weight)), .data("reading", reading),
      ])
  }

  /// Shows weights as numbers.
  private static let control = HTML(
    .label, [.class("switch numbers")], HTML(.input, [.type("checkbox")]), " weights in %")

  /// The side of a cell.
  private func side(_ rows: [String], _ columns: [String]) -> Double {
    guard let room else { return Self.smallest }
    let (left, right) = Self.margins(rows, columns, Self.letters.large)
    let fitting = min(
      (room - left - right) / Double(columns.count), Self.height / Double(rows.count))
    return min(max(fitting.rounded(.down), Self.smallest), Self.largest)
  }

  /// What labels take left of the cells and right of them.
  private static func margins(
    _ rows: [String], _ columns: [String], _ letter: Double
  ) -> (left: Double, right: Double) {
    (width(rows, letter) + 14, max(width(columns.suffix(3).map { $0 }, letter) * 0.643, 8))
  }

  private static func width(_ labels: [String], _ letter: Double) -> Double {
    Double(labels.map(TextWidth.of).max() ?? 0) * letter
  }
}

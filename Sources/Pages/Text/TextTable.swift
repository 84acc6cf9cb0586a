/// Rows of cells in columns of equal width, two spaces apart.
package struct TextTable {
  private let rows: [[String]]
  private let leading: Int

  /// A table whose first columns, `leading` of them, begin at their left edge; the others end at their right edge.
  package init(_ rows: [[String]], leading: Int) {
    self.rows = rows
    self.leading = leading
  }

  /// The rows as lines.
  package var lines: [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? TextWidth.of($0[column]) : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        column < leading
          ? TextWidth.pad(cell, to: widths[column])
          : String(repeating: " ", count: widths[column] - TextWidth.of(cell)) + cell
      }
      let line = cells.joined(separator: "  ")
      return String(line.prefix(line.count - line.reversed().prefix { $0 == " " }.count))
    }
  }
}

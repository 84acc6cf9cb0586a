extension HTML {
  /// A section of a page with a heading, and a note on how to read it.
  package static func section(_ title: String, note: HTML = .nothing, _ content: HTML...) -> HTML {
    section(title, note: note, content: content)
  }

  /// A section of computed pieces.
  package static func section(_ title: String, note: HTML = .nothing, content: [HTML]) -> HTML {
    HTML(
      .section,
      children: [
        HTML(.h2, .text(title)), note == .nothing ? note : HTML(.p, [.class("note")], note),
      ] + content)
  }

  /// Figures side by side where the page is wide enough.
  package static func columns(_ figures: [HTML]) -> HTML {
    HTML(.div, [.class("columns")], children: figures)
  }

  /// Names and what they stand for, in two columns.
  package static func facts(_ facts: [(name: String, value: HTML)]) -> HTML {
    HTML(
      .dl,
      children: facts.flatMap { [HTML(.dt, .text($0.name)), HTML(.dd, $0.value)] })
  }

  /// A few figures that matter most, large.
  package static func highlights(_ figures: [(name: String, value: String, note: String)]) -> HTML {
    HTML(
      .div, [.class("highlights")],
      children: figures.map { figure in
        HTML(
          .div, HTML(.span, [.class("name")], .text(figure.name)),
          HTML(.strong, .text(figure.value)), HTML(.small, .text(figure.note)))
      })
  }

  /// A table that scrolls by itself where it is too wide; the first column heads the rows.
  ///
  /// - Parameters:
  ///   - head: the heads of the columns.
  ///   - rows: the cells.
  ///   - numeric: columns of numbers, which stand at the right.
  package static func table(head: [HTML], rows: [[HTML]], numeric: Set<Int> = []) -> HTML {
    func attributes(_ column: Int) -> [Attribute] {
      numeric.contains(column) ? [.class("number")] : []
    }
    let head = head.enumerated().map { column, cell in
      HTML(.th, [.scope("col")] + attributes(column), cell)
    }
    let rows = rows.map { row in
      HTML(
        .tr,
        children: row.enumerated().map { column, cell in
          column == 0 ? HTML(.th, [.scope("row")], cell) : HTML(.td, attributes(column), cell)
        })
    }
    return HTML(
      .div, [.class("scroll")],
      HTML(.table, HTML(.thead, HTML(.tr, children: head)), HTML(.tbody, children: rows)))
  }
}

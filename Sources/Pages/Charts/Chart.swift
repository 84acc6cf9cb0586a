import DragomanFormats

/// The room of a chart and what stands around its lines or bars: grids, ticks and their labels.
package struct Chart {
  /// The size of the picture; it grows and shrinks with the page.
  package static let (width, height) = (480.0, 230.0)
  /// Where values stand; labels are left of it and below.
  package static let (left, right, top, bottom) = (58.0, 462.0, 10.0, 200.0)

  package let horizontal: ChartScale
  /// One or two ways to look at the same values, which a switch chooses from.
  package let verticals: [ChartScale]

  /// - Parameters:
  ///   - x: what stands along the horizontal axis.
  ///   - y: what stands along the vertical axis; a logarithm needs all of them above 0.
  ///   - includesZero: whether values are shown from 0 on, as bars need it.
  package init(x: [Double], y: [Double], includesZero: Bool = false) {
    horizontal = ChartScale(x, .linear, isRounded: false, from: Self.left, to: Self.right)
    let hasLogarithm = y.contains { $0 > 0 } && (includesZero || y.allSatisfy { $0 > 0 })
    verticals = (hasLogarithm ? ChartScale.Kind.allCases : [.linear]).map { kind in
      ChartScale(
        includesZero && kind == .linear ? y + [0] : y, kind, isRounded: true, from: Self.bottom,
        to: Self.top)
    }
  }

  /// Grid lines and labels.
  package var grid: [HTML] {
    let columns = horizontal.ticks.flatMap { tick -> [HTML] in
      let x = horizontal.position(tick)
      return [
        HTML(
          .line,
          [
            .class("tick"), .geometry(.x1, x), .geometry(.x2, x), .geometry(.y1, Self.bottom),
            .geometry(.y2, Self.bottom + 4),
          ]),
        HTML(
          .text,
          [.geometry(.x, x), .geometry(.y, Self.bottom + 19), .anchor("middle")],
          .text(horizontal.label(tick))),
      ]
    }
    let rows = verticals.map { scale in
      HTML(
        .g, [.class(scale.kind.rawValue)],
        children: scale.ticks.flatMap { tick -> [HTML] in
          let y = scale.position(tick)
          return [
            HTML(
              .line,
              [
                .class("grid"), .geometry(.x1, Self.left), .geometry(.x2, Self.right),
                .geometry(.y1, y), .geometry(.y2, y),
              ]),
            HTML(
              .text,
              [.geometry(.x, Self.left - 7), .geometry(.y, y + 4), .anchor("end")],
              .text(scale.label(tick))),
          ]
        })
    }
    return rows + columns
  }

  /// A figure with a heading, a switch if there are two scales, a line of readings, and the picture.
  ///
  /// - Parameters:
  ///   - title: the heading.
  ///   - note: a remark beside it, the unit for example.
  ///   - isLogarithmic: which scale is shown first.
  ///   - readings: what stands between heading and picture.
  ///   - picture: lines or bars over the grid.
  package func figure(
    _ title: String, note: String, isLogarithmic: Bool, readings: HTML, picture: [HTML]
  ) -> HTML {
    let hasSwitch = verticals.count > 1
    let control = HTML(
      .label, [.class("switch")],
      HTML(
        .input, [.type("checkbox")] + (isLogarithmic && hasSwitch ? [.isChecked] : [])),
      " log scale")
    return HTML(
      .figure, [.class("chart")],
      HTML(
        .figcaption,
        HTML(.span, [.class("title")], .text(title)),
        note.isEmpty ? .nothing : HTML(.small, .text(note)), hasSwitch ? control : .nothing),
      readings,
      HTML(
        .svg,
        [
          .view(width: Self.width, height: Self.height), .role("img"), .label(title), .isFocusable,
        ], children: grid + picture))
  }
}

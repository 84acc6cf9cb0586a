import DragomanFormats

/// Values over updates, or over anything else, as lines.
///
/// The values under the pointer (or those chosen by the arrow keys) stand in the legend, the last ones otherwise. Lines
/// differ in colour and in dashes. A switch shows values above 0 by their logarithm.
package struct LineChart: Sendable {
  /// What one line shows.
  package struct Series: Sendable {
    /// Its name in the legend.
    package let name: String
    /// Where it passes, from left to right; what is not finite is left out.
    package let points: [(x: Double, y: Double)]
    /// Its place among the colours.
    package let colour: Int

    /// A line.
    package init(_ name: String, colour: Int = 0, _ points: [(x: Double, y: Double)]) {
      self.name = name
      self.colour = colour
      self.points = points.filter { $0.x.isFinite && $0.y.isFinite }
    }
  }

  /// Its heading.
  package let title: String
  /// A remark beside the heading, the unit for example.
  package let note: String
  /// What stands along the horizontal axis: `update`.
  package let abscissa: String
  /// The lines.
  package let series: [Series]
  /// Which scale is shown first.
  package let isLogarithmic: Bool

  /// Colours there are before they come again with other dashes.
  package static let colours = 6

  /// A chart; lines without a point are left out.
  package init(
    _ title: String, note: String = "", over abscissa: String = "update",
    isLogarithmic: Bool = false,
    _ series: [Series]
  ) {
    self.title = title
    self.note = note
    self.abscissa = abscissa
    self.isLogarithmic = isLogarithmic
    self.series = series.filter { !$0.points.isEmpty }
  }

  /// The figure; nothing if there is no line.
  package var html: HTML {
    guard !series.isEmpty else { return .nothing }
    let series = series.map { Series($0.name, colour: $0.colour, Downsampling.points($0.points)) }
    let points = series.flatMap(\.points)
    let chart = Chart(x: points.map(\.x), y: points.map(\.y))
    return chart.figure(
      title, note: note, isLogarithmic: isLogarithmic, readings: legend(series),
      picture: series.map { line($0, chart) })
  }

  private func legend(_ series: [Series]) -> HTML {
    let entries = series.map { series in
      HTML(
        .span, [.class("key")],
        Self.sample(series.colour),
        .foreign(series.name), " ",
        HTML(.strong, [.class("value")], .text(Self.text(series.points.last?.y ?? 0))))
    }
    let last = series.compactMap { $0.points.last?.x }.max() ?? 0
    return HTML(
      .p, [.class("readings"), .isLive],
      children: entries + [
        HTML(
          .span, [.class("place")], .text("\(abscissa) "),
          HTML(.span, [.class("at")], .text(Self.text(last))))
      ])
  }

  private func line(_ series: Series, _ chart: Chart) -> HTML {
    let lines = chart.verticals.flatMap { scale -> [HTML] in
      let points = series.points.map {
        (x: chart.horizontal.position($0.x), y: scale.position($0.y))
      }
      // Few points are shown each; dots are strokes of no length with round ends.
      let dots = points.count > 25 ? [] : points
      return [
        HTML(.polyline, [.class(scale.kind.rawValue), .points(points)]),
        HTML(
          .path,
          [
            .class("dots \(scale.kind.rawValue)"),
            .path(
              dots.map { "M\(Coordinate.text($0.x)) \(Coordinate.text($0.y))h0" }.joined()),
          ]),
      ]
    }
    return HTML(
      .g,
      [
        .class("series \(Self.style(series.colour))"),
        .data("x", series.points.map { Self.text($0.x) }.joined(separator: " ")),
        .data("y", series.points.map { Self.text($0.y) }.joined(separator: " ")),
      ], children: lines)
  }

  /// A short stretch of a line, to stand before its name.
  package static func sample(_ colour: Int) -> HTML {
    HTML(
      .svg, [.class("sample"), .view(width: 22, height: 8), .isHidden],
      HTML(.polyline, [.class(style(colour)), .points([(x: 1, y: 4), (x: 21, y: 4)])]))
  }

  /// The classes of a line: a colour, and dashes for those that have the colour again.
  package static func style(_ index: Int) -> String {
    "c\(index % colours + 1) d\((index / colours + index) % 4)"
  }

  /// A value as the legend shows it: whole numbers in full, others with five digits, without zeros at the end.
  package static func text(_ value: Double) -> String {
    if value == value.rounded(), value.magnitude < 1e15 { return NumberText.grouped(Int(value)) }
    let parts = NumberText.significant(value, digits: 5).split(separator: "e")
    var digits = String(parts[0])
    while digits.contains("."), digits.last == "0" || digits.last == "." { digits.removeLast() }
    return ([digits] + parts.dropFirst().map(String.init)).joined(separator: "e")
  }
}

import DragomanFormats

/// How often values fall into each of equal intervals, as bars.
package struct Histogram: Sendable {
  /// Its heading.
  package let title: String
  /// A remark beside the heading, the unit for example.
  package let note: String
  /// Where the intervals begin; the last one ends the last interval.
  package let bounds: [Double]
  /// How many values each interval holds.
  package let counts: [Int]
  /// Whether counts are shown by their logarithm at first.
  package let isLogarithmic: Bool

  /// A histogram.
  package init(
    _ title: String, note: String = "", isLogarithmic: Bool = false, bounds: [Double],
    counts: [Int]
  ) {
    precondition(
      bounds.count == counts.count + 1,
      "\(counts.count) counts need one bound more, not \(bounds.count)")
    self.title = title
    self.note = note
    self.isLogarithmic = isLogarithmic
    self.bounds = bounds
    self.counts = counts
  }

  /// The figure; nothing if there is no value.
  package var html: HTML {
    guard counts.contains(where: { $0 > 0 }) else { return .nothing }
    // A bar of one is seen beside a thousand: the logarithmic scale begins below it.
    let chart = Chart(x: bounds, y: counts.map(Double.init) + [0.5], includesZero: true)
    let bars = chart.verticals.map { scale in
      HTML(
        .g, [.class("bars \(scale.kind.rawValue)")],
        children: counts.indices.filter { counts[$0] > 0 }.map { bar($0, chart.horizontal, scale) })
    }
    return chart.figure(
      title, note: note, isLogarithmic: isLogarithmic, readings: Reading.line, picture: bars)
  }

  private func bar(_ index: Int, _ horizontal: ChartScale, _ vertical: ChartScale) -> HTML {
    let (left, right) = (
      horizontal.position(bounds[index]), horizontal.position(bounds[index + 1])
    )
    let top = vertical.position(Double(counts[index]))
    let gap = right - left > 3 ? 1.0 : 0
    return HTML(
      .rect,
      [
        .geometry(.x, left), .geometry(.y, top),
        .geometry(.width, max(right - left - gap, 0.5)),
        .geometry(.height, max(Chart.bottom - top, 0.5)),
        .data(
          "reading",
          "\(LineChart.text(bounds[index])) to \(LineChart.text(bounds[index + 1])): "
            + NumberText.grouped(counts[index])),
      ])
  }
}

/// The line in which a figure shows what is under the pointer.
package enum Reading {
  /// The empty line; the page's script fills it.
  package static let line = HTML(
    .p, [.class("readings"), .isLive], HTML(.strong, [.class("reading")]))
}

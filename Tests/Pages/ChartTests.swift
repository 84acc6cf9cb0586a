import DragomanPages
import Testing

@testable import DragomanPages

@Suite struct `A scale` {
  private func scale(
    _ values: [Double], _ kind: ChartScale.Kind = .linear, isRounded: Bool = true
  ) -> ChartScale {
    ChartScale(values, kind, isRounded: isRounded, from: 0, to: 100)
  }

  private func labels(_ scale: ChartScale) -> [String] { scale.ticks.map(scale.label) }

  @Test func `has round ticks`() {
    #expect(labels(scale([0.02, 1])) == ["0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(labels(scale([2.11, 2.34])) == ["2.10", "2.15", "2.20", "2.25", "2.30", "2.35"])
    #expect(labels(scale([-3, 4])) == ["-3", "-2", "-1", "0", "1", "2", "3", "4"])
    #expect(
      labels(scale([1, 12_000], isRounded: false)) == [
        "2k", "4k", "6k", "8k", "10k", "12k",
      ])
    #expect(labels(scale([0, 0.0005])) == ["0", "1e-4", "2e-4", "3e-4", "4e-4", "5e-4"])
    #expect(labels(scale([0, 2.5e6])) == ["0", "0.5M", "1M", "1.5M", "2M", "2.5M"])
  }

  @Test func `has ticks at powers of ten, and between them where there is room`() {
    #expect(labels(scale([1.5, 60], .logarithmic)) == ["1", "2", "5", "10", "20", "50", "100"])
    #expect(labels(scale([0.0003, 4000], .logarithmic)).contains("0.001"))
    #expect(labels(scale([0.0003, 4000], .logarithmic)).count <= 7)
    #expect(labels(scale([1e-7, 3e-7], .logarithmic)) == ["1e-7", "2e-7", "5e-7"])
  }

  @Test func `takes values to places`() {
    let linear = scale([0, 10])
    #expect([0, 5, 10, 99, -1].map(linear.position) == [0, 50, 100, 100, 0])
    let logarithmic = scale([1, 100], .logarithmic)
    #expect([1, 10, 100, 0, -5].map { logarithmic.position($0).rounded() } == [0, 50, 100, 0, 0])
  }

  @Test(arguments: [[], [0], [3], [-2, -2], [1e300], [1e-300], [0.1, 0.1]])
  func `bears any values`(_ values: [Double]) {
    for kind in ChartScale.Kind.allCases where kind == .linear || values.contains(where: { $0 > 0 })
    {
      for isRounded in [true, false] {
        let scale = scale(values, kind, isRounded: isRounded)
        #expect(scale.upper > scale.lower && scale.ticks.count < 12)
        for value in values { #expect((0...100).contains(scale.position(value))) }
      }
    }
  }

  @Test func `shows values near 0 with it, and far ones without`() {
    #expect(scale([3, 10]).lower == 0)
    #expect(scale([8, 10]).lower == 8)
    #expect(labels(scale([0.01, 0.01])).last == "0.010")
  }
}

@Suite struct `Fewer points` {
  @Test func `keeps ends and peaks`() {
    var points = (0..<100_000).map { (x: Double($0), y: 1.0 + Double($0 % 7) / 100) }
    points[77_777].y = 50
    points[33_333].y = -50
    let kept = Downsampling.points(points)
    #expect(kept.count <= 1000 && kept.count > 500)
    #expect(kept.first?.x == 0 && kept.last?.x == 99_999)
    #expect(kept.contains { $0.x == 77_777 && $0.y == 50 })
    #expect(kept.contains { $0.x == 33_333 && $0.y == -50 })
    #expect(zip(kept, kept.dropFirst()).allSatisfy { $0.x < $1.x })
  }

  @Test func `leaves few points alone`() {
    let points = (0..<1000).map { (x: Double($0), y: 0.0) }
    #expect(Downsampling.points(points).count == 1000)
    #expect(Downsampling.points([]).isEmpty)
    #expect(Downsampling.points((0..<1001).map { (x: Double($0), y: 0.0) }).count <= 1000)
  }
}

@Suite struct `A line chart` {
  private func points(_ values: [Double]) -> [(x: Double, y: Double)] {
    values.enumerated().map { (x: Double($0.offset * 10), y: $0.element) }
  }

  @Test func `carries its values and their places`() {
    let markup = LineChart("loss", [.init("training", points([4, 2.5, 1.25]))]).html.markup
    #expect(markup.contains(#"data-x="0 10 20" data-y="4 2.5 1.25""#))
    #expect(markup.contains(#"<polyline class="linear" points="58,10 260,81.25 462,140.63">"#))
    #expect(markup.contains("<strong class=\"value\">1.25</strong>"))
    #expect(markup.contains(#"type="checkbox""#) && !markup.contains("checked"))
  }

  @Test func `starts with the scale it is told to, and offers none it cannot show`() {
    let values = points([100, 3])
    #expect(
      LineChart("p", isLogarithmic: true, [.init("a", values)]).html.markup.contains("checked"))
    let negative = LineChart("p", isLogarithmic: true, [.init("a", points([1, 0]))]).html.markup
    #expect(!negative.contains("checkbox") && !negative.contains("logarithmic"))
  }

  @Test func `leaves out what is not finite, and lines without points`() {
    let chart = LineChart(
      "p", [.init("a", points([1, .nan, .infinity, 2])), .init("b", points([.nan]))])
    #expect(chart.series.map(\.name) == ["a"])
    #expect(chart.html.markup.contains(#"data-x="0 30""#))
    #expect(LineChart("p", []).html == .nothing)
  }

  @Test func `tells lines apart by colour and dashes`() {
    let styles = (0..<24).map(LineChart.style)
    #expect(Set(styles).count == 24)
    #expect(styles[0] == "c1 d0" && styles[1] == "c2 d1")
  }

  @Test func `makes names inert`() {
    let chart = LineChart("</svg><script>", note: "<i>", [.init("<b>\"", points([1, 2]))])
    #expect(!chart.html.markup.contains("<script") && !chart.html.markup.contains("<b>"))
  }
}

@Suite struct `A histogram` {
  @Test func `has a bar per interval that holds something`() {
    let histogram = Histogram("lengths", bounds: [0, 1, 2, 4], counts: [3, 0, 1])
    let markup = histogram.html.markup
    #expect(markup.split(separator: "<rect").count - 1 == 2 * 2)
    #expect(markup.contains(#"data-reading="0 to 1: 3""#))
    #expect(markup.contains(#"data-reading="2 to 4: 1""#))
    #expect(Histogram("none", bounds: [0, 1], counts: [0]).html == .nothing)
  }
}

@Suite struct `A heat map` {
  @Test func `has a cell per weight, with labels`() {
    let markup = Heatmap(
      "a", rows: ["la", "<b>"], columns: ["the", "house", "!"],
      weights: [[1, 0, 0], [0.25, 2, .nan]]
    ).html.markup
    #expect(markup.split(separator: "class=\"cell\"").count - 1 == 6)
    #expect(markup.contains(#"fill-opacity="1""#) && markup.contains(#"fill-opacity="0.29""#))
    #expect(markup.contains("\u{2068}la\u{2069} ← \u{2068}the\u{2069}  1.000"))
    #expect(markup.contains(">&lt;b&gt;</text>") && !markup.contains("<b>"))
  }

  @Test func `fills the room that it has, and shows numbers if asked to`() {
    func markup(_ columns: Int, room: Double?) -> String {
      Heatmap(
        "a", rows: ["la"], columns: [String](repeating: "b", count: columns),
        weights: [[Float](repeating: 0.5, count: columns)], room: room
      ).html.markup
    }
    #expect(markup(4, room: nil).contains(#"width="23""#))
    #expect(!markup(4, room: nil).contains("checkbox"))
    #expect(markup(4, room: 1000).contains(#"width="59""#))
    #expect(markup(4, room: 1000).contains("checkbox") && markup(4, room: 1000).contains("large"))
    #expect(markup(20, room: 700).contains(#"width="32""#))
    #expect(markup(90, room: 700).contains(#"width="23""#))
  }

  @Test func `cuts long labels`() {
    let label = String(repeating: "w", count: 60)
    let markup = Heatmap("a", rows: [label], columns: ["b"], weights: [[1]]).html.markup
    #expect(markup.contains(">\(String(repeating: "w", count: 21))…</text>"))
    #expect(markup.contains("\u{2068}\(label)\u{2069}"))
  }
}

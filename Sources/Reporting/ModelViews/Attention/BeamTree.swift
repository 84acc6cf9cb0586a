import DragomanDecoding
import DragomanPages
import DragomanFormats
import DragomanTranslation

/// The hypotheses of a search as a tree: a column per step, the most probable on top.
struct BeamTree {
  private let trace: SearchTrace
  private let labels: [String]
  /// The nodes of each step.
  private let columns: [[Int]]
  /// Nodes on the way to the translation.
  private let best: Set<Int>

  /// Heights, and the room between columns.
  private static let (head, box, row, gap) = (26.0, 34.0, 44.0, 30.0)
  /// What a terminal cell of text takes at the size of labels.
  private static let letter = 8.2
  /// Cells of text after which a label is cut; its reading has it whole.
  private static let longest = 18
  /// Endings that are listed.
  private static let endings = 10

  init(_ trace: SearchTrace) {
    self.trace = trace
    let arePieces = trace.nodes.contains { TokenLabels.isMarked($0.token) }
    labels = trace.nodes.map { TokenLabels.of($0.token, at: $0.length - 1, arePieces: arePieces) }
    var columns: [[Int]] = []
    for (index, node) in trace.nodes.enumerated() {
      if node.length > columns.count { columns.append([]) }
      columns[node.length - 1].append(index)
    }
    self.columns = columns
    best = Set(trace.endings.first?.node.map { trace.path(to: $0) } ?? [])
  }

  /// The figure, and the list of what came to an end.
  var html: HTML {
    guard !trace.nodes.isEmpty else { return .nothing }
    let places = places
    let width = (places.map { $0.x + $0.width }.max() ?? 0) + 12
    let height = Self.head + Double(columns.map(\.count).max() ?? 0) * Self.row
    let heads = columns.enumerated().compactMap { step, nodes in
      nodes.first.map { first in
        HTML(
          .text, [.class("head"), .geometry(.x, places[first].x + 1), .geometry(.y, 12)],
          .text("\(step + 1)"))
      }
    }
    // What matters most is drawn last, above the rest.
    let order = trace.nodes.indices.sorted {
      (best.contains($0) ? 1 : 0, $0) < (best.contains($1) ? 1 : 0, $1)
    }
    let edges = order.map { edge($0, places) }
    let nodes = order.map { node($0, places[$0]) }
    let label = "the search as a tree of \(trace.nodes.count) hypotheses"
    return .group([
      HTML(
        .figure, [.class("beam")], key, Reading.line,
        HTML(
          .div, [.class("scroll")],
          HTML(
            .svg,
            [
              .view(width: width, height: height), .geometry(.width, width),
              .geometry(.height, height), .role("img"), .label(label), .isFocusable,
            ], children: heads + edges + nodes))),
      endings,
    ])
  }

  private struct Place {
    let x: Double
    let y: Double
    let width: Double
  }

  private var places: [Place] {
    var places = [Place](repeating: Place(x: 0, y: 0, width: 0), count: trace.nodes.count)
    var x = 14.0
    for nodes in columns {
      let cells = nodes.map { min(TextWidth.of(labels[$0]), Self.longest) }.max() ?? 0
      let width = max(Double(cells) * Self.letter + 20, 68)
      for (row, node) in nodes.enumerated() {
        places[node] = Place(x: x, y: Self.head + Double(row) * Self.row, width: width)
      }
      x += width + Self.gap
    }
    return places
  }

  private func kind(_ index: Int) -> String {
    (best.contains(index) ? "best " : "") + trace.nodes[index].fate.rawValue
  }

  private func edge(_ index: Int, _ places: [Place]) -> HTML {
    let place = places[index]
    let end = (x: place.x, y: place.y + Self.box / 2)
    let start =
      trace.nodes[index].parent.map {
        (x: places[$0].x + places[$0].width, y: places[$0].y + Self.box / 2)
      } ?? (x: 2, y: Self.head + Self.box / 2)
    let middle = (start.x + end.x) / 2
    let numbers = [start.x, start.y, middle, start.y, middle, end.y, end.x, end.y].map(
      Coordinate.text)
    return HTML(
      .path,
      [
        .class("edge \(kind(index))"), .data("edge", "\(index)"),
        .path("M\(numbers[0]) \(numbers[1])C" + numbers[2...].joined(separator: " ")),
      ])
  }

  private func node(_ index: Int, _ place: Place) -> HTML {
    let node = trace.nodes[index]
    let sign =
      switch node.fate {
      case .finished: " ✓"
      case .dropped, .abandoned: " ×"
      case .cutOff: " …"
      case .continued: ""
      }
    return HTML(
      .g,
      [
        .class("node \(kind(index))"), .data("node", "\(index)"),
        .data("parent", node.parent.map { "\($0)" } ?? ""), .data("reading", reading(index)),
      ],
      HTML(
        .rect,
        [
          .geometry(.x, place.x), .geometry(.y, place.y), .geometry(.width, place.width),
          .geometry(.height, Self.box), .geometry(.rx, 7),
        ]),
      HTML(
        .text, [.class("token"), .geometry(.x, place.x + 9), .geometry(.y, place.y + 14.5)],
        .text(TextWidth.cut(labels[index], to: Self.longest))),
      HTML(
        .text, [.geometry(.x, place.x + 9), .geometry(.y, place.y + 27.5)],
        .text(NumberText.fixed(node.total, decimals: 2) + sign)))
  }

  /// The whole hypothesis; isolates keep the order of the line whatever direction its tokens have.
  private func reading(_ index: Int) -> String {
    let node = trace.nodes[index]
    let tokens = TokenLabels.of(trace.path(to: index).map { trace.nodes[$0].token })
      .joined(separator: " ")
    let ending = trace.endings.first { $0.node == index }.map {
      ", score \(NumberText.fixed($0.score, decimals: 3))"
    }
    let fate =
      switch node.fate {
      case .continued: "went on"
      case .dropped: "dropped: others were more probable"
      case .abandoned: "given up: it could not win any more"
      case .finished: "finished"
      case .cutOff: "cut off"
      }
    let probability = NumberText.significant(node.probability, digits: 3)
    return "\u{2068}\(tokens)\u{2069} · log p \(NumberText.fixed(node.total, decimals: 3)), "
      + "of the last token p \(probability) · \(fate)\(ending ?? "")"
  }

  private var key: HTML {
    func sample(_ kind: String, _ text: String) -> HTML {
      HTML(
        .span, [.class("sign")],
        HTML(
          .svg,
          [
            .class("sample"), .view(width: 22, height: 12), .geometry(.width, 22),
            .geometry(.height, 12), .isHidden,
          ],
          HTML(
            .g, [.class("node \(kind)")],
            HTML(
              .rect,
              [
                .geometry(.x, 1.5), .geometry(.y, 1.5), .geometry(.width, 19),
                .geometry(.height, 9), .geometry(.rx, 3),
              ]))), .text(text))
    }
    let fates = Set(trace.nodes.map(\.fate))
    return HTML(
      .figcaption, [.class("signs")],
      children: [sample("best continued", "the translation"), sample("finished", "finished ✓")]
        + (fates.isDisjoint(with: [.dropped, .abandoned])
          ? [] : [sample("dropped", "dropped or given up ×")])
        + [
          HTML(
            .small,
            "a column per step, a box per hypothesis: its last token and the log p of all of them")
        ])
  }

  private var endings: HTML {
    let shown = trace.endings.prefix(Self.endings)
    let rows = shown.enumerated().map { index, ending -> [HTML] in
      [
        .text("\(index + 1)"), .text(NumberText.fixed(ending.score, decimals: 3)),
        HTML.foreign(ending.text), ending.isFinished ? "" : "cut off",
      ]
    }
    return HTML.table(head: ["rank", "score", "what came to an end", ""], rows: rows, numeric: [1])
  }
}

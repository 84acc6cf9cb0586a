/// Cells in eight shades of blue for what is above 0, and of orange for what is below.
package enum Shades {
  /// Shades on each side of 0.
  package static let count = 8

  /// The shade of a value beside the greatest magnitude of those it is compared with.
  package static func shade(_ value: Double, of greatest: Double) -> Int {
    guard value.isFinite, greatest > 0, greatest.isFinite else { return 0 }
    return Int((min(max(value / greatest, -1), 1) * Double(count)).rounded())
  }

  /// Rows of cells, each a unit wide and high, as a path per shade; equal cells of a row are one stretch.
  package static func paths(_ rows: [[Int]]) -> [HTML] {
    var paths: [Int: String] = [:]
    for (y, cells) in rows.enumerated() {
      var start = 0
      while start < cells.count {
        let shade = cells[start]
        let end = cells[start...].firstIndex { $0 != shade } ?? cells.count
        if shade != 0 {
          paths[shade, default: ""] += "M\(start) \(y)h\(end - start)v1h-\(end - start)z"
        }
        start = end
      }
    }
    return paths.sorted { $0.key < $1.key }.map { shade, path in
      HTML(.path, [.class(shade > 0 ? "p\(shade)" : "n\(-shade)"), .path(path)])
    }
  }

  /// A picture of cells that fills the width it is given.
  package static func picture(_ rows: [[Int]], class name: String) -> HTML {
    let width = rows.map(\.count).max() ?? 0
    return HTML(
      .svg,
      [
        .class(name), .view(width: Double(max(width, 1)), height: Double(max(rows.count, 1))),
        .isStretched, .isHidden,
      ], children: paths(rows))
  }

  /// The colours of cells and of bars.
  package static let style: StaticString = """

    .strip, .blocks, .bar { display: block; background: var(--panel); shape-rendering: crispEdges; }
    .strip { width: 100%; height: 1.35rem; border-radius: 3px; }
    .blocks { width: 100%; height: 12rem; border-radius: 4px; }
    .bar { width: 9rem; height: 0.85rem; border-radius: 2px; }
    .p1, .p2, .p3, .p4, .p5, .p6, .p7, .p8, .bar .above { fill: var(--c1); }
    .n1, .n2, .n3, .n4, .n5, .n6, .n7, .n8, .bar .below { fill: var(--c2); }
    .p1, .n1 { fill-opacity: 0.1; } .p2, .n2 { fill-opacity: 0.21; } .p3, .n3 { fill-opacity: 0.33; }
    .p4, .n4 { fill-opacity: 0.46; } .p5, .n5 { fill-opacity: 0.59; } .p6, .n6 { fill-opacity: 0.72; }
    .p7, .n7 { fill-opacity: 0.86; }
    @media (max-width: 46rem) { .bar { width: 4.5rem; } }

    """
}

import DragomanFormats
import DragomanPages
import DragomanTranslation

/// The grids of an image's way as pictures, so many numbers of each that the page stays small.
struct WalkGridPictures {
  /// Numbers of all grids of a page.
  private static let most = 400_000
  /// Lines and columns of a picture; of a larger grid means are shown.
  private static let longest = 160

  /// Numbers of a grid that are few enough to be written out.
  static let mostRead = 100

  /// Numbers that are shown of each grid.
  private let limit: Int

  /// Pictures of so many grids.
  init(grids: Int) { limit = min(Self.most / max(grids, 1), 65_536) }

  /// The channels of a grid; `name` is what the script calls its numbers.
  func html(_ name: String, _ spelling: String, _ grid: WalkGrid, kind: String = "channel") -> HTML
  {
    let drawn = smaller(grid)
    let shown = min(grid.channels, max(limit / max(drawn.height * drawn.width, 1), 1))
    let channels = (0..<shown).map { channel in drawn.rows.map { $0[channel] } }
    let values = grid.rows.joined().lazy.filter(\.isFinite)
    let (low, high) = (values.min() ?? 0, values.max() ?? 0)
    let greatest = max(low.magnitude, high.magnitude)
    func text(_ value: Float) -> String {
      VectorStrip.text(Double(value), greatest: Double(greatest))
    }
    var note =
      "\(grid.height) × \(grid.width) × \(grid.channels), from \(text(low)) to \(text(high))"
    if shown < grid.channels { note += "; the first \(shown) \(kind)s" }
    let isWhole = drawn == grid
    if !isWhole { note += "; smaller, as means" }
    let mosaic = Mosaic.shades(
      name, kind: kind, height: drawn.height, width: drawn.width, channels, greatest: greatest)
    return mosaic.html(
      Equation(spelling).html, note: note, below: mosaic.numbers(atMost: Self.mostRead))
  }

  /// Means of squares where a grid has too many lines or columns.
  private func smaller(_ grid: WalkGrid) -> WalkGrid {
    let side = (max(grid.height, grid.width) + Self.longest - 1) / Self.longest
    guard side > 1 else { return grid }
    let (height, width) = (max(grid.height / side, 1), max(grid.width / side, 1))
    let rows = (0..<height).flatMap { line in
      (0..<width).map { column in mean(grid, line: line, column: column, side: side) }
    }
    return WalkGrid(height: height, width: width, rows: rows)
  }

  private func mean(_ grid: WalkGrid, line: Int, column: Int, side: Int) -> [Float] {
    var sum = [Float](repeating: 0, count: grid.channels)
    var count: Float = 0
    for y in (line * side)..<min((line + 1) * side, grid.height) {
      for x in (column * side)..<min((column + 1) * side, grid.width) {
        let row = grid.rows[y * grid.width + x]
        for channel in sum.indices { sum[channel] += row[channel] }
        count += 1
      }
    }
    return sum.map { $0 / max(count, 1) }
  }
}

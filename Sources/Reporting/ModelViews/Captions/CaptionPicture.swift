package import DragomanImages
import DragomanPages
package import DragomanTranslation

/// Draws where each word of a caption looked, as text: small pictures side by side, each with its word above it, or a
/// strip for each word of rows of features.
///
/// A cell of a picture is an upper half block, so that it shows two pixels: the image, the darker the less the region
/// counted. Without colours, a region is two cells in one of five shades.
package struct CaptionPicture: Sendable {
  /// The longest side of a picture in pixels.
  private static let side = 16
  /// Cells of a strip.
  private static let strip = 60
  /// How bright a pixel is that does not count at all.
  private static let darkest: Float = 0.15

  private let width: Int
  private let hasColour: Bool

  /// Pictures for a screen of this width.
  package init(width: Int = 80, hasColour: Bool = false) {
    (self.width, self.hasColour) = (max(width - 2, Self.side), hasColour)
  }

  /// The lines of the pictures of a caption; none if it has no attention.
  package func lines(
    _ caption: Translation, _ image: Image?, _ grid: (height: Int, width: Int)?
  ) -> [String] {
    let labels = TokenLabels.of(caption.targetTokens)
    guard caption.attention.count == labels.count else { return [] }
    guard let grid, let image else { return strips(labels, caption.attention) }
    let tiles = zip(labels, caption.attention).map { label, weights in
      hasColour ? coloured(label, image, weights, grid) : shaded(label, weights, grid)
    }
    guard let size = tiles.first.map({ (width: $0.width, height: $0.lines.count) }) else {
      return []
    }
    let perLine = max((width + 2) / (size.width + 2), 1)
    let blocks = stride(from: 0, to: tiles.count, by: perLine).map { start in
      let row = tiles[start..<min(start + perLine, tiles.count)]
      return (0..<size.height).map { line in
        row.map { $0.lines[line] }.joined(separator: "  ")
      }
    }
    return Array(blocks.joined(separator: [""]))
  }

  /// A word above its picture.
  private struct Tile {
    let width: Int
    let lines: [String]
  }

  private func heading(_ label: String, _ width: Int) -> String {
    TextWidth.pad(TextWidth.cut(label, to: width).inItsColumn, to: width)
  }

  private func shaded(
    _ label: String, _ weights: [Float], _ grid: (height: Int, width: Int)
  ) -> Tile {
    let greatest = max(weights.max() ?? 1, .leastNormalMagnitude)
    let cells = max(2 * grid.width, 8)
    let lines = (0..<grid.height).map { line in
      let row = weights[(line * grid.width)..<((line + 1) * grid.width)]
      let text = row.map { weight in
        String(repeating: AttentionPicture.shade(weight / greatest), count: 2)
      }.joined()
      return TextWidth.pad(text, to: cells)
    }
    return Tile(width: cells, lines: [heading(label, cells)] + lines)
  }

  private func coloured(
    _ label: String, _ image: Image, _ weights: [Float], _ grid: (height: Int, width: Int)
  ) -> Tile {
    let longest = max(image.height, image.width)
    let scale = min(Double(Self.side) / Double(longest), 1)
    let height = max(Int((Double(image.height) * scale).rounded()), 2) / 2 * 2
    let width = max(Int((Double(image.width) * scale).rounded()), 4)
    let small = image.withChannels(3).fitted(height: height, width: width, .stretch)
    let bytes = small.bytes
    let greatest = max(weights.max() ?? 1, .leastNormalMagnitude)
    func colour(_ y: Int, _ x: Int) -> Int {
      let weight = weights[y * grid.height / height * grid.width + x * grid.width / width]
      let share = Self.darkest + (1 - Self.darkest) * (weight / greatest)
      let start = (y * width + x) * 3
      // The cube of 6 × 6 × 6 colours that every terminal with 256 of them has.
      let parts = (0..<3).map { Int((Float(bytes[start + $0]) * share * 5 / 255).rounded()) }
      return 16 + 36 * parts[0] + 6 * parts[1] + parts[2]
    }
    let lines = stride(from: 0, to: height, by: 2).map { y in
      (0..<width).map { x in
        "\u{1B}[38;5;\(colour(y, x));48;5;\(colour(y + 1, x))m▀"
      }.joined() + "\u{1B}[0m"
    }
    return Tile(width: width, lines: [heading(label, width)] + lines)
  }

  /// A line for each word: a cell for each row, or for the greatest of neighbours.
  private func strips(_ labels: [String], _ weights: [[Float]]) -> [String] {
    let picture = AttentionPicture(width: width, hasColour: hasColour)
    let margin = min((labels.map(TextWidth.of).max() ?? 0) + 2, 22)
    return zip(labels, weights).map { label, weights in
      let greatest = max(weights.max() ?? 1, .leastNormalMagnitude)
      let share = max((weights.count + Self.strip - 1) / Self.strip, 1)
      let cells = stride(from: 0, to: weights.count, by: share).map { start in
        weights[start..<min(start + share, weights.count)].max() ?? 0
      }
      return TextWidth.pad(TextWidth.cut(label, to: margin - 2).inItsColumn, to: margin)
        + cells.map { weight in
          hasColour
            ? picture.marked(" ", weight: weight / greatest)
            : String(AttentionPicture.shade(weight / greatest))
        }.joined()
    }
  }
}

import DragomanPages
package import DragomanTranslation

/// Draws where a translation looked, as text: a row per written token, a column per source token.
///
///     the            ░░ ██ ·· ··
///
/// A cell shows one weight, in one of five shades or in one of eight colours. Columns are as wide as the source tokens
/// that head them, in terminal cells. Where they do not fit side by side, the tokens stand upright and columns have
/// two cells; where not even that fits, the picture goes on below itself with further columns.
package struct AttentionPicture: Sendable {
  /// Shades from 0 to 1; the last is for weights of more than four fifths.
  static let shades: [Character] = ["·", "░", "▒", "▓", "█"]
  /// Grounds from 0 to 1 among the 256 of terminals: dark grey, teal, green, pale yellow.
  ///
  /// Each is lighter than the one before, so that they keep their order on dark and light screens and for any colour
  /// vision.
  static let colours = [237, 23, 29, 36, 78, 150, 186, 229]
  /// Cells after which a row's label is cut, and rows after which an upright one is.
  static let longest = (row: 20, column: 12)

  /// Cells that a line may have.
  package let width: Int
  /// Whether weights are coloured grounds instead of shades.
  package let hasColour: Bool

  /// A picture for a screen of this width.
  package init(width: Int = 80, hasColour: Bool = false) {
    self.width = width
    self.hasColour = hasColour
  }

  /// The lines of the picture; none if the translation has no attention.
  package func lines(_ translation: Translation) -> [String] {
    lines(
      source: translation.sourceTokens, target: translation.targetTokens,
      weights: translation.attention)
  }

  /// The lines of the picture of weights, a row per target token.
  func lines(source: [String], target: [String], weights: [[Float]]) -> [String] {
    guard !weights.isEmpty, !source.isEmpty else { return [] }
    let most = max(min(Self.longest.row, width / 3), 2)
    let rows = TokenLabels.of(target).map { TextWidth.cut($0, to: most) }
    let margin = (rows.map(TextWidth.of).max() ?? 0) + 2
    let columns = TokenLabels.of(source)
    let widths = columns.map { max(TextWidth.of($0), 2) }
    let room = width - margin
    if widths.reduce(widths.count - 1, +) <= room {
      let head = zip(columns, widths).map { TextWidth.pad($0.inItsColumn, to: $1) }
      return block(
        Block(heads: [head], widths: widths, gap: 1, columns: columns.indices), rows, margin,
        weights)
    }
    let gap = 3 * columns.count - 1 <= room ? 1 : 0
    let mostInBlock = max((room + gap) / (2 + gap), 1)
    let blocks = (columns.count + mostInBlock - 1) / mostInBlock
    let size = (columns.count + blocks - 1) / blocks
    let parts = stride(from: 0, to: columns.count, by: size).map { start in
      let range = start..<min(start + size, columns.count)
      return block(
        Block(
          heads: Self.upright(Array(columns[range])),
          widths: [Int](repeating: 2, count: range.count), gap: gap, columns: range), rows, margin,
        weights)
    }
    return Array(parts.joined(separator: [""]))
  }

  /// Some columns of a picture.
  private struct Block {
    /// Lines above the columns, a cell per column.
    let heads: [[String]]
    let widths: [Int]
    /// Cells between columns.
    let gap: Int
    let columns: Range<Int>
  }

  private func block(
    _ block: Block, _ rows: [String], _ margin: Int, _ weights: [[Float]]
  ) -> [String] {
    let gap = String(repeating: " ", count: block.gap)
    // Grounds touch each other: the gap after a column belongs to it.
    let widths =
      block.widths.dropLast().map { $0 + (hasColour ? block.gap : 0) } + block.widths.suffix(1)
    let heads = block.heads.map { head in
      String(repeating: " ", count: margin) + head.joined(separator: gap)
    }
    let body = zip(rows, weights).map { label, weights in
      TextWidth.pad(label.inItsColumn, to: margin)
        + zip(weights[block.columns], widths).map(cell)
        .joined(separator: hasColour ? "" : gap)
    }
    return (heads + body).map { line in
      String(line.prefix(line.count - line.reversed().prefix { $0 == " " }.count))
    }
  }

  /// A token on a ground, or between shades, that says its weight.
  func marked(_ token: String, weight: Float) -> String {
    guard hasColour else {
      let shade = Self.shade(weight)
      return token == "  " ? "\(shade)\(shade)" : "\(shade)\(token)"
    }
    let level = Self.level(weight, of: Self.colours.count)
    return "\u{1B}[48;5;\(Self.colours[level]);38;5;\(level < 4 ? 231 : 16)m\(token)\u{1B}[0m"
  }

  /// Parts of an image on grounds that say their weights, line by line; the greatest has the strongest.
  func grid(_ weights: [Float], width: Int) -> [String] {
    let greatest = max(weights.max() ?? 1, .leastNormalMagnitude)
    return stride(from: 0, to: weights.count, by: max(width, 1)).map { start in
      "  "
        + weights[start..<min(start + width, weights.count)].map {
          marked("  ", weight: $0 / greatest)
        }.joined()
    }
  }

  private func cell(_ weight: Float, width: Int) -> String {
    let space = String(repeating: " ", count: hasColour ? width : width - 2)
    guard hasColour else { return String(repeating: Self.shade(weight), count: 2) + space }
    let colour = Self.colours[Self.level(weight, of: Self.colours.count)]
    return "\u{1B}[48;5;\(colour)m\(space)\u{1B}[0m"
  }

  /// Labels from top to bottom, a character a line, that end at the same line.
  private static func upright(_ labels: [String]) -> [[String]] {
    let letters = labels.map { label in
      label.count > longest.column
        ? label.prefix(longest.column - 1).map(String.init) + ["…"] : label.map(String.init)
    }
    let height = letters.map(\.count).max() ?? 0
    return (0..<height).map { line in
      letters.map { letters in
        let place = line - (height - letters.count)
        return TextWidth.pad(place < 0 ? "" : letters[place].inItsColumn, to: 2)
      }
    }
  }

  /// The shade of a weight.
  static func shade(_ weight: Float) -> Character { shades[level(weight, of: shades.count)] }

  /// Which of so many equal parts of 0...1 a weight is in.
  private static func level(_ weight: Float, of count: Int) -> Int {
    weight > 0 ? Int(min(weight * Float(count), Float(count - 1))) : 0
  }
}

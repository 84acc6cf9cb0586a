public import DragomanTranslation

/// Draws where a translation looked, as text: a row per written token, a column per source token.
///
///     the            ░░ ██ ·· ··
///
/// A cell shows one weight in one of five shades. Columns are as wide as the source tokens that head
/// them, in terminal cells.
public enum AttentionPicture {
  /// Shades from 0 to 1; the last is for weights of more than four fifths.
  static let shades: [Character] = ["·", "░", "▒", "▓", "█"]

  /// The lines of the picture; none if the translation has no attention.
  public static func lines(_ translation: Translation) -> [String] {
    lines(
      source: translation.sourceTokens, target: translation.targetTokens,
      weights: translation.attention)
  }

  /// The lines of the picture of weights, a row per target token.
  static func lines(source: [String], target: [String], weights rows: [[Float]]) -> [String] {
    guard !rows.isEmpty else { return [] }
    let label = target.map(TextWidth.of).max() ?? 0
    let widths = source.map { max(TextWidth.of($0), 2) }
    var lines = [
      String(repeating: " ", count: label) + "  "
        + zip(source, widths).map { TextWidth.pad($0, to: $1) }.joined(separator: " ")
    ]
    for (token, weights) in zip(target, rows) {
      let cells = zip(weights, widths).map { weight, width in
        String(repeating: shade(weight), count: 2) + String(repeating: " ", count: width - 2)
      }
      lines.append(
        TextWidth.pad(token, to: label) + "  " + cells.joined(separator: " "))
    }
    return lines.map { line in
      var line = line
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  static func shade(_ weight: Float) -> Character {
    shades[min(max(Int(weight * 5), 0), 4)]
  }
}

/// How wide text is on a terminal.
public enum TextWidth {
  /// The cells of a text: none for marks that combine, two for wide scripts and pictures.
  public static func of(_ text: String) -> Int {
    text.reduce(0) { $0 + of($1) }
  }

  /// The text with spaces behind it up to so many cells.
  public static func pad(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(width - of(text), 0))
  }

  private static func of(_ character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    let properties = first.properties
    if properties.isEmojiPresentation || character.unicodeScalars.contains("\u{FE0F}") { return 2 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    // East Asian Wide and Fullwidth (Unicode Standard Annex 11), by blocks.
    let wide: [ClosedRange<UInt32>] = [
      0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x17000...0x18CFF, 0x1B000...0x1B2FF, 0x20000...0x3FFFD,
    ]
    return wide.contains { $0.contains(first.value) } ? 2 : 1
  }
}

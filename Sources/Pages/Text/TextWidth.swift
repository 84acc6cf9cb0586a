/// How wide text is on a terminal.
package enum TextWidth {
  /// The cells of a text: none for marks that combine, two for wide scripts and pictures.
  package static func of(_ text: String) -> Int {
    text.reduce(0) { $0 + of($1) }
  }

  /// The text with spaces after it up to so many cells.
  package static func pad(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(width - of(text), 0))
  }

  /// The text, or as much of it as leaves room for an ellipsis within so many cells.
  package static func cut(_ text: String, to width: Int) -> String {
    guard of(text) > width else { return text }
    var (kept, cells) = ("", 0)
    for character in text {
      cells += of(character)
      if cells >= width { break }
      kept.append(character)
    }
    return kept + "…"
  }

  /// A picture is two cells whatever it is made of; otherwise the parts of a character stand side by side or above
  /// each other, as wcwidth has it.
  private static func of(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    if scalars.first?.properties.isEmojiPresentation == true || scalars.contains("\u{FE0F}") {
      return 2
    }
    return scalars.reduce(0) { $0 + of($1) }
  }

  private static func of(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    // Vowels and final consonants of Hangul syllables written in parts join the consonant before them.
    if (0x1160...0x11FF).contains(scalar.value) || (0xD7B0...0xD7FF).contains(scalar.value) {
      return 0
    }
    return wide.contains { $0.contains(scalar.value) } ? 2 : 1
  }

  /// East Asian Wide and Fullwidth (Unicode Standard Annex 11), by blocks.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF,
    0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
    0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x17000...0x18CFF, 0x1B000...0x1B2FF,
    0x1F200...0x1F265, 0x20000...0x3FFFD,
  ]
}

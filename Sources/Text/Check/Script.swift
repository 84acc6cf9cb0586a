/// The writing system that most letters of a text belong to, as far as it matters for choosing a tokenizer.
package enum Script: String, CaseIterable, Sendable {
  case latin = "Latin"
  case greek = "Greek"
  case cyrillic = "Cyrillic"
  case hebrew = "Hebrew"
  case arabic = "Arabic"
  case indic = "Indic"
  case thai = "Thai"
  case han = "Chinese"
  case kana = "Japanese"
  case hangul = "Korean"
  /// Another one, or no letters at all.
  case other = "other"

  /// Whether words are written with spaces between them.
  package var hasSpaces: Bool { charactersPerWord == nil }

  /// About how many characters a word has, where there are no spaces between words.
  package var charactersPerWord: Int? {
    switch self {
    case .han: 2
    case .kana, .thai: 4
    default: nil
    }
  }

  /// The script of a scalar that may be a letter; `nil` for digits, marks, signs and spaces.
  init?(_ scalar: UInt32) {
    switch scalar {
    case 0x41...0x5A, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x24F, 0x1E00...0x1EFF:
      self = .latin
    case 0x370...0x3FF, 0x1F00...0x1FFF: self = .greek
    case 0x400...0x52F: self = .cyrillic
    case 0x590...0x5FF: self = .hebrew
    case 0x600...0x6FF, 0x750...0x77F, 0xFB50...0xFDFF, 0xFE70...0xFEFC: self = .arabic
    case 0x900...0xDFF: self = .indic
    case 0xE00...0xEFF: self = .thai
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x3FFFF: self = .han
    case 0x3040...0x30FF: self = .kana
    case 0xAC00...0xD7A3, 0x1100...0x11FF: self = .hangul
    case 0..<0x370, 0x2000...0x2BFF, 0x3000...0x303F, 0xFF00...0xFFEF, 0x1F000...0x1FFFF:
      return nil
    default: self = .other
    }
  }

  /// The script of most letters of the first ten thousand lines; Japanese where there is kana among the Chinese.
  package init(of lines: TextLines) {
    var counts = ScriptCounts()
    for index in 0..<min(lines.count, 10_000) {
      for scalar in lines[index].unicodeScalars { counts.add(scalar) }
    }
    self = counts.script
  }
}

import DragomanPages

/// What the lines of a walk are put together from, for a terminal of 80 columns.
enum WalkLines {
  /// A name and items after it, with dots between.
  static func wrapped(_ name: String, _ items: [String]) -> [String] {
    [
      wrapped(TextWidth.pad(name, to: 8) + items.map { cut($0, 40) }.joined(separator: " · "))
    ]
  }

  /// A text in lines of 80 columns, broken at spaces; all but the first are indented.
  static func wrapped(_ text: String, indent: Int = 8) -> String {
    text.wrapped(to: 80, indent: indent)
  }

  /// Each line by itself.
  static func split(_ lines: [String]) -> [String] {
    lines.flatMap { $0.split(separator: "\n", omittingEmptySubsequences: false) }.map(String.init)
  }

  /// Rows of four cells in columns.
  static func table(_ rows: [[String]]) -> [String] {
    let widths = (0..<3).map { column in rows.map { TextWidth.of($0[column]) }.max() ?? 0 }
    return rows.map { row in
      let line =
        TextWidth.pad(row[0], to: widths[0]) + "  " + TextWidth.pad(row[1], to: widths[1]) + "  "
        + String(repeating: " ", count: widths[2] - TextWidth.of(row[2])) + row[2] + "  " + row[3]
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// A text of so many columns at most.
  static func cut(_ text: String, _ width: Int) -> String {
    guard TextWidth.of(text) > width else { return text }
    var kept = ""
    for character in text {
      if TextWidth.of(kept + String(character)) >= width { break }
      kept.append(character)
    }
    return kept + "…"
  }
}

extension String {
  /// The text in lines of so many columns, broken at spaces; all but the first are indented.
  fileprivate func wrapped(to width: Int, indent: Int) -> String {
    var lines: [String] = []
    var line = ""
    for word in split(separator: " ", omittingEmptySubsequences: false) {
      if !line.isEmpty, TextWidth.of(line) + 1 + TextWidth.of(String(word)) > width {
        lines.append(line)
        line = String(repeating: " ", count: indent) + word
      } else {
        line += (line.isEmpty ? "" : " ") + word
      }
    }
    return (lines + [line]).joined(separator: "\n")
  }
}

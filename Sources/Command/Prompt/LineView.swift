import DragomanPages
import DragomanReporting

/// What a terminal has to be told to show a prompt and a line that is being edited.
///
/// The line takes one row. If it is wider, the part around the cursor is shown.
struct LineView {
  /// What stands before the line.
  let prompt: String
  /// Columns of the terminal.
  let width: Int

  /// The sequence that draws the row anew and puts the cursor where it is.
  func drawing(_ editor: LineEditor) -> String {
    let prompt = TextWidth.of(prompt) + 10 <= width ? prompt : "> "
    let margin = TextWidth.of(prompt)
    // The last column stays free: writing there makes terminals wrap.
    let room = max(width - margin - 1, 2)
    let widths = editor.text.map { TextWidth.of(String($0)) }
    var start = 0
    var before = widths[..<editor.cursor].reduce(0, +)
    while before > room {
      before -= widths[start]
      start += 1
    }
    var (end, shown) = (start, 0)
    while end < widths.count, shown + widths[end] <= room {
      shown += widths[end]
      end += 1
    }
    let column = margin + before
    return "\r" + prompt + String(editor.text[start..<end]) + "\u{1B}[K\r"
      + (column > 0 ? "\u{1B}[\(column)C" : "")
  }
}

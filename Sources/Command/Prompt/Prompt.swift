/// Asks for lines at a terminal, with editing and a history, which may be kept in a file.
final class Prompt {
  /// What stands before each line.
  var text: String
  private let console: Console
  private let history: HistoryFile?
  private var editor: LineEditor
  private var last: String?
  private var isKept = true
  /// Bytes after the line that was returned: what is pasted comes at once.
  private var pending: [UInt8] = []

  /// A prompt that shows this text before each line; it is drawn where messages go.
  init(_ text: String, _ console: Console, history: HistoryFile? = nil) {
    self.text = text
    self.console = console
    self.history = history
    var lines: [String] = []
    do {
      lines = try history?.lines() ?? []
    } catch {
      console.message("the history cannot be read: \(error)")
    }
    editor = LineEditor(history: lines)
    last = lines.last
  }

  /// Keeps a line for later times; a failure is told once.
  private func keep(_ line: String) {
    guard let history, isKept, !line.isEmpty, line != last else { return }
    do {
      try history.append(line)
      last = line
    } catch {
      isKept = false
      console.message("the history is not kept: \(error)")
    }
  }

  /// The next line; `nil` when no more are wanted.
  ///
  /// Elsewhere than in here the terminal is as it was.
  func next() -> String? {
    guard Terminal.begin() else { return nil }
    defer {
      Terminal.end()
      Terminal.forgetSignals()
    }
    draw()
    while true {
      if pending.isEmpty { pending = Terminal.read() }
      guard !pending.isEmpty else {
        console.note("\n")
        return nil
      }
      var event = LineEditor.Event.edited
      while event == .edited, !pending.isEmpty { event = editor.feed(pending.removeFirst()) }
      switch event {
      case .edited: draw()
      case .clear:
        console.note("\u{1B}[H\u{1B}[2J")
        draw()
      case .line(let line):
        // All of it, not only the part around the cursor.
        console.note("\r\(text)\(line)\u{1B}[K\n")
        keep(line)
        return line
      case .end:
        console.note("\n")
        return nil
      }
    }
  }

  private func draw() {
    console.note(LineView(prompt: text, width: Terminal.width).drawing(editor))
  }
}

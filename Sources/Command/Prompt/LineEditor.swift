/// A line of text that is edited key by key: a state machine that is fed with the bytes of a terminal.
///
/// It knows the keys of Emacs that shells know, arrows, Home, End and Delete, and a history. It draws nothing;
/// ``LineView`` does. The text is kept in characters as a person sees them, so the cursor never stands inside one.
struct LineEditor {
  /// What a byte led to.
  enum Event: Equatable {
    /// Something may look different now.
    case edited
    /// The line is complete.
    case line(String)
    /// No more lines are wanted: Ctrl-D in an empty line.
    case end
    /// The screen should be cleared: Ctrl-L.
    case clear
  }

  /// The text.
  private(set) var text: [Character] = []
  /// Characters before the cursor.
  private(set) var cursor = 0
  private var history: [String] = []
  /// The place in the history that is shown; its count is the new line.
  private var shown = 0
  /// The new line while the history is shown.
  private var draft: [Character] = []
  private var killed: [Character] = []
  private var keys = KeyDecoder()

  /// The most lines that are remembered.
  static let memory = 1000

  /// An editor of a new line, with lines of earlier times.
  init(history: [String] = []) {
    self.history = history
    shown = history.count
  }

  /// Takes the next byte from the terminal.
  mutating func feed(_ byte: UInt8) -> Event {
    keys.feed(byte).map { press($0) } ?? .edited
  }

  private mutating func press(_ key: Key) -> Event {
    switch key {
    case .text(let scalar): insert(scalar)
    case .enter: return finish()
    case .endOfInput where text.isEmpty: return .end
    case .endOfInput, .delete: remove(cursor..<min(cursor + 1, text.count))
    case .backspace: remove(max(cursor - 1, 0)..<cursor)
    case .clearScreen: return .clear
    case .cancel:
      (text, cursor, draft) = ([], 0, [])
      shown = history.count
    case .left: cursor = max(cursor - 1, 0)
    case .right: cursor = min(cursor + 1, text.count)
    case .home: cursor = 0
    case .end: cursor = text.count
    case .wordLeft: cursor = wordStart
    case .wordRight: cursor = wordEnd
    case .up: show(shown - 1)
    case .down: show(shown + 1)
    case .killToStart: kill(0..<cursor)
    case .killToEnd: kill(cursor..<text.count)
    case .killWord: kill(wordStart..<cursor)
    case .killNextWord: kill(cursor..<wordEnd)
    case .yank:
      text.insert(contentsOf: killed, at: cursor)
      cursor += killed.count
    }
    return .edited
  }

  /// A scalar may join the character before it, as a combining accent does.
  private mutating func insert(_ scalar: Unicode.Scalar) {
    var before = String(text[..<cursor])
    before.unicodeScalars.append(scalar)
    let after = String(text[cursor...])
    text = Array(before + after)
    cursor = min(before.count, text.count)
  }

  private mutating func remove(_ range: Range<Int>) {
    text.removeSubrange(range)
    cursor = range.lowerBound
  }

  private mutating func kill(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    killed = Array(text[range])
    remove(range)
  }

  private mutating func finish() -> Event {
    let line = String(text)
    if !line.isEmpty, line != history.last {
      history.append(line)
      if history.count > Self.memory { history.removeFirst() }
    }
    (text, cursor, draft) = ([], 0, [])
    shown = history.count
    return .line(line)
  }

  private mutating func show(_ index: Int) {
    guard (0...history.count).contains(index) else { return }
    if shown == history.count { draft = text }
    shown = index
    text = index == history.count ? draft : Array(history[index])
    cursor = text.count
  }

  /// Where the word before the cursor begins.
  private var wordStart: Int {
    var index = cursor
    while index > 0, text[index - 1].isWhitespace { index -= 1 }
    while index > 0, !text[index - 1].isWhitespace { index -= 1 }
    return index
  }

  /// Where the word after the cursor ends.
  private var wordEnd: Int {
    var index = cursor
    while index < text.count, text[index].isWhitespace { index += 1 }
    while index < text.count, !text[index].isWhitespace { index += 1 }
    return index
  }
}

import Testing

@testable import DragomanCommand

@Suite struct `The line editor` {
  /// Feeds an editor with what a terminal would send; the text with "|" where the cursor is.
  private func typing(_ keys: String...) -> String {
    var editor = LineEditor()
    for byte in keys.joined().utf8 { _ = editor.feed(byte) }
    return shown(editor)
  }

  private func shown(_ editor: LineEditor) -> String {
    String(editor.text[..<editor.cursor]) + "|" + String(editor.text[editor.cursor...])
  }

  private func events(_ editor: inout LineEditor, _ keys: String) -> [LineEditor.Event] {
    keys.utf8.map { editor.feed($0) }.filter { $0 != .edited }
  }

  @Test func `inserts where the cursor is`() {
    #expect(typing("abc") == "abc|")
    #expect(typing("ac", "\u{1B}[D", "b") == "ab|c")
    #expect(typing("ac", "\u{02}", "b", "\u{06}", "d") == "abcd|")
    #expect(typing("ab", "\u{1B}[D\u{1B}[D\u{1B}[D", "x") == "x|ab")
    #expect(typing("ab", "\u{1B}[C", "c") == "abc|")
    #expect(typing("a\tb") == "a b|")
  }

  @Test func `jumps to both ends`() {
    for home in ["\u{01}", "\u{1B}[H", "\u{1B}OH", "\u{1B}[1~", "\u{1B}[7~"] {
      #expect(typing("abc", home) == "|abc")
    }
    for end in ["\u{05}", "\u{1B}[F", "\u{1B}OF", "\u{1B}[4~", "\u{1B}[8~"] {
      #expect(typing("abc", "\u{01}", end) == "abc|")
    }
  }

  @Test func `jumps over words`() {
    #expect(typing("one two  ", "\u{1B}b") == "one |two  ")
    #expect(typing("one two", "\u{1B}[1;5D", "\u{1B}[1;3D") == "|one two")
    #expect(typing("one two", "\u{01}", "\u{1B}f") == "one| two")
    #expect(typing("one two", "\u{01}", "\u{1B}[1;5C", "\u{1B}[1;5C") == "one two|")
  }

  @Test func `deletes`() {
    #expect(typing("abc", "\u{7F}") == "ab|")
    #expect(typing("abc", "\u{01}", "\u{08}") == "|abc")
    #expect(typing("abc", "\u{01}", "\u{1B}[3~") == "|bc")
    #expect(typing("abc", "\u{01}", "\u{04}") == "|bc")
    #expect(typing("one two", "\u{02}", "\u{0B}") == "one tw|")
    #expect(typing("one two", "\u{02}", "\u{15}") == "|o")
    #expect(typing("one two ", "\u{17}") == "one |")
    #expect(typing("one two", "\u{1B}\u{7F}") == "one |")
    #expect(typing("one two", "\u{01}", "\u{1B}d") == "| two")
    #expect(typing("one two", "\u{17}", "\u{01}", "\u{19}") == "two|one ")
    #expect(typing("abc", "\u{03}") == "|")
  }

  @Test func `treats a character as one, however many bytes it has`() {
    #expect(typing("café", "\u{7F}") == "caf|")
    #expect(typing("cafe", "\u{301}", "\u{1B}[D", "x") == "cafxe\u{301}".replacing("x", with: "x|"))
    #expect(typing("日本語", "\u{02}", "\u{7F}") == "日|語")
    #expect(typing("👩‍👩‍👧", "\u{7F}") == "|")
  }

  @Test func `shows bytes that are no UTF-8 as such`() {
    var editor = LineEditor()
    for byte: UInt8 in [0x61, 0xFF, 0x62, 0xC3, 0xA9] { _ = editor.feed(byte) }
    #expect(String(editor.text) == "a\u{FFFD}bé")
    for byte: UInt8 in [0xE2, 0x82, 0x1B, 0x5B, 0x44] { _ = editor.feed(byte) }
    #expect(shown(editor) == "a\u{FFFD}bé|\u{FFFD}")
  }

  @Test func `ignores what it does not know`() {
    #expect(typing("ab", "\u{1B}[15~", "\u{1B}[200~", "\u{07}", "\u{1B}x", "c") == "abc|")
    #expect(typing("\u{1B}[\(String(repeating: "9", count: 100))Ab").hasSuffix("|"))
  }

  @Test func `gives lines and ends at Ctrl-D in an empty one`() {
    var editor = LineEditor()
    #expect(events(&editor, "one\rtwo\n\r") == [.line("one"), .line("two"), .line("")])
    #expect(events(&editor, "x\u{04}\u{7F}\u{04}") == [.end])
    #expect(events(&editor, "\u{0C}") == [.clear])
  }

  @Test func `remembers lines and the one that was begun`() {
    var editor = LineEditor()
    _ = events(&editor, "one\rtwo\rtwo\r\rth")
    _ = events(&editor, "\u{1B}[A")
    #expect(shown(editor) == "two|")
    _ = events(&editor, "\u{10}")
    #expect(shown(editor) == "one|")
    _ = events(&editor, "\u{1B}[A")
    #expect(shown(editor) == "one|")
    _ = events(&editor, "\u{1B}[B\u{0E}")
    #expect(shown(editor) == "th|")
    _ = events(&editor, "\u{1B}[B")
    #expect(shown(editor) == "th|")
    #expect(events(&editor, "\u{1B}[A!\r") == [.line("two!")])
    _ = events(&editor, "\u{1B}[A\u{1B}[A")
    #expect(shown(editor) == "two|")
    #expect(events(&editor, "\u{03}\u{1B}[A\r") == [.line("two!")])
  }
}

@Suite struct `The view of a line` {
  private func drawing(_ text: String, left: Int = 0, width: Int = 20) -> String {
    var editor = LineEditor()
    for byte in text.utf8 { _ = editor.feed(byte) }
    for _ in 0..<left { _ = editor.feed(0x02) }
    return LineView(prompt: "> ", width: width).drawing(editor)
  }

  @Test func `puts the cursor after what is before it`() {
    #expect(drawing("abc") == "\r> abc\u{1B}[K\r\u{1B}[5C")
    #expect(drawing("abc", left: 2) == "\r> abc\u{1B}[K\r\u{1B}[3C")
    #expect(drawing("日本", left: 1) == "\r> 日本\u{1B}[K\r\u{1B}[4C")
    #expect(drawing("e\u{301}x") == "\r> e\u{301}x\u{1B}[K\r\u{1B}[4C")
  }

  @Test func `shows the part around the cursor and never fills the row`() {
    let long = "abcdefghijklmnopqrstuvwxyz"
    #expect(drawing(long) == "\r> jklmnopqrstuvwxyz\u{1B}[K\r\u{1B}[19C")
    #expect(drawing(long, left: 26) == "\r> abcdefghijklmnopq\u{1B}[K\r\u{1B}[2C")
    #expect(drawing("一二三四五六七八九十", width: 20) == "\r> 三四五六七八九十\u{1B}[K\r\u{1B}[18C")
  }
}

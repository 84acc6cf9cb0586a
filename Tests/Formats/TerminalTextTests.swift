import Testing

@testable import DragomanFormats

@Suite struct `Text on a terminal` {
  @Test func `shows what a terminal would obey`() {
    let text = "a\u{1B}]0;x\u{7}b\u{9B}31mc\rd\u{202E}e\u{7F}\tf\nä🙂"
    #expect(
      TerminalText.visible(text)
        == "a\\u{1b}]0;x\\u{7}b\\u{9b}31mc\\u{d}d\\u{202e}e\\u{7f}\tf\nä🙂")
    let plain = "– “Où est la gare\u{202F}?” – 日本語"
    #expect(TerminalText.visible(plain) == plain)
  }

  @Test func `keeps colours where the program may have chosen them, and nothing else`() {
    let text = "\u{1B}[38;5;231mred\u{1B}[0m \u{1B}[2J\u{1B}[1;1H"
    #expect(
      TerminalText.visible(text, keepingColours: true)
        == "\u{1B}[38;5;231mred\u{1B}[0m \\u{1b}[2J\\u{1b}[1;1H")
    #expect(TerminalText.visible("\u{1B}[0m") == "\\u{1b}[0m")
    #expect(TerminalText.visible("\u{1B}[", keepingColours: true) == "\\u{1b}[")
  }

  @Test func `has an end`() {
    #expect(
      TerminalText.visible(String(repeating: "ab", count: 1000), atMost: 3)
        == "aba… (1,997 more characters)")
    #expect(TerminalText.visible("äöü", atMost: 3) == "äöü")
  }

  @Test func `quotes words of commands for a shell`() {
    #expect(ShellWord.quoted("runs/été_1/best.safetensors") == "runs/été_1/best.safetensors")
    #expect(ShellWord.quoted("x; rm -rf ~ #") == "'x; rm -rf ~ #'")
    #expect(ShellWord.quoted("it's") == "'it'\\''s'")
    #expect(ShellWord.quoted("") == "''")
  }
}

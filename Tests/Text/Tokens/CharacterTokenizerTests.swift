import Testing

@testable import DragomanText

@Suite struct `The character tokenizer` {
  @Test func `makes a token of every scalar and shows the space`() {
    let tokenizer = Tokenizer(model: .character)
    #expect(tokenizer.tokenize("  ab  c ") == ["a", "b", "\u{2581}", "c"])
    #expect(tokenizer.tokenize("e\u{301}").map(\.scalars) == [[0x65], [0x301]])
  }

  @Test func `escapes the sign of the space`() {
    let tokenizer = Tokenizer(model: .character)
    #expect(tokenizer.tokenize("\u{2581}\u{241B}") == ["\u{241B}\u{2581}", "\u{241B}"])
    #expect(
      tokenizer.detokenize(["\u{241B}", "\u{2581}", "\u{241B}\u{2581}"]) == "\u{241B} \u{2581}")
  }
}

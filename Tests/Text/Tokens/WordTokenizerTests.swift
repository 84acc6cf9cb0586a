import Testing

@testable import DragomanText

@Suite struct `The word tokenizer` {
  /// Tokens joined by spaces, with ￭ written as `_`.
  private func tokens(_ line: String) -> String {
    Tokenizer(model: .word).tokenize(line).joined(separator: " ")
      .split(separator: "\u{FFED}", omittingEmptySubsequences: false).joined(separator: "_")
  }

  @Test func `takes a line of apostrophes in its stride`() {
    let count = 300_000
    let line = String(repeating: "a'", count: count) + "a"
    #expect(Tokenizer(model: .word).tokenize(line).count == count + 1)
  }

  @Test(arguments: [
    ("Hello, world!", "Hello _, world _!"),
    ("He said \"yes\" (twice).", "He said \"_ yes _\" (_ twice _) _."),
    ("(\"a\")", "(_ \"_ a _\" _)"),
    ("f(x)", "f _(_ x _)"),
    ("Wait...", "Wait _..."),
    ("¿Qué?", "¿_ Qué _?"),
    ("a / b, a/b", "a / b _, a _/_ b"),
  ]) func `puts the joiner on punctuation`(line: String, expected: String) {
    #expect(tokens(line) == expected)
  }

  @Test(arguments: [
    ("John's dog", "John _'s dog"), ("I'm, we'll, they've", "I _'m _, we _'ll _, they _'ve"),
    ("I don't", "I don't"), ("l'homme qu'il", "l'_ homme qu'_ il"), ("d’été", "d’_ été"),
    ("aujourd'hui", "aujourd'_ hui"), ("dogs' tails", "dogs _' tails"), ("'tis", "'_ tis"),
  ]) func `splits contractions where two words meet`(line: String, expected: String) {
    #expect(tokens(line) == expected)
  }

  @Test(arguments: [
    ("1,234.5", "1,234.5"), ("It costs 3.50.", "It costs 3.50 _."), ("12:30", "12 _:_ 30"),
    ("2019-01-05", "2019 _-_ 01 _-_ 05"), ("1,2,", "1,2 _,"), ("٣٫١٤", "٣٫١٤"), ("mp3", "mp3"),
  ]) func `keeps numbers with separators whole`(line: String, expected: String) {
    #expect(tokens(line) == expected)
  }

  @Test(arguments: [
    ("a well-known 10-year-old", "a well-known 10-year-old"), ("yes - no", "yes - no"),
    ("a--b", "a _- _-_ b"), ("-a", "-_ a"),
  ]) func `keeps hyphenated words whole`(line: String, expected: String) {
    #expect(tokens(line) == expected)
  }

  @Test(arguments: [
    ("你好，世界", "你 好 ， 世 界"), ("你 好", "你 \u{2581} 好"), ("有3个", "有 3 个"),
    ("สวัสดี", "ส วั ส ดี"), ("か\u{3099}", "か\u{3099}"), ("안녕 하세요", "안녕 하세요"),
  ]) func `splits scripts without spaces by character`(line: String, expected: String) {
    #expect(tokens(line).scalars == expected.scalars)
  }

  @Test(arguments: [
    ("👩‍👩‍👧‍👦", 1), ("👍🏽", 1), ("🇫🇷🇩🇪", 2), ("👍👍", 2), ("می‌خواهم", 1), ("e\u{301}te\u{301}", 1),
  ]) func `holds together what joiners and marks hold`(line: String, count: Int) {
    #expect(Tokenizer(model: .word).tokenize(line).count == count)
  }

  @Test func `escapes its own signs`() {
    let tokenizer = Tokenizer(model: .word)
    #expect(tokenizer.tokenize("a\u{FFED}b") == ["a", "\u{FFED}\u{241B}\u{FFED}\u{FFED}", "b"])
    #expect(tokenizer.tokenize("\u{2581}") == ["\u{241B}\u{2581}"])
  }

  @Test func `bears tokens that it would never make`() {
    let tokenizer = Tokenizer(model: .word)
    #expect(tokenizer.detokenize(["a", "\u{FFED}", "b"]) == "ab")
    #expect(tokenizer.detokenize(["\u{FFED}", "\u{FFED}\u{FFED}", ""]) == "")
    #expect(
      tokenizer.detokenize(["\u{2581}", "a", "\u{2581}", "\u{2581}", "b", "\u{2581}"]) == "a b")
    #expect(tokenizer.detokenize(["\u{241B}", "a"]) == "\u{241B} a")
    #expect(tokenizer.detokenize(["\u{241B}ab", "c"]) == "ab c")
  }
}

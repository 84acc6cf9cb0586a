import DragomanPages
import Testing

@testable import DragomanReporting

@Suite struct `The width of a text` {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("日本", 4), ("ｆｕｌｌ", 8), ("ﾊﾝｶｸ", 4), ("한국", 4),
    ("\u{1112}\u{1161}\u{11AB}", 2),
    ("e\u{301}t", 2), ("Việt", 4), ("👩‍👩‍👧", 2), ("🇻🇳", 2), ("❤\u{FE0F}", 2), ("❤", 1),
    ("1\u{FE0F}\u{20E3}", 2), ("👍🏽", 2), ("a\u{200D}\u{FE0E}", 1), ("\u{200E}", 0), ("क्ष", 2),
    ("مرحبا", 5), ("\u{1B}", 0),
  ]) func `is counted in cells of a terminal`(_ text: String, _ width: Int) {
    #expect(TextWidth.of(text) == width)
  }

  @Test func `is filled up and cut`() {
    #expect(TextWidth.pad("日", to: 4) == "日  " && TextWidth.pad("abc", to: 2) == "abc")
    #expect(TextWidth.cut("abcd", to: 4) == "abcd" && TextWidth.cut("abcde", to: 4) == "abc…")
    #expect(TextWidth.cut("日本語", to: 4) == "日…" && TextWidth.cut("日本語", to: 5) == "日本…")
    #expect(TextWidth.cut("e\u{301}e\u{301}e\u{301}", to: 2) == "e\u{301}…")
  }
}

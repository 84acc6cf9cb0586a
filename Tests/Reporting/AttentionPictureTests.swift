import DragomanTestSupport
import DragomanTranslation
import Testing

@testable import DragomanReporting

@Suite struct `An attention picture` {
  @Test func `has a row per written token and a column per source token`() {
    let lines = AttentionPicture.lines(
      source: ["a", "house", "</s>"], target: ["une", "maison", "</s>"],
      weights: [[0.9, 0.1, 0], [0.05, 0.75, 0.2], [0, 0.3, 0.55]])
    #expect(
      lines == [
        "        a  house </s>",
        "une     ██ ··    ··",
        "maison  ·· ▓▓    ░░",
        "</s>    ·· ░░    ▒▒",
      ])
  }

  @Test func `aligns wide scripts and combining marks`() {
    let lines = AttentionPicture.lines(
      source: ["日本", "e\u{301}te\u{301}"], target: ["x"], weights: [[1, 0]])
    #expect(lines == ["   日本 e\u{301}te\u{301}", "x  ██   ··"])
    #expect(TextWidth.of("日本") == 4)
    #expect(TextWidth.of("e\u{301}t") == 2)
    #expect(TextWidth.of("👩‍👩‍👧") == 2)
    #expect(TextWidth.of("Việt") == 4)
  }

  @Test func `is empty without weights`() {
    #expect(AttentionPicture.lines(source: ["a"], target: ["b"], weights: []).isEmpty)
  }
}

import DragomanPages
import DragomanTestSupport
import DragomanTranslation
import Testing

@testable import DragomanReporting

@Suite struct `An attention picture` {
  private func lines(
    _ source: [String], _ target: [String], _ weights: [[Float]], width: Int = 80,
    hasColour: Bool = false
  ) -> [String] {
    AttentionPicture(width: width, hasColour: hasColour).lines(
      source: source, target: target, weights: weights)
  }

  /// Weights with one above all others in each row.
  private func diagonal(_ rows: Int, _ columns: Int) -> [[Float]] {
    (0..<rows).map { row in (0..<columns).map { $0 == row % columns ? 0.9 : 0.01 } }
  }

  /// A line without its colours.
  private func plain(_ line: String) -> String {
    line.replacing(/\u{1B}\[[0-9;]*m/, with: "")
  }

  @Test func `has a row per written token and a column per source token`() {
    #expect(
      lines(
        ["a", "house", "</s>"], ["une", "maison", "</s>"],
        [[0.9, 0.1, 0], [0.05, 0.75, 0.2], [0, 0.3, 0.55]])
        == [
          "        a  house </s>",
          "une     ██ ··    ··",
          "maison  ·· ▓▓    ░░",
          "</s>    ·· ░░    ▒▒",
        ])
  }

  @Test func `aligns wide scripts, combining marks and emoji`() {
    #expect(
      lines(["日本", "e\u{301}te\u{301}", "👩‍👩‍👧", "x"], ["語", "y"], [[1, 0, 0, 0.5], [0, 0, 1, 0]])
        == ["    日本 e\u{301}te\u{301} 👩‍👩‍👧 x", "語  ██   ··  ·· ▒▒", "y   ··   ··  ██ ··"])
  }

  @Test func `is empty without weights`() {
    #expect(lines(["a"], ["b"], []).isEmpty)
    #expect(lines([], ["b"], [[]]).isEmpty)
  }

  @Test func `colours cells as wide as their columns`() {
    let found = lines(
      ["a", "house"], ["une", "x"], [[1, 0], [0.5, .nan]], hasColour: true)
    #expect(
      found == [
        "     a  house",
        "une  \u{1B}[48;5;229m   \u{1B}[0m\u{1B}[48;5;237m     \u{1B}[0m",
        "x    \u{1B}[48;5;78m   \u{1B}[0m\u{1B}[48;5;237m     \u{1B}[0m",
      ])
    #expect(Set(AttentionPicture.colours).count == AttentionPicture.colours.count)
  }

  @Test func `sets tokens upright where they do not fit side by side`() {
    let found = lines(
      ["The", "cats", "日本語", "x"], ["a", "b"], diagonal(2, 4), width: 16)
    #expect(
      found == [
        "      c",
        "   T  a  日",
        "   h  t  本",
        "   e  s  語 x",
        "a  ██ ·· ·· ··",
        "b  ·· ██ ·· ··",
      ])
  }

  @Test func `goes on below where not even that fits`() {
    let found = lines(
      ["aa", "b", "c", "d", "e"], ["x", "y"], diagonal(2, 5), width: 10)
    #expect(
      found == [
        "   a", "   a b c", "x  ██····", "y  ··██··", "", "   d e", "x  ····", "y  ····",
      ])
  }

  @Test(arguments: [20, 40, 80, 133], [false, true])
  func `keeps to the width with sixty tokens`(_ width: Int, _ hasColour: Bool) {
    let words = ["the", "internationalisation", "日本語", "e\u{301}t", "👩‍👩‍👧", "مرحبا", "-", "x"]
    let tokens = (0..<60).map { words[$0 % words.count] }
    let found = lines(
      tokens, tokens, diagonal(60, 60), width: width, hasColour: hasColour
    ).map(plain)
    #expect(found.allSatisfy { TextWidth.of($0) <= width })
    if !hasColour {
      // Every weight has its cell.
      let shades = Set(AttentionPicture.shades)
      #expect(found.joined().count { shades.contains($0) } == 60 * 60 * 2)
      #expect(found.joined().count { $0 == "█" } == 60 * 2)
    }
  }

  @Test func `cuts long labels`() {
    let long = String(repeating: "w", count: 60)
    let found = lines([long, long], [long], diagonal(1, 2), width: 60)
    #expect(found.count == 13 && found[0] == "                      w  w")
    #expect(found[11] == "                      …  …")
    #expect(found[12] == String(repeating: "w", count: 19) + "…  ██ ··")
  }

  @Test func `keeps right-to-left tokens in their columns`() {
    let found = lines(["مرحبا", "שלום", "a"], ["نعم"], [[0, 1, 0]])
    #expect(
      found == [
        "     \u{200E}مرحبا\u{200E} \u{200E}שלום\u{200E} a", "\u{200E}نعم\u{200E}  ··    ██   ··",
      ])
  }

  @Test func `escapes what would move the cursor or turn the line`() {
    let found = lines(["a\u{1B}[2J", "b\u{202E}"], ["c\n"], [[0, 1]])
    #expect(
      found == ["        a\\u{1B}[2J b\\u{202E}", "c\\u{A}  ··         ██"])
  }
}

@Suite struct `Labels of tokens` {
  @Test func `show which pieces go on with a word`() {
    #expect(
      TokenLabels.of(["▁un", "able", "▁cats", ".", "</s>"]) == [
        "un", "-able", "cats", ".", "</s>",
      ])
    #expect(TokenLabels.of(["▁", "日", "▁a"]) == ["▁", "-日", "a"])
  }

  @Test func `of one token are those that it has in a sentence`() {
    #expect(TokenLabels.of("ấn", at: 3, arePieces: true) == "-ấn")
    #expect(TokenLabels.of("▁ấn", at: 3, arePieces: true) == "ấn")
    #expect(TokenLabels.of("ấn", at: 0, arePieces: true) == "ấn")
    #expect(TokenLabels.of("ấn", at: 3, arePieces: false) == "ấn")
    #expect(TokenLabels.of("</s>", at: 3, arePieces: true) == "</s>")
  }

  @Test func `are the tokens where there are no pieces`() {
    #expect(TokenLabels.of(["un", ",", "</s>"]) == ["un", ",", "</s>"])
    #expect(TokenLabels.of(["a", "▁", "b"]) == ["a", "▁", "b"])
    #expect(TokenLabels.of([]).isEmpty)
  }
}

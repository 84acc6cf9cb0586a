import DragomanTestSupport
import DragomanTranslation
import Foundation
import Testing

#if os(Linux)
  /// The program on a terminal, and where it only seems to be on one.
  @Suite struct `On a terminal` {
    private let saved: SavedModel

    init() throws { saved = try SavedModel() }

    /// What `translate --attention` writes to a terminal of so many columns.
    private func attention(
      columns: UInt16, environment: [String: String], words: String
    ) throws -> String {
      try PseudoTerminal(columns: columns).run(
        [
          "translate", "--attention", "--maximum-length", "4", "--model", saved.path, words,
        ], environment: environment)
    }

    @Test func `attention has colours and keeps to the columns`() throws {
      let words = Array(repeating: "the cat", count: 15).joined(separator: " ")
      let found = try attention(columns: 50, environment: [:], words: words)
      #expect(found.contains("\u{1B}[48;5;") && !found.contains("█"))
      for line in found.replacing(/\u{1B}\[[0-9;]*m/, with: "").split(separator: "\n").dropFirst() {
        #expect(line.count <= 50)
      }
    }

    /// A model whose vocabulary would clear the screen, name the window and turn what follows round.
    @Test(arguments: [
      ["inspect", "--vocabulary"], ["inspect", "--search", "a"], ["inspect"], ["translate", "a b"],
    ])
    func `escapes of a stranger's model are shown and not obeyed`(_ words: [String]) throws {
      let hostile = ["a\u{1B}[2Ja", "b\u{1B}]0;owned\u{07}", "c\u{9B}31m", "d\u{202E}e"]
      let saved = try SavedModel(
        SmallModel.file(text: hostile + ["a b c d"], tokenizer: .character))
      let found = try PseudoTerminal(columns: 80).run(
        words + ["--model", saved.path]
          + (words[0] == "translate" ? ["--maximum-length", "30"] : []),
        environment: ["NO_COLOR": "1"])
      for scalar in found.unicodeScalars where scalar != "\n" && scalar != "\t" {
        #expect(
          scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value) && scalar != "\u{202E}")
      }
      if words.contains("--vocabulary") { #expect(found.contains("\\u{1b}")) }
    }

    @Test(arguments: [["NO_COLOR": "1"], ["TERM": "dumb"]])
    func `attention has no colours if nobody wants them`(_ environment: [String: String]) throws {
      let found = try attention(columns: 80, environment: environment, words: "the cat")
      #expect(!found.contains("\u{1B}") && found.contains("</s>") && found.contains("·"))
    }
  }
#endif

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

    @Test(arguments: [["NO_COLOR": "1"], ["TERM": "dumb"]])
    func `attention has no colours if nobody wants them`(_ environment: [String: String]) throws {
      let found = try attention(columns: 80, environment: environment, words: "the cat")
      #expect(!found.contains("\u{1B}") && found.contains("</s>") && found.contains("·"))
    }
  }
#endif

package import DragomanFormats
import DragomanText
package import DragomanTranslation

/// What vocabularies make of a piece of text, and which of their entries hold it.
///
/// Vocabularies of words and characters are sorted by frequency in the training data, so that an entry's number is
/// its rank there, after the specials; byte-pair pieces stand in the order in which they were merged.
package struct VocabularySearch: Sendable {
  /// What one vocabulary knows.
  struct Side: Sendable {
    let name: String
    let kind: String
    /// The tokens that the text is cut into, with their numbers.
    let pieces: [(token: String, number: Int)]
    /// All entries that hold the text, with their numbers.
    let entries: [(token: String, number: Int)]
    /// How often each entry occurs in a text, if one was counted.
    let counts: [Int]?
  }

  /// The text.
  package let text: String
  let sides: [Side]

  /// Searches both vocabularies, or the one that both sides share; with frequencies, entries have theirs.
  package init(_ text: String, in file: ModelFile, frequencies: TokenFrequencies? = nil) {
    self.text = text
    let codecs =
      file.source == file.target
      ? [("shared", file.source)] : [("source", file.source), ("target", file.target)]
    sides = codecs.map { name, codec in
      Side(
        name: name, kind: codec.tokenizer.kind.rawValue,
        pieces: codec.encode(text).map { (codec.display($0), Int($0)) },
        entries: codec.vocabulary.tokens.enumerated()
          .filter { $0.element.contains(text) || codec.display(Int32($0.offset)).contains(text) }
          .map { (codec.display(Int32($0.offset)), $0.offset) },
        counts: frequencies?.counts(of: name))
    }
  }

  /// What was found, for people; at most `limit` entries of each side.
  package func lines(limit: Int = 40) -> [String] {
    sides.flatMap { side in
      let pieces = side.pieces.map { "\($0.token) (\($0.number))" }.joined(separator: " ")
      let count = side.entries.count
      var lines = [
        "\(side.name) vocabulary, \(side.kind) tokens: "
          + (pieces.isEmpty ? "the text has no tokens" : pieces),
        "  \(count) \(count == 1 ? "entry holds" : "entries hold") '\(text)'",
      ]
      for (token, number) in side.entries.prefix(limit) {
        let margin = String(repeating: " ", count: max(10 - "\(number)".count, 0))
        let count = side.counts.map { "  × \(NumberText.grouped($0[number]))" } ?? ""
        lines.append("\(margin)\(number)  \(token)\(count)")
      }
      if count > limit { lines.append("          … and \(count - limit) more") }
      return lines
    }
  }

  /// What was found, for programs.
  package var json: JSON {
    func list(_ tokens: [(token: String, number: Int)], _ counts: [Int]? = nil) -> JSON {
      .array(
        tokens.map { token in
          [
            "token": .string(token.token), "number": .int(token.number),
            "count": counts.map { .int($0[token.number]) },
          ]
        })
    }
    return [
      "text": .string(text),
      "vocabularies": .object(
        sides.map { side in
          (
            side.name,
            [
              "kind": .string(side.kind), "pieces": list(side.pieces),
              "entries": list(side.entries, side.counts),
            ]
          )
        }),
    ]
  }
}

import DragomanSystem
package import DragomanFormats
import DragomanTensor
import DragomanText
package import DragomanTranslation

/// The entries of a vocabulary whose vectors point most nearly where an entry's vector points.
package struct EmbeddingNeighbours: Sendable {
  /// An entry and how near it is.
  package struct Neighbour: Sendable, Equatable {
    /// The entry.
    package let token: String
    /// Its number.
    package let number: Int
    /// The cosine of the angle between both vectors.
    package let cosine: Double
  }

  /// The entry that was asked for.
  package let word: String
  /// For each side that knows it, its neighbours, the nearest first.
  package let sides: [(side: String, neighbours: [Neighbour])]

  /// Looks a word up on both sides; throws ``UnknownEntry`` if none knows it.
  package init(of word: String, in file: ModelFile, count: Int = 10) throws {
    self.word = word
    var sides: [(side: String, neighbours: [Neighbour])] = []
    for (side, codec, table) in file.wordVectors {
      guard let entry = Self.entry(word, of: codec) else { continue }
      sides.append((side, Self.nearest(to: entry, in: table, codec, count: count)))
    }
    guard !sides.isEmpty else {
      let known = Set(file.source.vocabulary.tokens + file.target.vocabulary.tokens)
      throw UnknownEntry(word: word, nearest: Suggestion.nearest(to: word, among: known.sorted()))
    }
    self.sides = sides
  }

  /// The number of a word: as an entry is spelt, as it is shown, or as the only piece that the word is cut into.
  private static func entry(_ word: String, of codec: TextCodec) -> Int? {
    let tokens = codec.vocabulary.tokens
    if let exact = tokens.firstIndex(of: word) { return exact }
    if let shown = tokens.indices.first(where: { codec.display(Int32($0)) == word }) {
      return shown
    }
    let ids = codec.encode(word)
    return ids.count == 1 && ids[0] != codec.vocabulary.unknown ? Int(ids[0]) : nil
  }

  private static func nearest(
    to entry: Int, in table: Matrix, _ codec: TextCodec, count: Int
  ) -> [Neighbour] {
    let own = table.rows(entry..<(entry + 1)).elements
    func length(_ vector: [Float]) -> Double {
      vector.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    }
    let cosines = (0..<table.rows).map { row in
      let other = table.rows(row..<(row + 1)).elements
      let product = zip(own, other).reduce(0) { $0 + Double($1.0) * Double($1.1) }
      let lengths = length(own) * length(other)
      return lengths > 0 ? product / lengths : 0
    }
    return cosines.indices.filter { $0 != entry }
      .sorted { (-cosines[$0], $0) < (-cosines[$1], $1) }.prefix(count)
      .map { Neighbour(token: codec.display(Int32($0)), number: $0, cosine: cosines[$0]) }
  }

  /// The neighbours for people.
  package var lines: [String] {
    sides.flatMap { side, neighbours in
      ["\(side) neighbours of \(word):"]
        + neighbours.map { "  \(NumberText.fixed($0.cosine, decimals: 3))  \($0.token)" }
    }
  }

  /// The neighbours for programs.
  package var json: JSON {
    [
      "word": .string(word),
      "neighbours": .object(
        sides.map { side, neighbours in
          (
            side,
            .array(
              neighbours.map {
                [
                  "token": .string($0.token), "number": .int($0.number),
                  "cosine": .double($0.cosine),
                ]
              })
          )
        }),
    ]
  }
}

/// No vocabulary has such an entry.
package struct UnknownEntry: Error, CustomStringConvertible {
  let word: String
  let nearest: String?
  /// What may have been meant.
  package var description: String {
    "neither vocabulary has an entry '\(word)'; "
      + (nearest.map { "did you mean '\($0)'?" } ?? "--search finds entries by a part of them")
  }
}

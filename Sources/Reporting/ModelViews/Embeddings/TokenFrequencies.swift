import DragomanPages
package import DragomanFormats
import DragomanText
package import DragomanTranslation

/// How often the entries of the vocabularies occur in a text, such as the training pairs.
package struct TokenFrequencies: Sendable {
  /// The counts of one vocabulary.
  struct Side: Sendable {
    let name: String
    let codec: TextCodec
    /// Occurrences of each entry, by its number.
    var counts: [Int]

    /// Tokens that were counted.
    var tokens: Int { counts.reduce(0, +) }
    /// Those that the vocabulary does not have.
    var unknown: Int { counts[Int(codec.vocabulary.unknown)] }
    /// Entries that occur, the most frequent first, of equals the lower number.
    var ranking: [Int] {
      counts.indices.filter { counts[$0] > 0 }.sorted { (counts[$1], $0) < (counts[$0], $1) }
    }
    /// Entries that might occur and do not; special tokens and bytes need not.
    var unseen: [Int] {
      counts.indices.filter {
        let token = codec.vocabulary[Int32($0)]
        return counts[$0] == 0 && !codec.vocabulary.isSpecial(Int32($0)) && !Tokenizer.isByte(token)
      }
    }
  }

  let sides: [Side]

  /// Counts; a line is a source, or a source, a tab and a target, and what is after another tab is not read.
  package init(_ file: ModelFile, lines: some Sequence<String>) {
    var columns: [[String]] = [[], []]
    for line in lines {
      let parts = line.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
      for (side, text) in parts.prefix(2).enumerated() { columns[side].append(String(text)) }
    }
    func counts(_ codec: TextCodec, _ lines: [String]) -> [Int] {
      var counts = [Int](repeating: 0, count: codec.vocabulary.count)
      for ids in codec.encode(lines) {
        for id in ids.dropLast() { counts[Int(id)] += 1 }
      }
      return counts
    }
    sides =
      file.source == file.target
      ? [
        Side(
          name: "shared", codec: file.source, counts: counts(file.source, columns[0] + columns[1]))
      ]
      : [
        Side(name: "source", codec: file.source, counts: counts(file.source, columns[0])),
        Side(name: "target", codec: file.target, counts: counts(file.target, columns[1])),
      ]
  }

  /// The counts of a vocabulary by its name.
  func counts(of name: String) -> [Int]? { sides.first { $0.name == name }?.counts }

  /// What was counted, for people; the most frequent `limit` entries of each side.
  package func lines(limit: Int = 20) -> [String] {
    sides.flatMap { side in
      let ranking = side.ranking
      let unseen = side.unseen
      let total = max(side.tokens, 1)
      var lines = [
        "\(side.name) vocabulary: \(NumberText.grouped(side.tokens)) tokens; "
          + "\(NumberText.grouped(ranking.count)) of \(NumberText.grouped(side.counts.count)) entries occur, "
          + "\(NumberText.grouped(unseen.count)) never; "
          + "\(NumberText.fixed(100 * Double(side.unknown) / Double(total), decimals: 2)) % unknown"
      ]
      let rows = ranking.prefix(limit).map { number in
        [
          side.codec.display(Int32(number)), NumberText.grouped(side.counts[number]),
          NumberText.fixed(100 * Double(side.counts[number]) / Double(total), decimals: 2) + " %",
          "\(number)",
        ]
      }
      let head = ["token", "count", "share", "number"]
      lines += TextTable([head] + rows, leading: 1).lines.map { "  " + $0 }
      if ranking.count > limit { lines.append("  … and \(ranking.count - limit) more") }
      if !unseen.isEmpty {
        let names = unseen.prefix(12).map { side.codec.display(Int32($0)) }
        lines.append(
          "  never: \(names.joined(separator: " "))" + (unseen.count > names.count ? " …" : ""))
      }
      return lines
    }
  }

  /// What was counted, for programs: the count of each entry by its number.
  package var json: JSON {
    [
      "frequencies": .object(
        sides.map { side in
          (
            side.name,
            [
              "tokens": .int(side.tokens), "unknown": .int(side.unknown),
              "counts": .ints(side.counts),
            ]
          )
        })
    ]
  }
}

package import DragomanFormats
package import DragomanText

extension CorpusReport {
  /// The report in lines: what each part holds, then what was found in it.
  package var lines: [String] {
    parts.flatMap { part in
      [
        "\(part.name): \(Words.count(part.pairs, "pair")) in "
          + part.files.map(\.file.description).joined(separator: ", "),
        "  source: \(part.source.sentence(pairs: part.pairs))",
        "  target: \(part.target.sentence(pairs: part.pairs))",
      ]
    } + (problems.isEmpty ? ["no problems found"] : problems.map(\.description))
  }

  /// The report for programs.
  package var json: JSON {
    [
      "parts": .array(
        parts.map { part in
          [
            "name": .string(part.name), "files": .array(part.files.map(\.json)),
            "pairs": .int(part.pairs), "source": part.source.json, "target": part.target.json,
          ]
        }),
      "problems": .array(
        problems.map { problem in
          [
            "kind": .string(problem.kind.rawValue), "part": .string(problem.part),
            "count": .int(problem.finding.count), "total": .int(problem.total),
            "isSkipped": .bool(problem.isSkipped),
            "examples": .strings(problem.finding.examples),
            "excerpts": .strings(problem.finding.excerpts),
          ]
        }),
    ]
  }
}

extension CorpusPart.Side {
  fileprivate func sentence(pairs: Int) -> String {
    func mean(_ sum: Int) -> String {
      NumberText.fixed(Double(sum) / Double(max(pairs, 1)), decimals: 1)
    }
    return
      "\(mean(words)) words and \(mean(characters)) characters a line, at most \(mostWords) and "
      + "\(mostCharacters)"
  }

  fileprivate var json: JSON {
    [
      "words": .int(words), "characters": .int(characters), "mostWords": .int(mostWords),
      "mostCharacters": .int(mostCharacters),
    ]
  }
}

extension CorpusSummary {
  fileprivate var json: JSON {
    [
      "file": .string(file.description), "lines": .int(lines), "pairs": .int(pairs),
      "skipped": .int(skipped),
    ]
  }
}

/// Every file of the data folder by its path, with its lines.
func allFiles() -> [(path: String, lines: [String])] {
  var result: [(path: String, lines: [String])] = []
  let phrasebook = Phrasebook()
  for (language, name) in [(Language.french, "en-fr"), (.vietnamese, "en-vi")] {
    for part in Part.allCases {
      let path = "phrasebook/\(part.rawValue).\(name).tsv"
      result.append((path, phrasebook.lines(part, language)))
    }
  }
  for (name, parts) in [
    ("numbers", Numbers.parts()), ("dates", Dates.parts()), ("reverse", Reverse.parts()),
    ("topics", Topics.parts()),
  ] {
    for part in Part.allCases {
      result.append(("\(name)/\(part.rawValue).tsv", parts[part] ?? []))
    }
  }
  for (part, scenes) in Scenes.parts() {
    let lines = scenes.enumerated().map { number, scene in
      "\(Scenes.name(part, number))\t\(scene.relation)"
    }
    result.append(("scenes/\(part.rawValue).tsv", lines))
  }
  result += CaptionedScenes.tables()
  return result.sorted { $0.path < $1.path }
}

/// Which words gave which in the held-out sentences of the phrasebook, a line of links per pair, by path.
func alignmentFiles() -> [(path: String, lines: [String])] {
  let phrasebook = Phrasebook()
  return [Part.validation, .test].map { part in
    (
      "phrasebook/\(part.rawValue).en-fr.alignments",
      (phrasebook.parts[part] ?? []).map { Alignment($0).line }
    )
  }
}

/// Every file of the data folder that is no text, pictures and series, by its path, with its bytes.
func allBytes() -> [(path: String, bytes: [UInt8])] {
  Scenes.parts().flatMap { part, scenes in
    scenes.enumerated().map { ("scenes/\(Scenes.name(part, $0))", $1.picture) }
  } + CaptionedScenes.files() + Series.files()
}

/// Prints a Markdown table: lines, word types and mean length of each side of each file of texts.
func printStatistics(_ folder: String) {
  print("| file | lines | types, left | types, right | mean words, left | mean words, right |")
  print("|---|---|---|---|---|---|")
  for path in allFiles().map(\.path) where !path.hasPrefix("scenes/") {
    guard let lines = readLines(folder + "/" + path) else { fail("\(path): cannot be read") }
    var cells: [String] = []
    var lengths: [String] = []
    for side in 0...1 {
      let texts = lines.map { $0.parts("\t")[side] }
      let words = texts.flatMap(wordTypes)
      cells.append("\(Set(words).count)")
      let tenths = (words.count * 10 + lines.count / 2) / lines.count
      lengths.append("\(tenths / 10).\(tenths % 10)")
    }
    print("| " + ([path, "\(lines.count)"] + cells + lengths).joined(separator: " | ") + " |")
  }
}

/// Checks the files of the data folder against what the generator promises.
struct Check {
  let folder: String

  /// Runs all checks; ends the run at the first line that fails one.
  func run() {
    var files: [String: [[String]]] = [:]
    for (path, expected) in allFiles() {
      guard let lines = readLines(folder + "/" + path) else {
        fail("\(folder)/\(path): missing, not UTF-8 or without a line end. Run `make data`.")
      }
      for (number, line) in lines.enumerated() {
        let place = "\(folder)/\(path):\(number + 1)"
        if number < expected.count, !same(line, expected[number]) {
          fail("\(place): '\(line)' is not what the generator writes: '\(expected[number])'")
        }
        checkShape(line, place)
      }
      if lines.count != expected.count {
        fail("\(folder)/\(path): \(lines.count) lines, expected \(expected.count)")
      }
      files[path] = lines.map { $0.parts("\t") }
    }
    for (path, expected) in alignmentFiles() where readLines(folder + "/" + path) != expected {
      fail("\(folder)/\(path): missing, or not what the generator writes. Run `make data`.")
    }
    checkCounts(files)
    for name in ["en-fr", "en-vi"] {
      let parts = Part.allCases.map { "phrasebook/\($0.rawValue).\(name).tsv" }
      checkDisjoint(parts.map { ($0, files[$0] ?? []) }, sides: 0...1)
      checkWords(parts.map { ($0, files[$0] ?? []) })
    }
    for name in ["numbers", "dates", "reverse"] {
      let parts = Part.allCases.map { "\(name)/\($0.rawValue).tsv" }
      checkDisjoint(parts.map { ($0, files[$0] ?? []) }, sides: 0...1)
    }
    let topics = Part.allCases.map { "topics/\($0.rawValue).tsv" }
    checkDisjoint(topics.map { ($0, files[$0] ?? []) }, sides: 0...0)
    for (path, bytes) in allBytes() where readBytes(folder + "/" + path) != bytes {
      fail("\(folder)/\(path): missing, or not what the generator writes. Run `make data`.")
    }
    checkTemplates()
    checkCaptions(files)
    print("data: all checks passed")
  }

  /// Equality of bytes: Swift's own would take composed and decomposed letters as equal.
  private func same(_ a: String, _ b: String) -> Bool {
    a.utf8.elementsEqual(b.utf8)
  }

  /// Two columns, plain spaces, composed letters, sane punctuation.
  private func checkShape(_ line: String, _ place: String) {
    func require(_ holds: Bool, _ rule: String) {
      if !holds { fail("\(place): \(rule): '\(line)'") }
    }
    let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
    require(columns.count == 2, "expected two columns")
    require(columns.allSatisfy { !$0.isEmpty }, "a side is empty")
    require(!line.contains("  "), "two spaces in a row")
    for column in columns {
      require(column.first != " " && column.last != " ", "a space at an end")
      for mark in [" .", " ,", " ?", " !", "..", ",,", " '", "' "] {
        require(!column.contains(mark), "stray '\(mark)'")
      }
      for scalar in column.unicodeScalars {
        require(
          scalar.properties.canonicalCombiningClass == .notReordered,
          "combining mark, text is not NFC")
        require(scalar.value >= 32 && scalar.value != 0xa0, "control character or odd space")
        require(!"‘’“”«»{}@~_|".unicodeScalars.contains(scalar), "unwanted character '\(scalar)'")
      }
    }
    if place.contains("phrasebook") {
      for column in columns {
        require(column.first?.isUppercase == true, "no capital at the start")
        require(column.last.map { ".?!".contains($0) } == true, "no full stop at the end")
      }
      require(columns[0].last == columns[1].last, "the ends differ")
      if shortPhrases.contains(where: { $0.0 == columns[0] }) { return }
      require(
        Phrasebook.lengths.contains(columns[0].words.count), "not 3 to 14 English words")
      require((2...20).contains(columns[1].words.count), "not 2 to 20 words on the right")
    }
  }

  private func checkCounts(_ files: [String: [[String]]]) {
    for (path, least) in [
      ("phrasebook/train.en-fr.tsv", 6000), ("phrasebook/train.en-vi.tsv", 6000),
      ("phrasebook/validation.en-fr.tsv", 380), ("phrasebook/test.en-fr.tsv", 380),
      ("phrasebook/validation.en-vi.tsv", 380), ("phrasebook/test.en-vi.tsv", 380),
      ("numbers/train.tsv", 8000), ("dates/train.tsv", 8000), ("reverse/train.tsv", 6000),
      ("numbers/test.tsv", 500), ("dates/test.tsv", 500), ("reverse/test.tsv", 200),
      ("topics/train.tsv", 4000), ("topics/test.tsv", 600),
    ] where (files[path]?.count ?? 0) < least {
      fail("\(folder)/\(path): \(files[path]?.count ?? 0) lines, expected at least \(least)")
    }
  }

  /// No left side twice; no left or right side of one part in another.
  private func checkDisjoint(_ parts: [(String, [[String]])], sides: ClosedRange<Int>) {
    for side in sides {
      var owner: [String: String] = [:]
      for (path, rows) in parts {
        for (number, row) in rows.enumerated() {
          if let other = owner[row[side]], other != path || side == 0 {
            fail("\(folder)/\(path):\(number + 1): '\(row[side])' is also in \(other)")
          }
          owner[row[side]] = path
        }
      }
    }
  }

  /// Every word that is held out is in enough training sentences.
  private func checkWords(_ parts: [(String, [[String]])]) {
    for side in 0...1 {
      var counts: [String: Int] = [:]
      for row in parts[0].1 {
        for word in Set(wordTypes(of: row[side])) { counts[word, default: 0] += 1 }
      }
      for (path, rows) in parts.dropFirst() {
        for (number, row) in rows.enumerated() {
          for word in wordTypes(of: row[side]) where counts[word, default: 0] < 8 {
            fail("\(folder)/\(path):\(number + 1): '\(word)' is rare in train: '\(row[side])'")
          }
        }
      }
    }
  }

  /// Every template that is held out is in train at least eight times.
  private func checkTemplates() {
    let phrasebook = Phrasebook()
    var counts: [Int: Int] = [:]
    for entry in phrasebook.parts[.train] ?? [] { counts[entry.template, default: 0] += 1 }
    for part in [Part.validation, .test] {
      for entry in phrasebook.parts[part] ?? [] where counts[entry.template, default: 0] < 8 {
        let name = phrasebook.templates[entry.template].name
        fail("template \(name) is rare in train: '\(entry.english)'")
      }
    }
  }
}

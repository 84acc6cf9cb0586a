extension StringProtocol {
  /// Without the spaces at both ends.
  var trimmed: String {
    var slice = self[...]
    while slice.first == " " { slice = slice.dropFirst() }
    while slice.last == " " { slice = slice.dropLast() }
    return String(slice)
  }

  /// Parts between a separator, trimmed.
  func parts(_ separator: Character) -> [String] {
    split(omittingEmptySubsequences: false) { $0 == separator }.map { $0.trimmed }
  }

  /// Words between spaces.
  var words: [String] { split { $0 == " " }.map { String($0) } }

  /// With a capital first letter.
  var capitalized: String { prefix(1).uppercased() + dropFirst() }
}

/// Rows of a table of the lexicon: fields separated by "|", comments from "#", blank lines skipped.
func rows(of table: String, fields: Int) -> [[String]] {
  var result: [[String]] = []
  for line in table.split(separator: "\n") {
    if line.trimmed.isEmpty || line.trimmed.hasPrefix("#") { continue }
    let row = line.parts("|")
    if row.count != fields { fail("lexicon: expected \(fields) fields: \(line)") }
    result.append(row)
  }
  return result
}

/// The words of a sentence without punctuation at their ends; apostrophes and hyphens stay inside.
func wordTypes(of sentence: String) -> [String] {
  sentence.words.compactMap { word in
    var slice = word[...]
    while let last = slice.last, ".,?!:;".contains(last) { slice = slice.dropLast() }
    return slice.isEmpty ? nil : String(slice)
  }
}

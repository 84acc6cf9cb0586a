/// What someone who misspelt a word probably meant.
package enum Suggestion {
  /// The word nearest to `word`, if one is near enough; case does not count.
  ///
  /// Near enough is a third of the letters of the longer one, and at least one letter, but never all of the shorter
  /// one. Of words equally near it is the first.
  package static func nearest(to word: String, among words: [String]) -> String? {
    let typed = Array(word.lowercased().unicodeScalars)
    var best: (word: String, distance: Int)?
    for candidate in words {
      let letters = Array(candidate.lowercased().unicodeScalars)
      let limit = min(
        max(1, max(typed.count, letters.count) / 3), min(typed.count, letters.count) - 1)
      // A difference in length is a distance already; words out of foreign files can be long.
      guard abs(typed.count - letters.count) <= limit else { continue }
      let distance = distance(typed, letters)
      if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.word
  }

  /// Insertions, deletions, substitutions and swaps of neighbours that lead from one to the other (optimal string
  /// alignment, Damerau 1964).
  package static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var before: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var cost = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
        row.append(cost)
      }
      (before, last) = (last, row)
    }
    return last[b.count]
  }
}

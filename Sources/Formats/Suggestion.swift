/// What someone who misspelt a word probably meant.
public enum Suggestion {
  /// The word nearest to `word`, if one is near enough: at most a third of its letters away.
  public static func nearest(to word: String, among words: [String]) -> String? {
    let typed = Array(word.lowercased().unicodeScalars)
    let candidates = words.map { ($0, distance(typed, Array($0.lowercased().unicodeScalars))) }
    guard let best = candidates.min(by: { $0.1 < $1.1 }) else { return nil }
    return best.1 <= max(1, max(typed.count, best.0.unicodeScalars.count) / 3) ? best.0 : nil
  }

  /// Insertions, deletions, substitutions and swaps of neighbours that lead from one to the other (optimal string
  /// alignment, Damerau 1964).
  static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
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

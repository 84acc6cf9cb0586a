/// The least number of insertions, deletions and substitutions that turn one sequence into another.
///
/// Levenshtein 1966, with unit costs, over the whole table; ``BeamEditDistance`` is Tercom's narrower search.
///
/// - Complexity: O(m n) time and O(n) memory for what differs; common ends cost nothing.
func editDistance(_ one: [UInt32], _ other: [UInt32]) -> Int {
  var (start, ends) = (0, (one.count, other.count))
  while start < ends.0 && start < ends.1 && one[start] == other[start] { start += 1 }
  while ends.0 > start && ends.1 > start && one[ends.0 - 1] == other[ends.1 - 1] {
    ends = (ends.0 - 1, ends.1 - 1)
  }
  var costs = Array(0...(ends.1 - start))
  for row in start..<ends.0 {
    var diagonal = costs[0]
    costs[0] += 1
    for column in start..<ends.1 {
      let place = column - start + 1
      let substitution = diagonal + (one[row] == other[column] ? 0 : 1)
      diagonal = costs[place]
      costs[place] = min(substitution, diagonal + 1, costs[place - 1] + 1)
    }
  }
  return costs[ends.1 - start]
}

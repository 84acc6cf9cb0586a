/// The edit distance of a hypothesis to a reference, searched near the diagonal, and how it is reached.
///
/// Levenshtein 1966, with unit costs. As in Tercom, only a band of ``width`` cells to either side of the
/// line from corner to corner is filled (the last row to its end), so that long sentences stay cheap; and of
/// equally cheap ways a match or substitution is preferred, then a deletion, then an insertion. Both decide
/// figures, and are therefore kept.
///
/// - Complexity: O(hypothesis length × width + reference length) in time and memory, where the lengths do not differ
///   much; rows of a prefix that is known are used again.
struct BeamEditDistance {
  enum Operation: UInt8 { case keep, substitute, delete, insert }

  /// Tercom's half width of the band.
  static let width = 25
  private static let infinity: Int32 = 1 << 29

  private let reference: [UInt32]
  /// The hypothesis that ``rows`` belong to.
  private var hypothesis: [UInt32] = []
  /// Costs of rewriting each prefix of the hypothesis into each prefix of the reference.
  private var rows: [Row]

  init(to reference: [UInt32]) {
    self.reference = reference
    rows = [Row(start: 0, costs: (0...Int32(reference.count)).map { $0 })]
  }

  /// The distance of `words`; rows that a former call filled for the same beginning are used again.
  mutating func distance(of words: [UInt32]) -> Int {
    var known = 0
    if words.count == hypothesis.count {
      while known < words.count && words[known] == hypothesis[known] { known += 1 }
    }
    rows.removeLast(rows.count - 1 - known)
    hypothesis = words
    let band = Band(hypothesis: words.count, reference: reference.count)
    for row in known..<words.count { fill(row + 1, band.columns(of: row + 1)) }
    return Int(rows[words.count][reference.count])
  }

  /// How the words last measured become the reference, from the first operation to the last.
  func operations() -> [Operation] {
    var result: [Operation] = []
    var (row, column) = (hypothesis.count, reference.count)
    while row > 0 || column > 0 {
      let operation = operation(row, column)
      result.append(operation)
      if operation != .insert { row -= 1 }
      if operation != .delete { column -= 1 }
    }
    return result.reversed()
  }

  private mutating func fill(_ row: Int, _ columns: Range<Int>) {
    var costs: [Int32] = []
    costs.reserveCapacity(columns.count)
    let word = hypothesis[row - 1]
    for column in columns {
      var cost = rows[row - 1][column] + 1
      if column > 0 {
        let substitution = rows[row - 1][column - 1] + (word == reference[column - 1] ? 0 : 1)
        cost = min(substitution, cost, (costs.last ?? Self.infinity) + 1)
      }
      costs.append(cost)
    }
    rows.append(Row(start: columns.lowerBound, costs: costs))
  }

  /// The operation that the cost of a cell came from, in Tercom's order of preference.
  private func operation(_ row: Int, _ column: Int) -> Operation {
    if row == 0 { return .insert }
    if column == 0 { return .delete }
    let cost = rows[row][column]
    let isSame = hypothesis[row - 1] == reference[column - 1]
    if cost == rows[row - 1][column - 1] + (isSame ? 0 : 1) { return isSame ? .keep : .substitute }
    return cost == rows[row - 1][column] + 1 ? .delete : .insert
  }

  /// The costs of the columns that are filled; those of others are infinite.
  private struct Row {
    let start: Int
    let costs: [Int32]

    subscript(column: Int) -> Int32 {
      let place = column - start
      return place >= 0 && place < costs.count ? costs[place] : infinity
    }
  }

  /// Which columns of a row are filled.
  private struct Band {
    let ratio: Double
    let halfWidth: Int
    let lastRow: Int
    let columnCount: Int

    init(hypothesis: Int, reference: Int) {
      ratio = hypothesis > 0 ? Double(reference) / Double(hypothesis) : 1
      // With very unequal lengths the band of one row would miss that of the next.
      halfWidth =
        Double(width) < ratio / 2 ? Int((ratio / 2 + Double(width)).rounded(.up)) : width
      lastRow = hypothesis
      columnCount = reference + 1
    }

    func columns(of row: Int) -> Range<Int> {
      let diagonal = Int((Double(row) * ratio).rounded(.down))
      let end = row == lastRow ? columnCount : min(columnCount, diagonal + halfWidth)
      return min(max(0, diagonal - halfWidth), end)..<end
    }
  }
}

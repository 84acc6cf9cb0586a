/// How often each distinct token, or word, of a text occurs.
struct TokenCounts: Sendable {
  private(set) var table = StringTable()
  private(set) var counts: [Int] = []

  /// The number of distinct tokens.
  var count: Int { counts.count }

  /// Counts a token, and returns its number: one more than all before for a new one.
  @discardableResult
  mutating func add(_ token: Span<UInt8>, times: Int = 1) -> Int {
    let number = Int(table.insert(token))
    if number == counts.count { counts.append(0) }
    counts[number] += times
    return number
  }

  /// Counts what others have counted.
  mutating func add(_ other: TokenCounts) {
    for number in 0..<other.count { add(other.utf8(at: number).span, times: other.counts[number]) }
  }

  /// The UTF-8 of a token, by its number.
  func utf8(at number: Int) -> ArraySlice<UInt8> { table.strings.utf8(at: number) }

  /// All numbers, the most frequent first, and by bytes among equals: independent of the text's order.
  func ranked() -> [Int] {
    (0..<count).sorted { left, right in
      counts[left] != counts[right]
        ? counts[left] > counts[right]
        : utf8(at: left).lexicographicallyPrecedes(utf8(at: right))
    }
  }
}

/// Numbers n-grams of any order: equal ones get the same number.
///
/// An n-gram is its first n − 1 items and one more, so a table from (number of the shorter, item) to a
/// number is enough, exact and without strings. One table serves a segment: hypothesis and references.
struct NGramTable {
  private var numbers: [UInt64: Int] = [:]

  /// How often each n-gram of a sequence occurs, by its number, for orders 1 to `orders`.
  mutating func counts(of items: [UInt32], orders: Int) -> [[Int: Int]] {
    var result: [[Int: Int]] = Array(repeating: [:], count: orders)
    for start in items.indices {
      var number = 0
      for order in 0..<min(orders, items.count - start) {
        number = self.number(UInt64(number) << 32 | UInt64(items[start + order]))
        result[order][number, default: 0] += 1
      }
    }
    return result
  }

  private mutating func number(_ key: UInt64) -> Int {
    if let known = numbers[key] { return known }
    let new = numbers.count + 1
    numbers[key] = new
    return new
  }
}

/// Numbers words: equal ones, scalar by scalar, get the same number.
struct WordNumbers {
  private var numbers: [Scalars: UInt32] = [:]

  mutating func numbers(of words: [Scalars]) -> [UInt32] {
    words.map { word in
      if let known = numbers[word] { return known }
      let new = UInt32(numbers.count)
      numbers[word] = new
      return new
    }
  }
}

import DragomanFormats

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension ConfigurationAdvice {
  /// How much there is to learn from.
  struct Size {
    let pairs: Int

    /// Pairs from which on the second, the third and the fourth of four values is chosen.
    private static let limits = [10_000, 50_000, 500_000]

    /// Which of four values is chosen.
    private var level: Int { Self.limits.count { pairs >= $0 } }

    /// One of four values: below 10,000 pairs, below 50,000, below 500,000, and above.
    func pick<Value>(_ tiny: Value, _ small: Value, _ middle: Value, _ large: Value) -> Value {
      pick([tiny, small, middle, large])
    }

    /// One of four values.
    func pick<Value>(_ values: [Value]) -> Value { values[level] }

    /// The corpora for which the same is chosen as for this one, in words: `for fewer than 500,000 pairs`.
    func scope(_ values: [some Equatable]) -> String {
      let chosen = values[level]
      var (first, last) = (level, level)
      while first > 0, values[first - 1] == chosen { first -= 1 }
      while last < values.count - 1, values[last + 1] == chosen { last += 1 }
      let from = first > 0 ? NumberText.grouped(Self.limits[first - 1]) : nil
      let to = last < Self.limits.count ? NumberText.grouped(Self.limits[last]) : nil
      return switch (from, to) {
      case (nil, nil): "for any number of pairs"
      case (nil, let to?): "for fewer than \(to) pairs"
      case (let from?, nil): "for \(from) pairs and more"
      case (let from?, let to?): "for \(from) pairs up to \(to)"
      }
    }

    /// The epochs for a corpus of this size, given those that another one wanted.
    ///
    /// They grow with 1 / pairs^0.4, which leads from the 30 epochs of 29,000 sentence pairs to a few more than the 50
    /// of 5,000 (docs/quality.md).
    func epochs(_ epochs: Double, of others: Double, atMost most: Int) -> Int {
      let wanted = epochs * pow(others / Double(max(pairs, 1)), 0.4)
      return min(max(Int(wanted.rounded()), 6), most)
    }
  }
}

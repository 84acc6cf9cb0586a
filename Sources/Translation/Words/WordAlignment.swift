/// Which word of a line each word of its translation was made from, as attention has it.
///
/// The weights of tokens become weights of words: α of target word w and source word v is
///
///     α(w, v) = mean over the tokens t of w of Σ α_ts over the tokens s of v
///
/// Words are what white space separates, whatever the tokenizer; the end of either side is not a word. Each target word
/// is linked to the source word of the greatest weight, the first of equals; to none if all of its weight is at the
/// end.
public struct WordAlignment: Sendable, Equatable {
  /// Two words, counted from 0.
  public struct Link: Sendable, Equatable {
    /// The source word.
    public let source: Int
    /// The target word.
    public let target: Int
  }

  /// α, a row per target word and a column per source word.
  public let weights: [[Double]]

  /// The alignment of a translation that was made with attention.
  public init(_ translation: Translation) {
    self.init(
      weights: translation.attention, source: translation.sourceWords,
      target: translation.targetWords)
  }

  /// The alignment of the weights of tokens, each of which belongs to a word or to none.
  init(weights: [[Float]], source: [Int?], target: [Int?]) {
    func count(_ words: [Int?]) -> Int { (words.compactMap(\.self).max() ?? -1) + 1 }
    var sums = [[Double]](
      repeating: [Double](repeating: 0, count: count(source)), count: count(target))
    var tokens = [Int](repeating: 0, count: sums.count)
    for (row, word) in zip(weights, target) {
      guard let word else { continue }
      tokens[word] += 1
      for (weight, place) in zip(row, source) {
        if let place { sums[word][place] += Double(weight) }
      }
    }
    self.weights = zip(sums, tokens).map { sums, count in sums.map { $0 / Double(max(count, 1)) } }
  }

  /// The links, by target words.
  public var links: [Link] {
    weights.enumerated().compactMap { target, row in
      var best: Int?
      for (source, weight) in row.enumerated() where weight > best.map({ row[$0] }) ?? 0 {
        best = source
      }
      return best.map { Link(source: $0, target: target) }
    }
  }

  /// The links as pairs of source and target: `0-0 2-1 1-2`, which fast_align and others read and write.
  public var pharaoh: String {
    links.map { "\($0.source)-\($0.target)" }.joined(separator: " ")
  }
}

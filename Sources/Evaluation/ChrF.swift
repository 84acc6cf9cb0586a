/// chrF: the F-score of character n-grams; with word n-grams too, chrF++.
///
///     chrF = 100 · (1 + β²) P R / (β² P + R)        β = 2: recall counts twice as much as precision
///
/// `P` and `R` are the means, over the orders that both sides have, of the corpus's precisions and recalls.
/// Characters are Unicode scalars without white space. Of several references, each segment is compared
/// with the one that gives it the best figure.
///
/// Popović 2015 (https://aclanthology.org/W15-3049), 2017 for chrF++ (https://aclanthology.org/W17-4770).
/// Figures are those of sacreBLEU 2.
package struct ChrF: Metric {
  /// The longest character n-grams.
  package var characterOrder: Int
  /// The longest word n-grams: 0 for chrF, 2 for chrF++.
  package var wordOrder: Int
  /// Whether case is ignored.
  package var lowercase: Bool
  /// Whether white space counts as characters.
  package var whitespace: Bool

  private static let beta = 2.0

  /// The metric with its usual settings, or others.
  package init(
    characterOrder: Int = 6, wordOrder: Int = 0, lowercase: Bool = false, whitespace: Bool = false
  ) {
    self.characterOrder = characterOrder
    self.wordOrder = wordOrder
    self.lowercase = lowercase
    self.whitespace = whitespace
  }

  /// `chrF2`, with a plus for every order of words.
  package var name: String { "chrF2" + String(repeating: "+", count: wordOrder) }
  /// More matches are better.
  package var isHigherBetter: Bool { true }

  /// Case, effective order, orders of characters and words, white space.
  package var settings: [(key: String, value: String)] {
    [
      ("case", lowercase ? "lc" : "mixed"), ("eff", "yes"), ("nc", "\(characterOrder)"),
      ("nw", "\(wordOrder)"), ("space", whitespace ? "yes" : "no"),
    ]
  }

  /// For every order: n-grams of the hypothesis, of the reference, and those they share.
  package func statistics(of hypothesis: String, references: [String]) -> [Double] {
    var counter = Counter(self)
    let found = counter.counts(of: hypothesis)
    var best: [Double] = []
    var bestScore = -1.0
    for reference in references {
      var row: [Double] = []
      for (ours, theirs) in zip(found, counter.counts(of: reference)) {
        let matches = ours.reduce(0) { $0 + min($1.value, theirs[$1.key] ?? 0) }
        // An order that the reference does not have says nothing about the hypothesis.
        row.append(theirs.isEmpty ? 0 : Double(ours.values.reduce(0, +)))
        row.append(Double(theirs.values.reduce(0, +)))
        row.append(Double(matches))
      }
      let score = score(of: row)
      if score > bestScore { (best, bestScore) = (row, score) }
    }
    return best
  }

  /// The figure for sums of the segments' statistics.
  ///
  /// The order of operations is that of the reference implementation: a last bit may decide a tie between
  /// references.
  package func score(of sums: [Double]) -> Double {
    var (precision, recall, orders) = (0.0, 0.0, 0.0)
    for index in stride(from: 0, to: sums.count, by: 3) where sums[index] > 0 && sums[index + 1] > 0
    {
      precision += sums[index + 2] / sums[index]
      recall += sums[index + 2] / sums[index + 1]
      orders += 1
    }
    guard orders > 0 else { return 0 }
    precision /= orders
    recall /= orders
    guard precision + recall > 0 else { return 0 }
    let factor = Self.beta * Self.beta
    var score = (1 + factor) * precision * recall
    score /= factor * precision + recall
    return 100 * score
  }

  /// Counts the n-grams of one segment's texts.
  private struct Counter {
    private let metric: ChrF
    private var characters = NGramTable()
    private var words = NGramTable()
    private var numbers = WordNumbers()

    init(_ metric: ChrF) { self.metric = metric }

    mutating func counts(of text: String) -> [[Int: Int]] {
      let scalars = metric.lowercase ? Scalars(text).lowercased : Scalars(text)
      let kept = metric.whitespace ? scalars : scalars.filter { !isPythonSpace($0) }
      let pieces = numbers.numbers(of: scalars.words.flatMap { Self.parts(of: $0) })
      return characters.counts(of: kept, orders: metric.characterOrder)
        + words.counts(of: pieces, orders: metric.wordOrder)
    }

    /// A word without the ASCII punctuation mark at its end, or else at its start, and that mark.
    private static func parts(of word: Scalars) -> [Scalars] {
      guard word.count > 1 else { return [word] }
      if isPunctuation(word[word.count - 1]) { return [word.dropLast(), word.suffix(1)] }
      if isPunctuation(word[0]) { return [word.prefix(1), word.dropFirst()] }
      return [word]
    }

    private static func isPunctuation(_ scalar: UInt32) -> Bool {
      switch scalar {
      case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
      default: false
      }
    }
  }
}

extension [UInt32] {
  fileprivate func prefix(_ count: Int) -> Scalars { Scalars(self[..<count]) }
  fileprivate func suffix(_ count: Int) -> Scalars { Scalars(self[(self.count - count)...]) }
  fileprivate func dropLast() -> Scalars { Scalars(self[..<(count - 1)]) }
  fileprivate func dropFirst() -> Scalars { Scalars(self[1...]) }
}

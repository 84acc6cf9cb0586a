#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// BLEU-1 to BLEU-4 as captions of images are judged by: without smoothing, on words as they stand.
///
///     BLEU-n = 100 · min(1, e^(1 − r/c)) · (p₁ … pₙ)^(1/n)
///
/// Precisions and lengths are those of ``BLEU``: matches are counted over the corpus, and of several references the one
/// nearest in length counts. Three things differ: the order `n` is stated, white space alone separates words, and an
/// order without a match leaves almost nothing of the figure. "Almost", since 10⁻¹⁵ is added to every count of matches
/// and to `c`, 10⁻⁹ to every count of n-grams and to `r`, so that no division is by zero.
///
/// Papineni et al. 2002 (https://aclanthology.org/P02-1040) in the form of coco-caption, the program of the captioning
/// challenge (Chen et al. 2015, https://arxiv.org/abs/1504.00325), whose figures this gives for the same words.
package struct CaptionBLEU: Metric {
  /// The longest n-grams.
  package let order: Int
  /// What counts words and n-grams.
  private let counter: BLEU

  /// Added to what is divided.
  private static let tiny = 1e-15
  /// Added to what it is divided by.
  private static let small = 1e-9

  /// The metric.
  ///
  /// - Precondition: `order` is 1, 2, 3 or 4.
  package init(order: Int = 4, tokenizer: BLEUTokenizer = .none, lowercase: Bool = false) {
    precondition((1...4).contains(order), "BLEU-\(order)")
    self.order = order
    counter = BLEU(tokenizer: tokenizer, lowercase: lowercase)
  }

  /// How text is cut into words.
  package var tokenizer: BLEUTokenizer { counter.tokenizer }
  /// For example `BLEU-4`.
  package var name: String { "BLEU-\(order)" }
  /// More matches are better.
  package var isHigherBetter: Bool { true }

  /// Case, tokenizer, smoothing, and whose figure it is.
  package var settings: [(key: String, value: String)] {
    [
      ("case", counter.lowercase ? "lc" : "mixed"), ("tok", counter.tokenizer.rawValue),
      ("smooth", "none"), ("as", "coco-caption"),
    ]
  }

  /// Lengths of hypothesis and nearest reference, matches of orders 1 to 4, n-grams of orders 1 to 4.
  package func statistics(of hypothesis: String, references: [String]) -> [Double] {
    counter.statistics(of: hypothesis, references: references)
  }

  /// The figure for sums of the segments' statistics.
  package func score(of sums: [Double]) -> Double {
    var product = 1.0
    for n in 0..<order { product *= (sums[2 + n] + Self.tiny) / (sums[6 + n] + Self.small) }
    return 100 * brevityPenalty(sums) * pow(product, 1 / Double(order))
  }

  /// Precisions, brevity penalty, and lengths.
  package func details(of sums: [Double]) -> String {
    let precisions = precisions(sums).map { decimal($0, 1) }.joined(separator: "/")
    return "\(precisions) (BP = \(decimal(brevityPenalty(sums), 3))"
      + " ratio = \(decimal(sums[1] > 0 ? sums[0] / sums[1] : 0, 3))"
      + " hyp_len = \(Int(sums[0])) ref_len = \(Int(sums[1])))"
  }

  /// The same in numbers.
  package func figures(of sums: [Double]) -> [(name: String, figure: MetricFigure)] {
    [
      ("precisions", .numbers(precisions(sums))), ("brevityPenalty", .number(brevityPenalty(sums))),
      ("lengthRatio", .number(sums[1] > 0 ? sums[0] / sums[1] : 0)),
      ("hypothesisLength", .count(Int(sums[0]))), ("referenceLength", .count(Int(sums[1]))),
    ]
  }

  /// Percentages of orders 1 to n.
  private func precisions(_ sums: [Double]) -> [Double] {
    (0..<order).map { sums[6 + $0] > 0 ? 100 * sums[2 + $0] / sums[6 + $0] : 0 }
  }

  private func brevityPenalty(_ sums: [Double]) -> Double {
    let ratio = (sums[0] + Self.tiny) / (sums[1] + Self.small)
    return ratio < 1 ? exp(1 - 1 / ratio) : 1
  }
}

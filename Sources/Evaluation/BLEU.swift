#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// BLEU: the geometric mean of n-gram precisions, times a penalty for being short.
///
///     BLEU = 100 · min(1, e^(1 − r/c)) · (p₁ p₂ p₃ p₄)^¼
///
/// Over the corpus, `pₙ` is the share of the hypotheses' n-grams found in a reference, each counted no more
/// often than in the reference that has it most; `c` is the hypotheses' length and `r` the sum of the
/// references' lengths nearest to them, the shorter one in doubt. An order without a match counts
/// 1/2, 1/4, … match (smoothing "exp" of mteval). Without any match at all the figure is 0.
///
/// Papineni et al. 2002 (https://aclanthology.org/P02-1040); settings as in Post 2018, "A Call for Clarity
/// in Reporting BLEU Scores" (https://aclanthology.org/W18-6319), whose figures this gives.
package struct BLEU: Metric {
  /// How text is cut into words.
  package var tokenizer: BLEUTokenizer
  /// Whether case is ignored.
  package var lowercase: Bool
  /// Whether orders longer than the text are left out, as single short segments need.
  package var effectiveOrder: Bool

  private static let orders = 4

  /// The metric with its usual settings, or others.
  package init(
    tokenizer: BLEUTokenizer = .thirteenA, lowercase: Bool = false, effectiveOrder: Bool = false
  ) {
    self.tokenizer = tokenizer
    self.lowercase = lowercase
    self.effectiveOrder = effectiveOrder
  }

  /// `BLEU`.
  package var name: String { "BLEU" }
  /// More matches are better.
  package var isHigherBetter: Bool { true }

  /// Case, effective order, tokenizer, smoothing.
  package var settings: [(key: String, value: String)] {
    [
      ("case", lowercase ? "lc" : "mixed"), ("eff", effectiveOrder ? "yes" : "no"),
      ("tok", tokenizer.rawValue), ("smooth", "exp"),
    ]
  }

  /// Lengths of hypothesis and nearest reference, matches of orders 1 to 4, n-grams of orders 1 to 4.
  package func statistics(of hypothesis: String, references: [String]) -> [Double] {
    var words = WordNumbers()
    var table = NGramTable()
    let hypothesisWords = words.numbers(of: self.words(of: hypothesis))
    let counts = table.counts(of: hypothesisWords, orders: Self.orders)
    var matches: [[Int: Int]] = Array(repeating: [:], count: Self.orders)
    var nearest: Int?
    for reference in references {
      let referenceWords = words.numbers(of: self.words(of: reference))
      let length = referenceWords.count
      let distance = abs(length - hypothesisWords.count)
      let best = nearest.map { abs($0 - hypothesisWords.count) } ?? .max
      if distance < best || (distance == best && length < nearest ?? .max) { nearest = length }
      for (order, found) in table.counts(of: referenceWords, orders: Self.orders).enumerated() {
        for (ngram, count) in found {
          guard let limit = counts[order][ngram] else { continue }
          matches[order][ngram] = max(matches[order][ngram] ?? 0, min(limit, count))
        }
      }
    }
    return [Double(hypothesisWords.count), Double(nearest ?? 0)]
      + matches.map { Double($0.values.reduce(0, +)) }
      + counts.map { Double($0.values.reduce(0, +)) }
  }

  /// The figure for sums of the segments' statistics.
  package func score(of sums: [Double]) -> Double {
    let precisions = precisions(sums)
    guard sums[2..<(2 + Self.orders)].contains(where: { $0 > 0 }) else { return 0 }
    let orders = effectiveOrder ? sums[(2 + Self.orders)...].prefix { $0 > 0 }.count : Self.orders
    guard precisions.prefix(orders).allSatisfy({ $0 > 0 }) else { return 0 }
    let logarithms = precisions.prefix(orders).reduce(0) { $0 + log($1) }
    return brevityPenalty(sums) * exp(logarithms / Double(orders))
  }

  /// Precisions, brevity penalty, and lengths.
  package func details(of sums: [Double]) -> String {
    let (length, reference) = (sums[0], sums[1])
    let precisions = precisions(sums).map { decimal($0, 1) }.joined(separator: "/")
    return "\(precisions) (BP = \(decimal(brevityPenalty(sums), 3))"
      + " ratio = \(decimal(reference > 0 ? length / reference : 0, 3))"
      + " hyp_len = \(Int(length)) ref_len = \(Int(reference)))"
  }

  /// The same in numbers.
  package func figures(of sums: [Double]) -> [(name: String, figure: MetricFigure)] {
    let (length, reference) = (sums[0], sums[1])
    return [
      ("precisions", .numbers(precisions(sums))), ("brevityPenalty", .number(brevityPenalty(sums))),
      ("lengthRatio", .number(reference > 0 ? length / reference : 0)),
      ("hypothesisLength", .count(Int(length))), ("referenceLength", .count(Int(reference))),
    ]
  }

  private func words(of text: String) -> [Scalars] {
    let scalars = Scalars(text)
    return tokenizer.words(of: (lowercase ? scalars.lowercased : scalars).withoutTrailingSpace)
  }

  /// Percentages of orders 1 to 4, smoothed; 0 from the first order on that has no n-gram.
  private func precisions(_ sums: [Double]) -> [Double] {
    var precisions = Array(repeating: 0.0, count: Self.orders)
    guard sums[2..<(2 + Self.orders)].contains(where: { $0 > 0 }) else { return precisions }
    var smoothing = 1.0
    for order in 0..<Self.orders {
      let (matches, total) = (sums[2 + order], sums[2 + Self.orders + order])
      if total == 0 { break }
      if matches == 0 {
        smoothing *= 2
        precisions[order] = 100 / (smoothing * total)
      } else {
        precisions[order] = 100 * matches / total
      }
    }
    return precisions
  }

  private func brevityPenalty(_ sums: [Double]) -> Double {
    let (length, reference) = (sums[0], sums[1])
    if length >= reference { return 1 }
    return length > 0 ? exp(1 - reference / length) : 0
  }
}

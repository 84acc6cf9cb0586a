#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// CIDEr-D: how much a caption says of what people say of this image and not of others.
///
///     CIDEr-D = 10 · mean over segments, references and n = 1 … 4 of
///               e^(−(l − l′)² / 2σ²) · Σ min(gₙ, g′ₙ) · g′ₙ / (‖gₙ‖ ‖g′ₙ‖)            σ = 6
///
/// `gₙ` and `g′ₙ` are vectors of a hypothesis and a reference with an entry for every n-gram: how often it occurs in
/// the text times log(N / d), where `N` is the number of segments and `d`, 1 at least, the number of those with the
/// n-gram in a reference. `l` and `l′` count pairs of words that follow each other. A figure of one segment alone is 0,
/// since every n-gram of its references stands in all segments there are.
///
/// Segments are weighed together, so the figure belongs to the test set: the draws of a bootstrap keep its `d`.
///
/// Vedantam, Zitnick, Parikh 2015, sections 4 and 6 (https://arxiv.org/abs/1411.5726), as coco-caption computes it; on
/// words as they stand, not stemmed.
package struct CIDEr: Metric {
  /// How text is cut into words.
  package let tokenizer: BLEUTokenizer
  /// Whether case is ignored.
  package let lowercase: Bool

  static let orders = 4
  static let deviation = 6.0

  /// The metric.
  package init(tokenizer: BLEUTokenizer = .none, lowercase: Bool = false) {
    (self.tokenizer, self.lowercase) = (tokenizer, lowercase)
  }

  /// `CIDEr-D`.
  package var name: String { "CIDEr-D" }
  /// More of what counts is better.
  package var isHigherBetter: Bool { true }
  /// The figure is between 0 and 10, and papers state it a hundred times as large.
  package var decimals: Int { 3 }

  /// Case, tokenizer, orders, σ.
  package var settings: [(key: String, value: String)] {
    [
      ("case", lowercase ? "lc" : "mixed"), ("tok", tokenizer.rawValue), ("n", "\(Self.orders)"),
      ("sigma", "\(Int(Self.deviation))"),
    ]
  }

  /// The numbers of one segment in a corpus that has no other.
  package func statistics(of hypothesis: String, references: [String]) -> [Double] {
    statistics(of: [hypothesis], references: References([references]))[0]
  }

  /// Of each segment: one, and its figure.
  package func statistics(of hypotheses: [String], references: References) -> [[Double]] {
    let segments = references.segments
    precondition(
      segments.count == hypotheses.count,
      "\(hypotheses.count) hypotheses, \(segments.count) references")
    var words = WordNumbers()
    var table = NGramTable()
    func counts(_ text: String) -> [[Int: Int]] {
      let scalars = Scalars(text)
      let cut = tokenizer.words(of: lowercase ? scalars.lowercased : scalars)
      return table.counts(of: words.numbers(of: cut), orders: Self.orders)
    }
    let all = segments.map { $0.map(counts) }
    let weights = NGramWeights(all)
    return zip(hypotheses, all).map { hypothesis, references in
      let vector = CaptionVector(counts(hypothesis), weights)
      let similarities = references.map { vector.similarity(to: CaptionVector($0, weights)) }
      return [1, 10 * similarities.reduce(0, +) / Double(references.count)]
    }
  }

  /// The mean over segments.
  package func score(of sums: [Double]) -> Double { sums[0] > 0 ? sums[1] / sums[0] : 0 }
}

/// How much n-grams say: the logarithm of how many segments there are for one that has it.
private struct NGramWeights {
  private let all: Double
  private var segments: [Int: Int] = [:]

  /// The weights in segments with counts of n-grams for every reference.
  init(_ counts: [[[[Int: Int]]]]) {
    all = log(Double(max(counts.count, 1)))
    for references in counts {
      for ngram in Set(references.flatMap { $0.flatMap(\.keys) }) {
        segments[ngram, default: 0] += 1
      }
    }
  }

  subscript(_ ngram: Int) -> Double { all - log(Double(segments[ngram] ?? 1)) }
}

/// The weighted n-grams of a text, order by order.
private struct CaptionVector {
  /// For every order, in the order of the n-grams' numbers, so that sums have the same bits in every run.
  private let entries: [[(ngram: Int, weight: Double)]]
  private let values: [[Int: Double]]
  private let norms: [Double]
  /// How many pairs of words follow each other in the text.
  private let length: Int

  init(_ counts: [[Int: Int]], _ weights: NGramWeights) {
    entries = counts.map { order in
      order.sorted { $0.key < $1.key }.map { ($0.key, Double($0.value) * weights[$0.key]) }
    }
    values = entries.map { Dictionary(uniqueKeysWithValues: $0.map { ($0.ngram, $0.weight) }) }
    norms = entries.map { $0.reduce(0) { $0 + $1.weight * $1.weight }.squareRoot() }
    length = counts[1].values.reduce(0, +)
  }

  /// The mean over orders, between 0 and 1.
  func similarity(to reference: CaptionVector) -> Double {
    let difference = Double(length - reference.length)
    let penalty = exp(-difference * difference / (2 * CIDEr.deviation * CIDEr.deviation))
    var sum = 0.0
    for (order, ngrams) in entries.enumerated() where norms[order] * reference.norms[order] > 0 {
      var product = 0.0
      for (ngram, weight) in ngrams {
        guard let other = reference.values[order][ngram] else { continue }
        product += min(weight, other) * other
      }
      sum += product / (norms[order] * reference.norms[order]) * penalty
    }
    return sum / Double(CIDEr.orders)
  }
}

/// A figure for how near translations come to references.
///
/// Every metric here is computed from numbers of each segment that add up over a corpus; the figure of the
/// corpus is a function of the sums, not a mean of the segments' figures. That also makes resampling cheap:
/// see ``PairedBootstrap``.
package protocol Metric: Sendable {
  /// The metric's name, as in `BLEU`.
  var name: String { get }
  /// Whether a higher figure is better.
  var isHigherBetter: Bool { get }
  /// What defines the figure, as `key:value` pairs in the order in which a signature names them.
  var settings: [(key: String, value: String)] { get }

  /// How many decimals of its figure say something.
  var decimals: Int { get }

  /// The numbers of one segment that add up, given one or more references.
  func statistics(of hypothesis: String, references: [String]) -> [Double]
  /// The numbers of every segment of a corpus, which may depend on the other segments' references.
  func statistics(of hypotheses: [String], references: References) -> [[Double]]
  /// The figure for sums of such numbers.
  func score(of sums: [Double]) -> Double
  /// What the figure was made of, in words; empty where there is nothing to add.
  func details(of sums: [Double]) -> String
  /// The same in numbers, by their names.
  func figures(of sums: [Double]) -> [(name: String, figure: MetricFigure)]
}

/// A number, or several, of which a metric's figure was made.
package enum MetricFigure: Sendable, Equatable {
  /// How many there are.
  case count(Int)
  /// A share or a ratio.
  case number(Double)
  /// One for each order.
  case numbers([Double])
}

extension Metric {
  /// The version of these computations, which changes whenever a figure could.
  package static var version: String { "dragoman-1" }

  /// Two decimals.
  package var decimals: Int { 2 }

  /// Says nothing more.
  package func details(of sums: [Double]) -> String { "" }

  /// Has no more numbers.
  package func figures(of sums: [Double]) -> [(name: String, figure: MetricFigure)] { [] }

  /// Scores a corpus.
  ///
  /// - Parameters:
  ///   - hypotheses: the translations, one per segment.
  ///   - references: sets of references; `references[r][i]` belongs to `hypotheses[i]`.
  package func score(hypotheses: [String], references: [[String]]) -> CorpusScore {
    score(hypotheses: hypotheses, references: References(sets: references))
  }

  /// Scores a corpus.
  package func score(hypotheses: [String], references: References) -> CorpusScore {
    score(statistics(of: hypotheses, references: references), references)
  }

  /// Scores one segment by itself.
  package func score(hypothesis: String, references: [String]) -> Double {
    score(of: statistics(of: hypothesis, references: references))
  }

  /// The numbers of every segment by itself.
  package func statistics(of hypotheses: [String], references: References) -> [[Double]] {
    let segments = references.segments
    precondition(
      segments.count == hypotheses.count,
      "\(hypotheses.count) hypotheses, \(segments.count) references")
    return zip(hypotheses, segments).map { statistics(of: $0, references: $1) }
  }

  /// The figure for the numbers of all segments.
  package func score(_ statistics: [[Double]], _ references: References) -> CorpusScore {
    let sums = Self.sum(statistics[...])
    let settings =
      [("nrefs", references.signature)] + settings + [("version", Self.version)]
    return CorpusScore(
      name: name, score: sums.isEmpty ? 0 : score(of: sums), decimals: decimals,
      signature: settings.map { "\($0.0):\($0.1)" }.joined(separator: "|"),
      details: sums.isEmpty ? "" : details(of: sums),
      figures: sums.isEmpty ? [] : figures(of: sums).map { CorpusScore.Figure($0.name, $0.figure) })
  }

  /// The sums over segments, in their order.
  static func sum(_ rows: some Collection<[Double]>) -> [Double] {
    guard var sums = rows.first else { return [] }
    for row in rows.dropFirst() {
      for (index, value) in row.enumerated() { sums[index] += value }
    }
    return sums
  }
}

/// A metric's figure for a corpus, with everything needed to compare it with another.
package struct CorpusScore: Sendable, Equatable {
  /// The metric's name.
  package let name: String
  /// The figure, from 0 to 100, but for CIDEr-D, from 0 to 10, and for error rates, which may be higher.
  package let score: Double
  /// How many decimals of it say something.
  package let decimals: Int
  /// What defines the figure: number of references, case, tokenizer and so on, and the version.
  package let signature: String
  /// What the figure was made of; often empty.
  package let details: String
  /// The same in numbers.
  package let figures: [Figure]

  /// A number of which the figure was made.
  package struct Figure: Sendable, Equatable {
    /// Its name, in camelCase.
    package let name: String
    /// Its value.
    package let value: MetricFigure

    init(_ name: String, _ value: MetricFigure) { (self.name, self.value) = (name, value) }
  }

  /// The figure as it is usually printed.
  package var formatted: String { decimal(score, decimals) }
}

extension CorpusScore: CustomStringConvertible {
  /// For example `chrF2|nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:dragoman-1 = 61.40`.
  package var description: String {
    "\(name)|\(signature) = \(formatted)" + (details.isEmpty ? "" : " " + details)
  }
}

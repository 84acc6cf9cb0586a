/// The hypotheses of one source: how many there may be, and those that have ended.
struct Beam {
  /// How long they may be and have to be.
  let limits: LengthLimits
  /// Hypotheses, finished ones included.
  let size: Int
  /// Hypotheses that are wanted in the end.
  let wanted: Int
  /// Hypotheses without a token that a search begins with: one that goes on in several ways, or each that is drawn.
  let beginnings: Int
  /// Whether a hypothesis that cannot win is given up; drawn ones never are.
  let isPruned: Bool
  /// What makes different lengths comparable.
  private let normalization: LengthNormalization
  /// What they lose for what they did not look at.
  private let coverage: CoveragePenalty
  /// Hypotheses that have ended, in the order in which they did.
  private(set) var finished: [Hypothesis] = []

  /// The beam of a source of so many tokens, its end not counted.
  init(_ decoding: DecodingConfiguration, source: Int, _ options: SearchOptions) {
    limits = LengthLimits(decoding, source: source, prefix: options.prefix.count)
    switch decoding.search {
    case .beam:
      (size, wanted, beginnings) = (decoding.beam, min(options.count, decoding.beam), 1)
      isPruned = true
    case .sampling:
      (size, wanted, beginnings) = (options.count, options.count, options.count)
      isPruned = false
    }
    normalization = decoding.normalization
    coverage = CoveragePenalty(weight: decoding.coveragePenalty)
  }

  /// Live hypotheses that there is room for: each that ends makes the beam narrower.
  var width: Int { size - finished.count }

  /// Takes a hypothesis that goes on no further, and gives it its score.
  ///
  ///     score = log p / d(n) + cp          of n tokens; cp ≤ 0 is the coverage penalty
  mutating func finish(_ hypothesis: Hypothesis) {
    var hypothesis = hypothesis
    hypothesis.score =
      hypothesis.logProbability / normalization.divisor(length: max(hypothesis.tokens.count, 1))
      + coverage.value(hypothesis.attention)
    finished.append(hypothesis)
  }

  /// Whether no live hypothesis can come among the wanted any more, the best one's log-probability given.
  ///
  /// The most that a hypothesis can hope for: every further token has probability 1, it becomes as long as it may,
  /// and nothing of the source is left out. So giving up changes no result.
  ///
  ///     log p / d(maximum) ≤ the score of the last of the wanted
  func isDecided(best logProbability: Double) -> Bool {
    guard isPruned, finished.count >= wanted else { return false }
    let hope = logProbability / normalization.divisor(length: limits.maximum)
    let worst = finished.map(\.score).sorted(by: >)[wanted - 1]
    return hope <= worst
  }

  /// The wanted hypotheses, the best first: finished ones before those cut off, then by score; the earlier of equals.
  var best: [Hypothesis] { ranking.prefix(wanted).map { finished[$0] } }

  /// The places of all in ``finished``, the best first.
  var ranking: [Int] {
    finished.indices.sorted { first, second in
      let (a, b) = (finished[first], finished[second])
      if a.isFinished != b.isFinished { return a.isFinished }
      return a.score != b.score ? a.score > b.score : first < second
    }
  }
}

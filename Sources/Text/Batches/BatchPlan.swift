/// Which pairs form which batch, and in which order the batches come.
///
/// A batch takes as many pairs as its budget of target tokens allows; a pair longer than the budget stands
/// alone. Two wishes pull against each other: pairs of like length (a recurrence runs as many steps as the
/// longest has tokens, and its products are the fuller the more sentences are still alive), and batches that
/// are random samples. So all pairs are shuffled, then sorted by length only within pools of about
/// ``poolBatches`` batches, and the batches are shuffled in the end. Pools are sorted upwards and downwards
/// in turn, so that a batch across the border of two pools holds like lengths too, and only one batch of
/// the plan is left unfilled.
///
/// The plan depends on the lengths, the budget and the generator's numbers; the shuffle is spelt out here
/// and not the standard library's, which may change.
///
/// - Complexity: O(n log n) for n pairs; 4 bytes per pair, 8 per batch.
package struct BatchPlan: Sendable, Equatable {
  /// Batches per pool: with 32, the lengths of a batch span about a 32nd of the corpus's lengths, while the
  /// pairs that share a batch still change from epoch to epoch.
  package static let poolBatches = 32

  private var order: [Int32]
  private var ends: [Int] = []

  /// A plan for one epoch, drawn from `random`.
  ///
  /// - Precondition: `batchTokens >= 1`.
  package init(
    lengths: BatchLengths, batchTokens: Int, using random: inout some RandomNumberGenerator
  ) {
    order = Array(0..<Int32(lengths.count))
    shuffle(&order, using: &random)
    var start = 0
    var isAscending = true
    while start < order.count {
      var end = start
      var tokens = 0
      while end < order.count && tokens < Self.poolBatches * batchTokens {
        tokens += lengths.target(order[end])
        end += 1
      }
      Self.sort(&order, start..<end, by: lengths, ascending: isAscending)
      isAscending.toggle()
      start = end
    }
    cut(lengths, batchTokens)
    shuffleBatches(using: &random)
  }

  /// A plan without chance: all pairs from the shortest to the longest, for validation and translation.
  ///
  /// - Precondition: `batchTokens >= 1`.
  package init(lengths: BatchLengths, batchTokens: Int) {
    order = Array(0..<Int32(lengths.count))
    Self.sort(&order, 0..<order.count, by: lengths, ascending: true)
    cut(lengths, batchTokens)
  }

  /// The number of batches.
  package var count: Int { ends.count }

  /// The pairs of a batch, by their numbers in the corpus.
  package func indices(at batch: Int) -> ArraySlice<Int32> {
    order[(batch == 0 ? 0 : ends[batch - 1])..<ends[batch]]
  }

  /// Sorts a range by target length, then by source length; equals stay in their order.
  private static func sort(
    _ order: inout [Int32], _ range: Range<Int>, by lengths: BatchLengths, ascending: Bool
  ) {
    let places = Array(order[range])
    var keys = places.enumerated().map { place, pair -> (key: UInt64, place: Int32) in
      let key = UInt64(lengths.target(pair)) << 32 | UInt64(lengths.source(pair))
      return (ascending ? key : ~key, Int32(place))
    }
    keys.sort { $0.key != $1.key ? $0.key < $1.key : $0.place < $1.place }
    for (offset, key) in keys.enumerated() {
      order[range.lowerBound + offset] = places[Int(key.place)]
    }
  }

  private mutating func cut(_ lengths: BatchLengths, _ batchTokens: Int) {
    precondition(batchTokens >= 1, "a batch of \(batchTokens) tokens")
    var tokens = 0
    for (place, pair) in order.enumerated() {
      let length = lengths.target(pair)
      if place > (ends.last ?? 0) && tokens + length > batchTokens {
        ends.append(place)
        tokens = 0
      }
      tokens += length
    }
    if !order.isEmpty { ends.append(order.count) }
  }

  private mutating func shuffleBatches(using random: inout some RandomNumberGenerator) {
    var batches = Array(0..<Int32(count))
    shuffle(&batches, using: &random)
    var shuffled: [Int32] = []
    shuffled.reserveCapacity(order.count)
    var newEnds: [Int] = []
    for batch in batches {
      shuffled.append(contentsOf: indices(at: Int(batch)))
      newEnds.append(shuffled.count)
    }
    (order, ends) = (shuffled, newEnds)
  }
}

/// The lengths of all pairs of a corpus, ends included.
package struct BatchLengths: Sendable {
  private let sources: [Int]
  private let targets: [Int]

  /// The lengths of an encoded corpus.
  package init(_ corpus: EncodedCorpus) {
    // Offsets are shared with the corpus, not copied.
    sources = corpus.source.offsets
    targets = corpus.target.offsets
  }

  /// Lengths given one by one, as many sources as targets.
  package init(source: [Int], target: [Int]) {
    precondition(
      source.count == target.count, "\(source.count) source lengths, \(target.count) target lengths"
    )
    sources = source.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) }
    targets = target.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) }
  }

  /// The number of pairs.
  package var count: Int { sources.count - 1 }

  /// The length of the longest source; 0 if there is none.
  package var longestSource: Int { (0..<Int32(count)).map(source).max() ?? 0 }

  func source(_ pair: Int32) -> Int { sources[Int(pair) + 1] - sources[Int(pair)] }
  func target(_ pair: Int32) -> Int { targets[Int(pair) + 1] - targets[Int(pair)] }
}

/// Puts elements in random order, each order equally likely.
///
/// Durstenfeld 1964, "Algorithm 235: Random permutation", drawing below n by the high half of a product
/// (Lemire 2019, arXiv:1805.10941, without the rejection: the bias is below 2⁻³² for any array here).
func shuffle(_ elements: inout [Int32], using random: inout some RandomNumberGenerator) {
  for count in stride(from: elements.count, to: 1, by: -1) {
    let drawn = random.next().multipliedFullWidth(by: UInt64(count)).high
    elements.swapAt(count - 1, Int(drawn))
  }
}

import DragomanFormats
import DragomanModels
import DragomanSystem
import DragomanTensor

/// Where the heads of one attention looked, over many queries.
struct HeadStatistics: Sendable {
  /// From this entropy on a head's weights say nothing.
  static let uniform = 0.99
  /// From this share of all weight on a head looks at one position whatever the query.
  static let fixed = 0.95

  /// Of one head.
  struct Head: Sendable {
    /// Queries that see two positions at least, and give them weight.
    fileprivate(set) var queries = 0
    fileprivate var entropies = 0.0
    fileprivate var firsts = 0.0
    fileprivate var lasts = 0.0

    /// The mean entropy of the weights, as a share of ln n for n positions seen: 1 is uniform, 0 is one position.
    var entropy: Double { entropies / Double(max(queries, 1)) }
    /// The mean weight of the first position seen.
    var first: Double { firsts / Double(max(queries, 1)) }
    /// The mean weight of the last position seen; in a decoder's self-attention that is its own.
    var last: Double { lasts / Double(max(queries, 1)) }

    /// Why the head is of no use, if it is not.
    var verdict: String? {
      if queries == 0 { return "no weight" }
      if first >= HeadStatistics.fixed { return "always the first" }
      if last >= HeadStatistics.fixed { return "always the last" }
      return entropy >= HeadStatistics.uniform ? "uniform" : nil
    }
  }

  /// The attention, as its parameters are named.
  let name: String
  /// Its heads.
  private(set) var heads: [Head]

  /// Statistics of nothing yet.
  init(_ name: String, heads count: Int) {
    self.name = name
    heads = Array(repeating: Head(), count: count)
  }

  /// Adds the weights of a batch.
  mutating func add(_ looked: HeadActivations) {
    let (elements, columns) = (looked.weights.elements, looked.weights.columns)
    let width = columns / looked.heads.count
    for span in looked.spans {
      for query in 0..<Int(span.queryCount) {
        let seen = looked.heads.seen(
          by: query, queries: Int(span.queryCount), sources: Int(span.sourceCount))
        guard seen.count > 1 else { continue }
        let row = (Int(span.queryStart) + query) * columns
        for head in heads.indices {
          let start = row + head * width
          heads[head].add(elements[(start + seen.lowerBound)..<(start + seen.upperBound)])
        }
      }
    }
  }

  /// The statistics for programs.
  var json: JSON {
    [
      "name": .string(name),
      "heads": .array(
        heads.map { head in
          [
            "entropy": .double(head.entropy), "first": .double(head.first),
            "last": .double(head.last), "verdict": head.verdict.map { .string($0) },
          ]
        }),
    ]
  }
}

extension HeadStatistics.Head {
  /// Adds the weights of one query, of which there are two at least.
  fileprivate mutating func add(_ weights: ArraySlice<Float>) {
    let total = weights.reduce(0) { $0 + Double($1) }
    guard total > 0, let first = weights.first, let last = weights.last else { return }
    queries += 1
    firsts += Double(first) / total
    lasts += Double(last) / total
    let entropy = weights.reduce(0.0) { sum, weight in
      let p = Double(weight) / total
      return p > 0 ? sum - p * logarithm(p) : sum
    }
    entropies += entropy / logarithm(Double(weights.count))
  }
}

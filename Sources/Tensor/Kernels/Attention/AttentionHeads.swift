/// How the queries of a span look at its sources through several heads.
///
/// Head i of h reads the column block i of queries, keys and values, d_k = D / h columns wide, which need not fill a
/// vector. Query t of a span of T queries and S sources stands at position p = t + S − T, so that one query over a
/// cache of t + 1 sources is the same as query t among all of them. What it sees is a range of positions, never a mask:
///
///     0 ..< S        all
///     0 ... p        causal
///     p − n ... p + n  within either, with a window of n
package struct AttentionHeads: Sendable, Hashable {
  /// How scores e, q·k / √d_k, become weights.
  package enum Normalizer: String, CaseIterable, Sendable {
    /// e^e / Σ e^e over the positions that the query sees.
    case softmax
    /// max(e, 0) / the number of positions that the query sees.
    case relu
  }

  /// The number of heads.
  package var count: Int
  /// Whether a query sees no position after its own.
  package var isCausal: Bool
  /// How many positions to each side of its own a query sees; `nil`: all.
  package var window: Int?
  /// How scores become weights.
  package var normalizer: Normalizer

  /// So many heads.
  package init(
    count: Int, isCausal: Bool = false, window: Int? = nil, normalizer: Normalizer = .softmax
  ) {
    precondition(count >= 1, "\(count) heads; there must be at least one")
    precondition(window.map { $0 >= 0 } ?? true, "a window of \(window ?? 0) positions")
    self.count = count
    self.isCausal = isCausal
    self.window = window
    self.normalizer = normalizer
  }

  /// The positions that query `query` of a span of `queries` queries and `sources` sources sees.
  package func seen(by query: Int, queries: Int, sources: Int) -> Range<Int> {
    let position = query + sources - queries
    let reach = min(window ?? .max, sources + queries)
    let end = min(position + 1 + (isCausal ? 0 : reach), sources)
    let start = max(position - reach, 0)
    return start < end ? start..<end : 0..<0
  }

  /// The weights of one head, `[Q, S]`, a view of those of all, `[Q, h·S]`.
  package func weights(of head: Int, in weights: Matrix) -> Matrix {
    let width = weights.columns / count
    return weights.columns(head * width..<(head + 1) * width)
  }
}

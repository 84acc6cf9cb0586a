package import DragomanTensor

/// The weights that the heads of one layer gave, of one sentence: Q queries that looked at S positions.
package struct AttentionLayer: Sendable, Equatable {
  /// h, the number of heads.
  package let heads: Int
  /// α of all heads side by side, row by row, `[Q, h·S]`.
  private let weights: [Float]
  /// S.
  private let positions: Int

  /// The weights of heads side by side, `[Q, h·S]`.
  package init(_ weights: Matrix, positions: Int) {
    precondition(
      positions > 0 && weights.columns.isMultiple(of: positions),
      "\(weights.columns) weights a row are not a whole number of heads that see \(positions) positions"
    )
    heads = weights.columns / positions
    self.positions = positions
    self.weights = weights.elements
  }

  /// Numbers of all heads.
  package var count: Int { weights.count }

  /// α of a head, counted from 0, `[Q, S]`.
  package func weights(of head: Int) -> [[Float]] {
    precondition(0..<heads ~= head, "head \(head) of \(heads)")
    let width = heads * positions
    return stride(from: head * positions, to: weights.count, by: width).map {
      Array(weights[$0..<($0 + positions)])
    }
  }

  /// The mean of all heads, `[Q, S]`, by the sums that decoding makes: of the last layer it has the bits of
  /// ``Translation/attention``.
  package var mean: [[Float]] {
    var sum = weights(of: 0)
    for head in 1..<max(heads, 1) {
      for (row, other) in weights(of: head).enumerated() {
        for (column, weight) in other.enumerated() { sum[row][column] += weight }
      }
    }
    return sum.map { row in row.map { $0 * (1 / Float(heads)) } }
  }
}

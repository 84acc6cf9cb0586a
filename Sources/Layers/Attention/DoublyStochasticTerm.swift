package import DragomanTensor

/// What it costs that the positions of a source are not attended to once each, over all steps.
///
///     R = λ Σᵢ (1 − A_i)²        A_i = Σ_t α_ti        ∂α_ti += −2 λ (1 − A_i)
///
/// for each example, the end token a step like the others: the weights of a step add up to 1 anyway, those of a
/// position should too. Xu et al. 2015 (arXiv:1502.03044), section 4.2.1, eq. 14. It is added to the sum of the losses
/// before that is divided by the number of tokens.
package struct DoublyStochasticTerm: Sendable {
  /// λ.
  package let weight: Float

  /// The term with this λ; `nil` for 0, which costs nothing.
  package init?(weight: Double) {
    guard weight > 0 else { return nil }
    self.weight = Float(weight)
  }

  /// R of all examples, and `scale` times what it adds to ∂α of each query of an example: made of A, `[B, S]`, in
  /// place.
  ///
  /// - Parameters:
  ///   - sums: A, a row for each span.
  ///   - spans: say how many positions each example has.
  ///   - scale: what the gradient is multiplied by.
  package func replace(_ sums: Matrix, spans: [AttentionSpan], scale: Float) -> Double {
    var total = 0.0
    for (row, span) in spans.enumerated() {
      for place in 0..<sums.columns {
        guard place < Int(span.sourceCount) else {
          sums[row, place] = 0
          continue
        }
        let missing = 1 - sums[row, place]
        total += Double(missing) * Double(missing)
        sums[row, place] = -2 * weight * scale * missing
      }
    }
    return Double(weight) * total
  }

  /// A of each span, `[spans, S]`, of the weights of its queries, `[n, S]`.
  package static func sums(
    of weights: Matrix, spans: [AttentionSpan], _ pass: Pass
  ) -> Matrix {
    let sums = pass.workspace.zeros(rows: spans.count, columns: weights.columns)
    for (row, span) in spans.enumerated() {
      for query in span.queries {
        pass.kernels.add(weights.rows(query..<(query + 1)), to: sums.rows(row..<(row + 1)))
      }
    }
    return sums
  }

  /// Adds the row of each span, of `[spans, S]`, to those of its queries, `[n, S]`.
  static func add(
    _ pull: Matrix, to delta: Matrix, spans: ArraySlice<AttentionSpan>, _ kernels: Kernels
  ) {
    for (row, span) in spans.enumerated() {
      for query in span.queries {
        kernels.add(pull.rows(row..<(row + 1)), to: delta.rows(query..<(query + 1)))
      }
    }
  }
}

package import DragomanTensor

/// Decides how much of the context a step of the decoder reads: one number from 0 to 1 for each query.
///
///     β_t = σ(a_t)        a_t = w · s_t + b        c′_t = β_t c_t        w `[H]`
///
/// Xu et al. 2015 (arXiv:1502.03044), section 4.2.1, where the state before the step decides; here it is s_t, which
/// also asks the attention. The backward pass, given ∂c′, needs no c: with δ_ti = ∂c′_t · hᵢ, which ∂α is made of
/// anyway,
///
///     ∂β_t = Σᵢ α_ti δ_ti      ∂α_ti = β_t δ_ti      ∂c_t = β_t ∂c′_t      ∂a_t = ∂β_t β_t (1 − β_t)
///     ∂s_t += ∂a_t w           ∂w = Σ_t ∂a_t s_t     ∂b = Σ_t ∂a_t
package struct ContextGate: Sendable {
  /// w as `[1, H]`, and b.
  package let linear: Linear

  /// Adds `name.weight` (Glorot uniform) and `name.bias` (zero) for decoder states of so many numbers.
  package init(name: String, decoder: Int, layout: inout ParameterLayout) {
    linear = Linear(name: name, from: decoder, to: 1, layout: &layout)
  }

  /// Writes β, `[n, 1]`, of decoder states, `[n, H]`, and multiplies the contexts, `[n, D]`, by it in place.
  func forward(decoder states: Matrix, contexts: Matrix, into gates: Matrix, _ pass: Pass) {
    linear.forward(states, into: gates, pass)
    pass.kernels.sigmoid(gates)
    Self.scale(contexts, by: gates, pass.kernels)
  }

  /// Writes ∂a, `[n, 1]`, adds to ∂s, `[n, H]`, and turns ∂c′, `[n, D]`, into ∂c and δ, `[n, S]`, into ∂α in place.
  func backward(
    contexts contextGradient: Matrix, weights: Matrix, weightGradient delta: Matrix,
    spans: ArraySlice<AttentionSpan>, gates: Matrix, into gradient: Matrix,
    decoderGradient: Matrix, _ pass: Pass
  ) {
    for span in spans {
      for query in span.queries {
        // The columns after a source's end are nobody's.
        var sum: Float = 0
        for place in 0..<Int(span.sourceCount) {
          sum += weights[query, place] * delta[query, place]
        }
        gradient[query, 0] = sum
      }
    }
    Self.scale(delta, by: gates, pass.kernels)
    Self.scale(contextGradient, by: gates, pass.kernels)
    pass.kernels.sigmoidBackward(gradient, output: gates)
    pass.kernels.multiply(
      gradient, pass.weights[linear.weight], into: decoderGradient, adding: true)
  }

  /// Adds to the gradients of w and b, given ∂a, `[N, 1]`, and the decoder's states, `[N, H]`, of all steps.
  func finishBack(
    _ gradient: Matrix, decoder states: Matrix, _ pass: Pass, gradients: Parameters
  ) {
    pass.kernels.multiply(
      transposed: gradient, states, into: gradients[linear.weight], adding: true)
    pass.kernels.addColumnSums(of: gradient, to: gradients[linear.bias])
  }

  private static func scale(_ rows: Matrix, by factors: Matrix, _ kernels: Kernels) {
    for row in 0..<rows.rows { kernels.scale(rows.rows(row..<(row + 1)), by: factors[row, 0]) }
  }
}

extension AttentionSpan {
  /// The rows of the queries.
  var queries: Range<Int> { Int(queryStart)..<Int(queryStart + queryCount) }
}

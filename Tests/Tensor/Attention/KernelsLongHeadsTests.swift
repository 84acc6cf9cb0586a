import Testing

@testable import DragomanTensor

/// A head of one long sentence, whose keys do not fit the memory in which they are put in order: the same bits as the
/// products of whole matrices.
@Suite struct `A long head of attention` {
  static let (rows, width) = (1000, 1056)
  let heads = AttentionHeads(count: 1, normalizer: .relu)
  let span = [
    AttentionSpan(
      queryStart: 0, queryCount: Int32(rows), sourceStart: 0, sourceCount: Int32(rows))
  ]

  /// On the widest instruction set alone: what is different here is the same code for all, and plain C is slow.
  @Test func `has the bits of its products`() {
    let kernels = Kernels(threads: 2)
    let (rows, width) = (Self.rows, Self.width)
    let (q, k) = (sample(rows, width, seed: 1), sample(rows, width, seed: 2))
    let (weights, expected) = (Matrix(rows: rows, columns: rows), Matrix(rows: rows, columns: rows))
    let (result, combined) = (
      Matrix(rows: rows, columns: width), Matrix(rows: rows, columns: width)
    )

    kernels.headWeights(heads, queries: q, keys: k, spans: span[...], into: weights)
    kernels.multiply(q, transposed: k, into: expected)
    kernels.activate(.relu, expected, into: expected)
    kernels.scale(expected, by: 1 / Float(width).squareRoot() / Float(rows))
    expectSame(weights, expected, "α")
    kernels.headCombine(heads, weights: weights, values: k, spans: span[...], into: result)
    kernels.multiply(weights, k, into: combined)
    expectSame(result, combined, "R")

    let (gradient, returned) = (copied(q), copied(q))
    kernels.headCombineBackward(
      heads, gradient: q, weights: weights, values: k, spans: span[...], weightGradient: expected,
      valueGradient: gradient)
    kernels.multiply(transposed: weights, q, into: returned, adding: true)
    expectSame(gradient, returned, "∂v")
    let products = Matrix(rows: rows, columns: rows)
    kernels.multiply(q, transposed: k, into: products)
    expectSame(expected, products, "∂α")
  }
}

import Testing

@testable import DragomanTensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Multi-head attention bit by bit against its twin: sentences of one token, of a few, of several blocks; more queries
/// than sources and the reverse; one without queries and one without sources; heads that do not fill a vector.
@Suite struct `Heads of attention` {
  static let spans = [
    AttentionSpan(queryStart: 6, queryCount: 7, sourceStart: 130, sourceCount: 7),
    AttentionSpan(queryStart: 0, queryCount: 1, sourceStart: 137, sourceCount: 21),
    AttentionSpan(queryStart: 13, queryCount: 121, sourceStart: 0, sourceCount: 121),
    AttentionSpan(queryStart: 1, queryCount: 5, sourceStart: 121, sourceCount: 3),
    AttentionSpan(queryStart: 134, queryCount: 4, sourceStart: 158, sourceCount: 66),
    AttentionSpan(queryStart: 138, queryCount: 0, sourceStart: 124, sourceCount: 2),
    AttentionSpan(queryStart: 138, queryCount: 4, sourceStart: 126, sourceCount: 0),
    AttentionSpan(queryStart: 142, queryCount: 2, sourceStart: 126, sourceCount: 2),
  ]
  static let (queryCount, sourceCount, longest) = (144, 224, 125)

  /// Every way to look, each with its heads and their columns.
  static let cases: [(AttentionHeads, Int)] = [
    (AttentionHeads(count: 1), 37),
    (AttentionHeads(count: 3, isCausal: true), 5),
    (AttentionHeads(count: 2, window: 4), 16),
    (AttentionHeads(count: 4, isCausal: true, window: 3, normalizer: .relu), 64),
    (AttentionHeads(count: 2, normalizer: .relu), 67),
    (AttentionHeads(count: 1, isCausal: true, window: 0), 1),
    (AttentionHeads(count: 2, isCausal: true, window: 60), 40),
  ]

  var spans: ArraySlice<AttentionSpan> { Self.spans[...] }

  /// Calls `body` with each query, the first row of its sources, the positions it sees, and each head.
  static func forEachRow(
    _ heads: AttentionHeads,
    _ body: (_ q: Int, _ source: Int, _ seen: Range<Int>, _ head: Int) -> Void
  ) {
    for span in spans {
      for t in 0..<Int(span.queryCount) {
        let seen = heads.seen(
          by: t, queries: Int(span.queryCount), sources: Int(span.sourceCount))
        for head in 0..<heads.count {
          body(Int(span.queryStart) + t, Int(span.sourceStart), seen, head)
        }
      }
    }
  }

  /// What the kernels have to give, from random numbers.
  struct Twins {
    let q, k, v, weights, result, gradient, weightGradient, scoreGradient: Matrix
    let old: Matrix, valueGradient, queryGradient, keyGradient: Matrix

    init(_ heads: AttentionHeads, _ d: Int) {
      let (rows, sources, longest) = (queryCount, sourceCount, longest)
      let (h, width) = (heads.count, heads.count * d)
      let (q, k) = (sample(rows, width, seed: 1), sample(sources, width, seed: 2))
      let (v, gradient) = (sample(sources, width, seed: 3), sample(rows, width, seed: 4))
      let old = sample(sources, width, seed: 5)
      let weights = Matrix(rows: rows, columns: h * longest)
      let (weightGradient, scoreGradient) = (copied(weights), copied(weights))
      let (result, queryGradient) = (
        Matrix(rows: rows, columns: width), Matrix(rows: rows, columns: width)
      )
      let (valueGradient, keyGradient) = (copied(old), copied(old))
      let scale = 1 / Float(d).squareRoot()
      forEachRow(heads) { row, source, seen, head in
        let (columns, first) = (head * d..<(head + 1) * d, head * longest)
        let scores = seen.map { i in
          columns.reduce(0 as Float) { $0.addingProduct(q[row, $1], k[source + i, $1]) }
        }
        let alpha = Self.normalized(scores, scale, heads)
        for (i, a) in zip(seen, alpha) { weights[row, first + i] = a }
        for j in columns {
          result[row, j] =
            zip(seen, alpha).reduce(0 as Float) { $0.addingProduct($1.1, v[source + $1.0, j]) } + 0
        }
        let delta = seen.map { i in
          columns.reduce(0 as Float) { $0.addingProduct(gradient[row, $1], v[source + i, $1]) }
        }
        let back = Self.back(delta, alpha, scale, heads)
        for (n, i) in seen.enumerated() {
          weightGradient[row, first + i] = delta[n]
          scoreGradient[row, first + i] = back[n]
          for j in columns {
            valueGradient[source + i, j].addProduct(alpha[n], gradient[row, j])
            queryGradient[row, j].addProduct(back[n], k[source + i, j])
            keyGradient[source + i, j].addProduct(back[n], q[row, j])
          }
        }
      }
      (self.q, self.k, self.v, self.weights, self.result) = (q, k, v, weights, result)
      (self.gradient, self.weightGradient) = (gradient, weightGradient)
      (self.scoreGradient, self.old) = (scoreGradient, old)
      (self.valueGradient, self.queryGradient) = (valueGradient, queryGradient)
      self.keyGradient = keyGradient
    }

    static func normalized(_ scores: [Float], _ scale: Float, _ heads: AttentionHeads) -> [Float] {
      if heads.normalizer == .relu {
        let factor = scale / Float(scores.count)
        return scores.map { $0 > 0 ? $0 * factor : 0 }
      }
      let top = scale * scores.reduce(-.infinity, max)
      let e = scores.map { Twin.exp((-top).addingProduct(scale, $0)) }
      let factor = 1 / Twin.lanes(e.count) { $0 + e[$1] }
      return e.map { $0 * factor }
    }

    static func back(
      _ delta: [Float], _ alpha: [Float], _ scale: Float, _ heads: AttentionHeads
    ) -> [Float] {
      if heads.normalizer == .relu {
        let factor = scale / Float(delta.count)
        return zip(delta, alpha).map { $1 > 0 ? $0 * factor : 0 }
      }
      let mean = Twin.lanes(delta.count) { $0.addingProduct(alpha[$1], delta[$1]) }
      return zip(delta, alpha).map { $1 * ($0 - mean) * scale }
    }
  }

  @Test(arguments: cases.indices) func `have the bits of the twin, forward and back`(index: Int) {
    let (heads, d) = Self.cases[index]
    let twins = Twins(heads, d)
    let (rows, wide) = (Self.queryCount, twins.weights.columns)
    // Nothing may be left of what was there before.
    let before = sample(rows, wide, seed: 6)
    for kernels in everyKernels() {
      let (q, k, v) = (Framed(twins.q), Framed(twins.k, gap: 7), Framed(twins.v, gap: 0))
      let (weights, result) = (Framed(before), Framed(twins.gradient, gap: 2))
      kernels.headWeights(heads, queries: q.view, keys: k.view, spans: spans, into: weights.view)
      expectSame(weights.view, twins.weights, "α, \(kernels.name)")
      kernels.headCombine(
        heads, weights: weights.view, values: v.view, spans: spans, into: result.view)
      expectSame(result.view, twins.result, "R, \(kernels.name)")

      let gradient = Framed(before, gap: 5)
      let (dq, dk, dv) = (Framed(twins.q), Framed(twins.old), Framed(twins.old))
      kernels.headCombineBackward(
        heads, gradient: twins.gradient, weights: weights.view, values: v.view, spans: spans,
        weightGradient: gradient.view, valueGradient: dv.view)
      expectSame(gradient.view, twins.weightGradient, "∂α, \(kernels.name)")
      expectSame(dv.view, twins.valueGradient, "∂v, \(kernels.name)")
      kernels.headWeightsBackward(
        heads, gradient: gradient.view, weights: weights.view, queries: q.view, keys: k.view,
        spans: spans, queryGradient: dq.view, keyGradient: dk.view)
      expectSame(gradient.view, twins.scoreGradient, "∂(q·k), \(kernels.name)")
      expectSame(dq.view, twins.queryGradient, "∂q, \(kernels.name)")
      expectSame(dk.view, twins.keyGradient, "∂k, \(kernels.name)")
      for frame in [q, k, v, weights, result, gradient, dq, dk, dv] {
        #expect(frame.isIntact, "\(kernels.name)")
      }
    }
  }

  @Test(arguments: cases.indices) func `one query after the other sees what all at once see`(
    index: Int
  ) {
    var (heads, d) = Self.cases[index]
    heads.isCausal = true
    let (length, width) = (61, heads.count * d)
    // The memory stands in no order, as the rows of hypotheses do that share a past.
    let order = (0..<length).map { Int32($0 * 7 % length) }
    let (q, k) = (sample(length, width, seed: 1), sample(length, width, seed: 2))
    let v = sample(length, width, seed: 3)
    for kernels in everyKernels() {
      let workspace = Workspace(kernels: kernels)
      let all = [
        AttentionSpan(
          queryStart: 0, queryCount: Int32(length), sourceStart: 0, sourceCount: Int32(length))
      ]
      let weights = workspace.matrix(rows: length, columns: heads.count * length)
      let result = workspace.matrix(rows: length, columns: width)
      kernels.headWeights(
        heads, queries: q, keys: workspace.gathered(order, of: k), spans: all[...], into: weights)
      kernels.headCombine(
        heads, weights: weights, values: workspace.gathered(order, of: v), spans: all[...],
        into: result)
      for t in 0..<length {
        let span = [
          AttentionSpan(queryStart: 0, queryCount: 1, sourceStart: 0, sourceCount: Int32(t + 1))
        ]
        let one = workspace.matrix(rows: 1, columns: heads.count * (t + 1))
        let row = workspace.matrix(rows: 1, columns: width)
        kernels.headWeights(
          heads, queries: q.rows(t..<t + 1), keys: k, spans: span[...], rows: order[...], into: one)
        kernels.headCombine(
          heads, weights: one, values: v, spans: span[...], rows: order[...], into: row)
        for head in 0..<heads.count {
          let whole = heads.weights(of: head, in: weights).rows(t..<t + 1)
          expectSame(
            heads.weights(of: head, in: one), whole.columns(0..<t + 1), "α of \(t), \(kernels.name)"
          )
          #expect(whole.columns(t + 1..<length).elements.allSatisfy { $0 == 0 })
        }
        expectSame(row, result.rows(t..<t + 1), "R of \(t), \(kernels.name)")
      }
    }
  }

  @Test func `a sum that vanishes is 0 and not −0, whatever stands after it`() {
    // Products too small for a float: −0 alone, and +0 with the positions that are not seen.
    let least = Float.leastNormalMagnitude
    let v = Matrix(rows: 9, columns: 1, (0..<9).map { $0 < 5 ? -least : least })
    let heads = AttentionHeads(count: 1, isCausal: true)
    for kernels in everyKernels() {
      for length in [1, 5, 9] as [Int32] {
        let spans = [
          AttentionSpan(queryStart: 0, queryCount: length, sourceStart: 0, sourceCount: length)
        ]
        let weights = Matrix(rows: Int(length), columns: 9, repeating: 0)
        for t in 0..<Int(length) { for i in 0...t { weights[t, i] = 0.25 / Float(t + 1) } }
        let result = Matrix(rows: Int(length), columns: 1, repeating: 1)
        kernels.headCombine(heads, weights: weights, values: v, spans: spans[...], into: result)
        expectSame(
          result.elements, [Float](repeating: 0, count: Int(length)), "\(length), \(kernels.name)")
      }
    }
  }

  @Test func `what a query sees`() {
    func seen(_ heads: AttentionHeads, _ queries: Int, _ sources: Int) -> [Range<Int>] {
      (0..<queries).map { heads.seen(by: $0, queries: queries, sources: sources) }
    }
    #expect(seen(AttentionHeads(count: 1), 2, 5) == [0..<5, 0..<5])
    #expect(seen(AttentionHeads(count: 1, isCausal: true), 3, 3) == [0..<1, 0..<2, 0..<3])
    // One query, or two, after a cache.
    #expect(seen(AttentionHeads(count: 1, isCausal: true), 2, 5) == [0..<4, 0..<5])
    #expect(seen(AttentionHeads(count: 1, isCausal: true), 3, 2) == [0..<0, 0..<1, 0..<2])
    #expect(seen(AttentionHeads(count: 1, window: 1), 4, 4) == [0..<2, 0..<3, 1..<4, 2..<4])
    #expect(
      seen(AttentionHeads(count: 1, isCausal: true, window: 1), 4, 4)
        == [0..<1, 0..<2, 1..<3, 2..<4])
  }

  /// Two heads of two columns, two queries, three sources: R from (q, k, v) by the equations, in Double.
  static func attended(_ x: [Double], _ heads: AttentionHeads) -> [Double] {
    func q(_ t: Int, _ j: Int) -> Double { x[4 * t + j] }
    func k(_ i: Int, _ j: Int) -> Double { x[8 + 4 * i + j] }
    func v(_ i: Int, _ j: Int) -> Double { x[20 + 4 * i + j] }
    return (0..<2).flatMap { t in
      (0..<2).flatMap { head in
        let seen = Array(heads.seen(by: t, queries: 2, sources: 3))
        let j = 2 * head
        let e = seen.map { (q(t, j) * k($0, j) + q(t, j + 1) * k($0, j + 1)) / 2.0.squareRoot() }
        let rated = heads.normalizer == .relu ? e.map { max($0, 0) } : e.map { exp($0) }
        let sum = heads.normalizer == .relu ? Double(seen.count) : rated.reduce(0, +)
        return (j..<j + 2).map { column in
          zip(seen, rated).reduce(0) { $0 + $1.1 / sum * v($1.0, column) }
        }
      }
    }
  }

  @Test(arguments: AttentionHeads.Normalizer.allCases, [false, true])
  func `gradients are those of the equations`(normalizer: AttentionHeads.Normalizer, causal: Bool) {
    let heads = AttentionHeads(count: 2, isCausal: causal, normalizer: normalizer)
    let x = sample(1, 32, seed: 11, in: -1.5...1.5).elements.map { Double($0) }
    let out = sample(1, 8, seed: 12).elements.map { Double($0) }
    func part(_ range: Range<Int>) -> Matrix {
      Matrix(rows: range.count / 4, columns: 4, x[range].map { Float($0) })
    }
    let (q, k, v) = (part(0..<8), part(8..<20), part(20..<32))
    let span = [AttentionSpan(queryStart: 0, queryCount: 2, sourceStart: 0, sourceCount: 3)][...]
    let kernels = Kernels(threads: 1)
    let (weights, delta) = (Matrix(rows: 2, columns: 6), Matrix(rows: 2, columns: 6))
    let (result, dq) = (Matrix(rows: 2, columns: 4), Matrix(rows: 2, columns: 4))
    let (dk, dv) = (Matrix(rows: 3, columns: 4), Matrix(rows: 3, columns: 4))
    kernels.headWeights(heads, queries: q, keys: k, spans: span, into: weights)
    kernels.headCombine(heads, weights: weights, values: v, spans: span, into: result)
    expectClose(result.elements, Self.attended(x, heads), 1e-6, "R")
    kernels.headCombineBackward(
      heads, gradient: Matrix(rows: 2, columns: 4, out.map { Float($0) }), weights: weights,
      values: v, spans: span, weightGradient: delta, valueGradient: dv)
    kernels.headWeightsBackward(
      heads, gradient: delta, weights: weights, queries: q, keys: k, spans: span,
      queryGradient: dq, keyGradient: dk)
    expectClose(
      dq.elements + dk.elements + dv.elements,
      differences(of: { Self.attended($0, heads) }, at: x, out), 2e-6, "gradients of q, k, v")
  }
}

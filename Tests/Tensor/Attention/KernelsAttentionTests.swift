import Testing

@testable import DragomanTensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Ragged attention bit by bit against its twins: three sentences of unequal sizes, one of them with a
/// single source position, one without queries; columns that do not fill a vector.
@Suite struct `Attention` {
  static let spans = [
    AttentionSpan(queryStart: 4, queryCount: 3, sourceStart: 0, sourceCount: 5),
    AttentionSpan(queryStart: 0, queryCount: 4, sourceStart: 24, sourceCount: 1),
    AttentionSpan(queryStart: 7, queryCount: 0, sourceStart: 5, sourceCount: 2),
    AttentionSpan(queryStart: 7, queryCount: 2, sourceStart: 7, sourceCount: 17),
  ]
  static let (queryCount, sourceCount, longest) = (9, 25, 19)
  static let widths = [1, 16, 37, 100]

  /// Calls `body` with every query, its sources, and the number of its span.
  static func forEachQuery(_ body: (Int, Range<Int>, Int) -> Void) {
    for (index, span) in spans.enumerated() {
      let sources = Int(span.sourceStart)..<Int(span.sourceStart + span.sourceCount)
      for q in Int(span.queryStart)..<Int(span.queryStart + span.queryCount) {
        body(q, sources, index)
      }
    }
  }

  /// Runs `body` on a framed copy of `old` and compares with `expected`, for all kernels.
  func check(
    _ old: Matrix, _ expected: Matrix, _ what: String, _ body: (Kernels, Matrix) -> Void
  ) {
    for kernels in everyKernels() {
      let target = Framed(old)
      body(kernels, target.view)
      expectSame(target.view, expected, "\(what), \(kernels.name)")
      #expect(target.isIntact, "\(what) wrote outside, \(kernels.name)")
    }
  }

  let weights = sample(queryCount, longest, seed: 9)
  var spans: ArraySlice<AttentionSpan> { Attention.spans[...] }

  @Test(arguments: widths) func `dot products and combinations`(width: Int) {
    let queries = sample(Attention.queryCount, width, seed: 1)
    let memory = sample(Attention.sourceCount, width, seed: 2)
    let scores = Matrix(rows: Attention.queryCount, columns: Attention.longest)
    let combined = Matrix(rows: Attention.queryCount, columns: width)
    let (added, returned) = (copied(queries), copied(memory))
    Attention.forEachQuery { q, sources, _ in
      for (i, source) in sources.enumerated() {
        scores[q, i] = Twin.lanes(width) { $0.addingProduct(queries[q, $1], memory[source, $1]) }
        for j in 0..<width {
          combined[q, j].addProduct(weights[q, i], memory[source, j])
          added[q, j].addProduct(weights[q, i], memory[source, j])
          returned[source, j].addProduct(weights[q, i], queries[q, j])
        }
      }
    }
    let (from, to) = (Framed(queries).view, Framed(memory, gap: 1).view)
    let alpha = Framed(weights).view
    check(weights, scores, "raggedDot \(width)") {
      $0.raggedDot(from, to, spans: spans, into: $1)
    }
    check(queries, combined, "raggedCombine \(width)") {
      $0.raggedCombine(alpha, to, spans: spans, into: $1)
    }
    check(queries, added, "raggedCombine adding \(width)") {
      $0.raggedCombine(alpha, to, spans: spans, into: $1, adding: true)
    }
    check(memory, returned, "raggedCombineTransposed \(width)") {
      $0.raggedCombineTransposed(alpha, from, spans: spans, addingTo: $1)
    }
  }

  @Test(arguments: [nil, 0, 3, 17] as [Int?])
  func `softmax over the sources of each sentence`(limit: Int?) {
    let gradient = sample(Attention.queryCount, Attention.longest, seed: 3)
    let (softmax, back) = (copied(weights), copied(gradient))
    Attention.forEachQuery { q, sources, _ in
      let count = min(sources.count, limit ?? .max)
      let top = (0..<count).reduce(-.infinity as Float) { max($0, weights[q, $1]) }
      let sum = Twin.lanes(count) { $0 + Twin.exp(weights[q, $1] - top) }
      let factor = 1 / sum
      for i in 0..<Attention.longest {
        softmax[q, i] = i < count ? Twin.exp(weights[q, i] - top) * factor : 0
      }
      let mean = Twin.lanes(count) { $0.addingProduct(softmax[q, $1], gradient[q, $1]) }
      for i in 0..<Attention.longest {
        back[q, i] = i < count ? softmax[q, i] * (gradient[q, i] - mean) : 0
      }
    }
    check(weights, softmax, "raggedSoftmax") { $0.raggedSoftmax($1, spans: spans, limit: limit) }
    check(gradient, back, "raggedSoftmaxBackward") {
      $0.raggedSoftmaxBackward($1, weights: softmax, spans: spans, limit: limit)
    }
  }

  @Test(arguments: widths) func `additive scores and their gradients`(width: Int) {
    let queries = sample(Attention.queryCount, width, seed: 1)
    let keys = sample(Attention.sourceCount, width, seed: 2)
    let v = sample(1, width, seed: 3)
    let partials = sample(5, width, seed: 4)
    let old = sample(Attention.sourceCount, width, seed: 5)
    let scores = Matrix(rows: Attention.queryCount, columns: Attention.longest)
    let dq = Matrix(rows: Attention.queryCount, columns: width)
    let (dk, dv) = (copied(old), copied(partials))
    Attention.forEachQuery { q, sources, span in
      for (i, source) in sources.enumerated() {
        func t(_ j: Int) -> Float { Twin.tanh(queries[q, j] + keys[source, j]) }
        scores[q, i] = Twin.lanes(width) { $0.addingProduct(v[0, $1], t($1)) }
        for j in 0..<width {
          let d = Twin.throughTanh(weights[q, i] * v[0, j], t(j))
          dq[q, j] += d
          dk[source, j] += d
          dv[span, j].addProduct(weights[q, i], t(j))
        }
      }
    }
    let (from, to) = (Framed(queries).view, Framed(keys, gap: 1).view)
    check(weights, scores, "additiveScores \(width)") {
      $0.additiveScores(from, to, vector: v, spans: spans, into: $1)
    }
    for kernels in everyKernels() {
      let (fq, fk, fv) = (Framed(queries), Framed(old), Framed(partials))
      kernels.additiveBackward(
        Framed(weights).view, queries: from, keys: to, vector: v, spans: spans,
        queryGradient: fq.view, keyGradient: fk.view, vectorPartials: fv.view)
      expectSame(fq.view, dq, "∂q, \(kernels.name)")
      expectSame(fk.view, dk, "∂k, \(kernels.name)")
      expectSame(fv.view, dv, "∂v, \(kernels.name)")
      #expect(fq.isIntact && fk.isIntact && fv.isIntact, "\(kernels.name)")
    }
  }

  @Test func `additive gradients are those of the equation`() {
    // One query, two sources, three columns: (q, k₀, k₁, v).
    let x = [0.3, -0.7, 0.9, -0.2, 0.4, 1.1, 0.8, -0.5, 0.1, 1.2, -0.6, 0.7]
    func scores(_ x: [Double]) -> [Double] {
      [0, 1].map { (i: Int) -> Double in
        var sum = 0.0
        for j in 0..<3 { sum += x[9 + j] * tanh(x[j] + x[3 + 3 * i + j]) }
        return sum
      }
    }
    func part(_ range: Range<Int>, rows: Int = 1) -> Matrix {
      Matrix(rows: rows, columns: 3, x[range].map { Float($0) })
    }
    let (dq, dk) = (Matrix(rows: 1, columns: 3), Matrix(rows: 2, columns: 3))
    let dv = Matrix(rows: 1, columns: 3)
    let span = AttentionSpan(queryStart: 0, queryCount: 1, sourceStart: 0, sourceCount: 2)
    Kernels(threads: 1).additiveBackward(
      Matrix(rows: 1, columns: 2, [0.6, -1.5]), queries: part(0..<3), keys: part(3..<9, rows: 2),
      vector: part(9..<12), spans: [span], queryGradient: dq, keyGradient: dk, vectorPartials: dv)
    expectClose(
      dq.elements + dk.elements + dv.elements, differences(of: scores, at: x, [0.6, -1.5]), 1e-6,
      "gradients of q, k, v")
  }

  @Test func `softmax gradients are those of the equation`() {
    let x = [0.3, -0.7, 0.9, 1.4]
    func softmax(_ x: [Double]) -> [Double] {
      let sum = x.reduce(0) { $0 + exp($1) }
      return x.map { exp($0) / sum }
    }
    let kernels = Kernels(threads: 1)
    let span = AttentionSpan(queryStart: 0, queryCount: 1, sourceStart: 0, sourceCount: 4)
    let alpha = Matrix(rows: 1, columns: 4, x.map { Float($0) })
    kernels.raggedSoftmax(alpha, spans: [span])
    expectClose(alpha.elements, softmax(x), 1e-6, "weights")
    let gradient = Matrix(rows: 1, columns: 4, [1, -2, 0.5, 0.25])
    kernels.raggedSoftmaxBackward(gradient, weights: alpha, spans: [span])
    expectClose(
      gradient.elements, differences(of: softmax, at: x, [1, -2, 0.5, 0.25]), 1e-6, "gradient")
  }

  @Test func `a span that leaves its matrix traps`() async {
    await #expect(processExitsWith: .failure) {
      Kernels(threads: 1).raggedSoftmax(
        Matrix(rows: 1, columns: 2),
        spans: [AttentionSpan(queryStart: 0, queryCount: 1, sourceStart: 0, sourceCount: 3)])
    }
  }
}

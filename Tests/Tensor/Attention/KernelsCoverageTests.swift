import Testing

@testable import DragomanTensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Scores with coverage bit by bit against their twins, over the spans of the tests of attention.
@Suite struct `Attention with coverage` {
  var spans: ArraySlice<AttentionSpan> { Attention.spans[...] }

  @Test(arguments: Attention.widths) func `scores and their gradients`(width: Int) {
    let queries = sample(Attention.queryCount, width, seed: 1)
    let keys = sample(Attention.sourceCount, width, seed: 2)
    let (v, w) = (sample(1, width, seed: 3), sample(1, width, seed: 6))
    let coverage = sample(Attention.queryCount, Attention.longest, seed: 7, in: 0...3)
    let upstream = sample(Attention.queryCount, Attention.longest, seed: 9)
    let partials = sample(5, 2 * width, seed: 4)
    let oldKeys = sample(Attention.sourceCount, width, seed: 5)
    let oldCoverage = sample(Attention.queryCount, Attention.longest, seed: 8)
    let scores = Matrix(rows: Attention.queryCount, columns: Attention.longest)
    let dq = Matrix(rows: Attention.queryCount, columns: width)
    let (dk, dc, sums) = (copied(oldKeys), copied(oldCoverage), copied(partials))
    Attention.forEachQuery { q, sources, span in
      for (i, source) in sources.enumerated() {
        func t(_ j: Int) -> Float {
          Twin.tanh((queries[q, j] + keys[source, j]).addingProduct(coverage[q, i], w[0, j]))
        }
        func d(_ j: Int) -> Float { Twin.throughTanh(upstream[q, i] * v[0, j], t(j)) }
        scores[q, i] = Twin.lanes(width) { $0.addingProduct(v[0, $1], t($1)) }
        dc[q, i] += Twin.lanes(width) { $0.addingProduct(w[0, $1], d($1)) }
        for j in 0..<width {
          dq[q, j] += d(j)
          dk[source, j] += d(j)
          sums[span, j].addProduct(upstream[q, i], t(j))
          sums[span, width + j].addProduct(coverage[q, i], d(j))
        }
      }
    }
    let (from, to) = (Framed(queries).view, Framed(keys, gap: 1).view)
    let covered = Framed(coverage, gap: 2).view
    for kernels in everyKernels() {
      let found = Framed(upstream)
      kernels.coveredScores(
        from, to, coverage: covered, vector: v, weight: w, spans: spans, into: found.view)
      expectSame(found.view, scores, "scores \(width), \(kernels.name)")
      #expect(found.isIntact, "\(kernels.name)")
      let (fq, fk) = (Framed(queries), Framed(oldKeys))
      let (fc, fs) = (Framed(oldCoverage), Framed(partials))
      kernels.coveredBackward(
        Framed(upstream).view, queries: from, keys: to, coverage: covered, vector: v, weight: w,
        spans: spans, queryGradient: fq.view, keyGradient: fk.view, coverageGradient: fc.view,
        partials: fs.view)
      expectSame(fq.view, dq, "∂q, \(kernels.name)")
      expectSame(fk.view, dk, "∂k, \(kernels.name)")
      expectSame(fc.view, dc, "∂C, \(kernels.name)")
      expectSame(fs.view, sums, "∂v and ∂w, \(kernels.name)")
      #expect(fq.isIntact && fk.isIntact && fc.isIntact && fs.isIntact, "\(kernels.name)")
    }
  }

  @Test func `gradients are those of the equation`() {
    // One query, two sources, three columns: (q, k₀, k₁, v, w, C).
    let x = [
      0.3, -0.7, 0.9, -0.2, 0.4, 1.1, 0.8, -0.5, 0.1, 1.2, -0.6, 0.7, 0.5, -0.9, 0.2, 0.6, 1.3,
    ]
    func scores(_ x: [Double]) -> [Double] {
      [0, 1].map { (i: Int) -> Double in
        var sum = 0.0
        for j in 0..<3 {
          let known = x[j] + x[3 + 3 * i + j]
          sum += x[9 + j] * tanh(known + x[12 + j] * x[15 + i])
        }
        return sum
      }
    }
    func part(_ range: Range<Int>, rows: Int = 1) -> Matrix {
      Matrix(rows: rows, columns: range.count / rows, x[range].map { Float($0) })
    }
    let (dq, dk) = (Matrix(rows: 1, columns: 3), Matrix(rows: 2, columns: 3))
    let (sums, dc) = (Matrix(rows: 1, columns: 6), Matrix(rows: 1, columns: 2))
    let span = AttentionSpan(queryStart: 0, queryCount: 1, sourceStart: 0, sourceCount: 2)
    Kernels(threads: 1).coveredBackward(
      Matrix(rows: 1, columns: 2, [0.6, -1.5]), queries: part(0..<3), keys: part(3..<9, rows: 2),
      coverage: part(15..<17), vector: part(9..<12), weight: part(12..<15), spans: [span],
      queryGradient: dq, keyGradient: dk, coverageGradient: dc, partials: sums)
    expectClose(
      dq.elements + dk.elements + sums.elements + dc.elements,
      differences(of: scores, at: x, [0.6, -1.5]), 1e-6, "gradients of q, k, v, w, C")
  }
}

import Testing

@testable import DragomanTensor

/// Every form of product against one chain of fused multiply-adds per element, bit by bit.
@Suite struct `Products` {
  /// m, n, k: nothing, ones, primes, around the tiles (6 × 16, 8 × 12, 14 × 32, 4 × 8), beyond the blocks.
  static let sizes: [(Int, Int, Int)] = [
    (0, 3, 2), (3, 0, 2), (1, 1, 1), (1, 1, 0), (2, 3, 0), (1, 300, 5), (1, 131, 19), (2, 70, 33),
    (3, 130, 7), (4, 31, 11), (5, 16, 3), (6, 17, 29), (7, 32, 13), (8, 12, 31), (13, 33, 5),
    (14, 64, 17), (15, 47, 2), (29, 65, 37), (64, 96, 23), (101, 13, 7), (97, 37, 530),
    (3, 40, 1031), (200, 21, 259), (5, 530, 6),
  ]

  static func chain(
    _ a: Matrix, _ b: Matrix, start: (Int, Int) -> Float
  ) -> Matrix {
    let result = Matrix(rows: a.rows, columns: b.columns)
    for i in 0..<a.rows {
      for j in 0..<b.columns {
        var sum = start(i, j)
        for l in 0..<a.columns { sum = sum.addingProduct(a[i, l], b[l, j]) }
        result[i, j] = sum
      }
    }
    return result
  }

  static func transposed(_ m: Matrix) -> Matrix {
    let result = Matrix(rows: m.columns, columns: m.rows)
    for i in 0..<m.rows {
      for j in 0..<m.columns { result[j, i] = m[i, j] }
    }
    return result
  }

  /// The portable kernels call `fmaf` per number, so they get the small sizes only.
  static func kernels(for size: (Int, Int, Int)) -> [Kernels] {
    everyKernels().filter { $0.instructions != .portable || size.0 * size.1 * size.2 < 100_000 }
  }

  @Test(arguments: sizes) func `of strided operands, from 0, bias and c`(size: (Int, Int, Int)) {
    let (m, n, k) = size
    let (a, b) = (sample(m, k, seed: 1), sample(k, n, seed: 2))
    let (bias, old) = (sample(1, n, seed: 3), sample(m, n, seed: 4))
    let (left, right) = (Framed(a).view, Framed(b, gap: 5).view)
    let leftTransposed = Framed(Products.transposed(a), gap: 1).view
    let rightTransposed = Framed(Products.transposed(b), gap: 2).view
    for kernels in Products.kernels(for: size) {
      let packed = PackedMatrix(right, transposed: false, kernels: kernels)
      let packedTransposed = PackedMatrix(rightTransposed, transposed: true, kernels: kernels)
      for adding in [false, true] {
        for usesBias in [false, true] {
          let expected = Products.chain(a, b) { i, j in
            (adding ? old[i, j] : 0) + (usesBias ? bias[0, j] : 0)
          }
          func check(_ form: String, _ run: (Matrix) -> Void) {
            let c = Framed(old)
            run(c.view)
            expectSame(
              c.view, expected,
              "\(form) \(size), adding \(adding), bias \(usesBias), \(kernels.name)")
            #expect(c.isIntact, "\(form) \(size) wrote outside, \(kernels.name)")
          }
          let row = usesBias ? bias : nil
          check("a·bᵀ") {
            kernels.multiply(left, transposed: rightTransposed, bias: row, into: $0, adding: adding)
          }
          check("packed b") { kernels.multiply(left, packed, bias: row, into: $0, adding: adding) }
          check("packed bᵀ") {
            kernels.multiply(left, packedTransposed, bias: row, into: $0, adding: adding)
          }
          if usesBias { continue }
          check("a·b") { kernels.multiply(left, right, into: $0, adding: adding) }
          check("aᵀ·b") {
            kernels.multiply(transposed: leftTransposed, right, into: $0, adding: adding)
          }
        }
      }
    }
  }

  @Test func `a row has the same bits alone and among others`() {
    let (a, weights) = (sample(67, 300, seed: 1), sample(129, 300, seed: 2))
    for kernels in Kernels.available.map({ Kernels(threads: 2, instructions: $0) }) {
      let packed = PackedMatrix(weights, transposed: true, kernels: kernels)
      let all = Matrix(rows: 67, columns: 129)
      kernels.multiply(a, packed, into: all)
      for i in [0, 1, 13, 66] {
        let one = Matrix(rows: 1, columns: 129)
        kernels.multiply(a.rows(i..<i + 1), packed, into: one)
        expectSame(one, all.rows(i..<i + 1), "row \(i), \(kernels.name)")
      }
    }
  }

  @Test func `k in pieces gives the same bits as k at once`() {
    let (a, b) = (sample(9, 700, seed: 1), sample(700, 50, seed: 2))
    let kernels = Kernels(threads: 1)
    let (whole, pieces) = (Matrix(rows: 9, columns: 50), Matrix(rows: 9, columns: 50))
    kernels.multiply(a, b, into: whole)
    for (from, to) in [(0, 1), (1, 300), (300, 301), (301, 700)] {
      kernels.multiply(a.columns(from..<to), b.rows(from..<to), into: pieces, adding: true)
    }
    expectSame(pieces, whole, "pieces")
  }

  @Test func `infinity and NaN pass through`() {
    let a = Matrix(rows: 1, columns: 2, [.infinity, 1])
    let b = Matrix(rows: 2, columns: 3, [1, -1, 0, 1, 1, 1])
    for kernels in everyKernels() {
      let c = Matrix(rows: 1, columns: 3)
      kernels.multiply(a, b, into: c)
      #expect(c[0, 0] == .infinity && c[0, 1] == -.infinity && c[0, 2].isNaN, "\(kernels.name)")
    }
  }

  @Test func `shapes that do not fit trap`() async {
    await #expect(processExitsWith: .failure) {
      Kernels(threads: 1).multiply(
        Matrix(rows: 2, columns: 3), Matrix(rows: 2, columns: 3), into: Matrix(rows: 2, columns: 3))
    }
    await #expect(processExitsWith: .failure) {
      Kernels(threads: 1).multiply(
        Matrix(rows: 2, columns: 3), transposed: Matrix(rows: 4, columns: 3),
        bias: Matrix(rows: 1, columns: 3), into: Matrix(rows: 2, columns: 4))
    }
  }
}

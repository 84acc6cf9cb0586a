import Testing

@testable import DragomanTensor

@Suite struct `Rows` {
  /// Rows and columns.
  static let shapes = [(0, 5), (1, 1), (3, 16), (7, 17), (5, 131), (40, 3), (11, 1000)]

  /// Runs `body` on a framed copy and compares with `expected`, for all kernels.
  func check(
    _ old: Matrix, _ what: String, expected: Matrix, _ body: (Kernels, Matrix) -> Void
  ) {
    for gap in [0, 3] {
      for kernels in everyKernels() {
        let target = Framed(old, gap: gap)
        body(kernels, target.view)
        expectSame(target.view, expected, "\(what), gap \(gap), \(kernels.name)")
        #expect(target.isIntact, "\(what) wrote outside, \(kernels.name)")
      }
    }
  }

  @Test(arguments: shapes) func `gathered and scattered`(shape: (Int, Int)) {
    let (rows, columns) = shape
    let few = sample(rows, columns, seed: 1)
    let all = sample(rows + 4, columns, seed: 2)
    // 5 i + 2 names every row at most once as long as 5 does not divide the number of rows.
    let count = (rows + 4) % 5 == 0 ? rows + 3 : rows + 4
    let places = (0..<rows).map { Int32(($0 * 5 + 2) % count) }
    let (gathered, scattered, sums) = (copied(few), copied(all), copied(all))
    for (i, place) in places.enumerated() {
      for j in 0..<columns {
        gathered[i, j] = all[Int(place), j]
        scattered[Int(place), j] = few[i, j]
        sums[Int(place), j] += few[i, j]
      }
    }
    check(few, "gather \(shape)", expected: gathered) { $0.gather(places, of: all, into: $1) }
    check(all, "scatter \(shape)", expected: scattered) { $0.scatter(few, to: places, of: $1) }
    check(all, "scatterAdd \(shape)", expected: sums) { $0.scatterAdd(few, to: places, of: $1) }
  }

  @Test func `added to one row many times, in order`() {
    let few = sample(50, 37, seed: 1)
    let all = sample(3, 37, seed: 2)
    let places = (0..<50).map { Int32($0 % 2 * 2) }
    let sums = copied(all)
    for i in 0..<50 {
      for j in 0..<37 { sums[Int(places[i]), j] += few[i, j] }
    }
    check(all, "scatterAdd", expected: sums) { $0.scatterAdd(few, to: places, of: $1) }
  }

  @Test(arguments: shapes) func `copied, added, filled and summed`(shape: (Int, Int)) {
    let (rows, columns) = shape
    let (a, b, row) = (
      sample(rows, columns, seed: 1), sample(rows, columns, seed: 2), sample(1, columns, seed: 3)
    )
    let (sum, total) = (copied(a), copied(row))
    for i in 0..<rows {
      for j in 0..<columns {
        sum[i, j] = b[i, j] + a[i, j]
        total[0, j] += a[i, j]
      }
    }
    let strided = Framed(a, gap: 2).view
    check(b, "copy \(shape)", expected: a) { $0.copy(strided, to: $1) }
    check(b, "add \(shape)", expected: sum) { $0.add(strided, to: $1) }
    check(b, "fill \(shape)", expected: Matrix(rows: rows, columns: columns, repeating: 1.5)) {
      $0.fill($1, with: 1.5)
    }
    check(row, "column sums \(shape)", expected: total) { $0.addColumnSums(of: strided, to: $1) }
  }

  /// Rows that are wider than a cache are written past it, which needs them to begin where a vector can.
  @Test(arguments: [0, 1, 3, 8, 15, 16]) func `wide ones filled, wherever they begin in memory`(
    begin: Int
  ) {
    let whole = Matrix(rows: 1, columns: 200_020)
    let range = begin..<begin + 200_001
    for kernels in everyKernels() {
      kernels.fill(whole, with: 0.25)
      kernels.fill(whole.columns(range), with: 1.5)
      let numbers = whole.elements
      #expect(numbers[range].allSatisfy { $0 == 1.5 }, "\(kernels.name)")
      #expect(
        (numbers[..<begin] + numbers[range.upperBound...]).allSatisfy { $0 == 0.25 },
        "\(kernels.name) wrote outside")
    }
  }

  @Test func `an index outside traps`() async {
    await #expect(processExitsWith: .failure) {
      Kernels(threads: 1).gather(
        [2], of: Matrix(rows: 2, columns: 1), into: Matrix(rows: 1, columns: 1))
    }
    await #expect(processExitsWith: .failure) {
      Kernels(threads: 1).scatterAdd(
        Matrix(rows: 1, columns: 1), to: [-1], of: Matrix(rows: 2, columns: 1))
    }
  }
}

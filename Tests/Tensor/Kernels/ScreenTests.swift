import Testing

@testable import DragomanTensor

@Suite struct `A screen` {
  /// The column of the full product, by the widest kernels; −1 where there is no number.
  static func full(_ x: Matrix, _ weights: Matrix, _ bias: Matrix) -> [Int32] {
    let kernels = Kernels(threads: 1)
    let product = Matrix(rows: x.rows, columns: weights.rows)
    kernels.multiply(x, transposed: weights, bias: bias, into: product)
    return kernels.top(1, of: product, logProbabilities: false).columns
  }

  /// Expects the column of the full product wherever the screen decides, the same on all kernels, and says how many
  /// columns it left of each row.
  @discardableResult static func check(
    _ x: Matrix, _ weights: Matrix, _ bias: Matrix, _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [Int32] {
    let expected = full(x, weights, bias)
    var first: (columns: [Int32], left: [Int32])?
    for kernels in everyKernels() {
      let screen = try #require(
        Screen(weights, bias: bias, kernels: kernels), sourceLocation: sourceLocation)
      let framed = Framed(x)
      let found = kernels.greatest(
        of: framed.view, screen, in: Workspace(kernels: kernels))
      for row in 0..<x.rows {
        let isDecided = found.columns[row] >= 0
        #expect(
          isDecided ? found.columns[row] == expected[row] : found.left[row] > screen.limit,
          "\(what), row \(row), \(kernels.name)", sourceLocation: sourceLocation)
      }
      #expect(framed.isIntact)
      if let first {
        #expect(
          first.columns == found.columns && first.left == found.left, "\(what), \(kernels.name)",
          sourceLocation: sourceLocation)
      }
      first = first ?? found
    }
    return first?.left ?? []
  }

  /// Rows, depth, columns: no two alike, ends of panels, tiles and groups of four on both sides.
  static let shapes = [
    (1, 1, 1), (3, 4, 32), (2, 7, 33), (13, 37, 95), (15, 130, 300), (31, 66, 1000),
  ]

  @Test(arguments: shapes) func `finds the column of the full product`(
    _ shape: (rows: Int, depth: Int, columns: Int)
  ) throws {
    for (seed, range): (UInt64, Float) in [
      (1, 1), (2, 1e-3), (3, 1e8), (4, 1e-18), (5, .leastNormalMagnitude / 8),
    ] {
      let x = sample(shape.rows, shape.depth, seed: seed, in: -range...range)
      let weights = sample(shape.columns, shape.depth, seed: seed + 10)
      let bias = sample(1, shape.columns, seed: seed + 20, in: -0.1...0.1)
      try Self.check(x, weights, bias, "x up to \(range)")
      try Self.check(weights.rows(0..<1), weights, bias, "x is a row of W")
      try Self.check(
        x, sample(shape.columns, shape.depth, seed: seed + 30, in: -range...range), bias,
        "both up to \(range)")
    }
  }

  @Test func `leaves few columns of what a model looks like`() throws {
    let (x, weights) = (
      sample(20, 257, seed: 1, in: -1...1), sample(2000, 257, seed: 2, in: -0.05...0.05)
    )
    let left = try Self.check(x, weights, Matrix(rows: 1, columns: 2000), "uniform")
    #expect(left.allSatisfy { $0 >= 1 && $0 < 40 }, "\(left)")
  }

  @Test func `keeps apart what differs by less than its quanta`() throws {
    let (depth, columns) = (64, 600)
    for seed: UInt64 in 1...20 {
      let x = sample(4, depth, seed: seed, in: -1...1)
      let weights = sample(columns, depth, seed: seed + 100, in: -0.5...0.5)
      // Six rows along the first query, far above the rest, that differ in their last bits or not at all.
      for (index, column) in [411, 17, 300, 31, 32, 599].enumerated() {
        for k in 0..<depth {
          let noise = sample(1, 1, seed: seed &* 1000 &+ UInt64(index * depth + k), in: -1...1)
          weights[column, k] = x[0, k] + (index < 2 ? 0 : noise[0, 0] * 1e-6)
        }
      }
      let bias = sample(1, columns, seed: seed + 200, in: -1e-7...1e-7)
      let left = try Self.check(x, weights, bias, "seed \(seed)")
      #expect(left[0] == 6)
    }
  }

  /// q of a row whose greatest magnitude is 127 quanta, and what is left of the row.
  private func quantized(_ row: [Float]) -> (quanta: [Float], rest: [Float]) {
    let quanta = row.map { $0.rounded(.toNearestOrEven) }
    return (quanta, zip(row, quanta).map { $0 - $1 })
  }

  /// Rows of numbers up to 127, the first one exactly that, so that a quantum is 1.
  private func quantaSized(_ rows: Int, _ depth: Int, seed: UInt64, whole: Bool) -> Matrix {
    let m = sample(rows, depth, seed: seed, in: -126...126)
    for row in 0..<rows {
      for k in 0..<depth where whole { m[row, k] = m[row, k].rounded() }
      m[row, 0] = 127
    }
    return m
  }

  /// Σ a b, in double precision.
  private func dot(_ a: [Float], _ b: [Float]) -> Double {
    zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }

  /// Two columns, of which the quantised numbers prefer the first and the exact ones the second: only the bound of
  /// what is left of x, or of W, keeps the second.
  @Test(arguments: [true, false]) func `keeps a column that only the rests are for`(
    ofQueries: Bool
  ) throws {
    for (depth, seed) in [(40, 1), (333, 2), (1000, 3)] as [(Int, UInt64)] {
      let x = quantaSized(1, depth, seed: seed, whole: !ofQueries)
      let weights = quantaSized(2, depth, seed: seed + 10, whole: true)
      let (quanta, rest) = quantized(x.elements)
      for k in 1..<depth {
        if ofQueries {
          weights[1, k] = max(-127, min(127, weights[0, k] + (rest[k] < 0 ? -3 : 3)))
        } else {
          weights[1, k] += x[0, k] < 0 ? -0.45 : 0.45
        }
      }
      let (first, second) = (weights.rows(0..<1).elements, weights.rows(1..<2).elements)
      let rounded = quantized(second).quanta
      let seen = dot(quanta, rounded) - dot(quanta, first)
      let exact = dot(x.elements, second) - dot(x.elements, first)
      #expect(exact > seen)
      // Half-way between the two, so that each is off by half of what they differ in.
      let bias = Matrix(rows: 1, columns: 2, [0, Float(-(exact + seen) / 2)])
      #expect(Self.full(x, weights, bias) == [1])
      try Self.check(x, weights, bias, "depth \(depth)")
    }
  }

  /// Sums of the same whole numbers in another order: equal, but for what the chain of the full product rounds.
  @Test func `keeps apart what differs by rounding alone`() throws {
    let depth = 200
    for seed: UInt64 in 1...20 {
      let one = quantaSized(1, depth, seed: seed, whole: true)
      let x = Matrix(rows: 1, columns: depth, repeating: 127)
      let weights = Matrix(rows: 60, columns: depth)
      for row in 0..<60 {
        for k in 0..<depth { weights[row, k] = one[0, (k * 7 + row * 11) % depth] }
      }
      let bias = Matrix(rows: 1, columns: 60, repeating: 1e9)
      // Twice as many columns as may be left, or fewer: 60 are more than 16.
      for columns in [12, 60] {
        let bias = bias.columns(0..<columns)
        let left = try Self.check(x, weights.rows(0..<columns), bias, "seed \(seed)")
        #expect(left == [Int32(min(columns, 17))])
      }
    }
  }

  /// Every term of the first column's sum is 1, half a unit of the last place of what it is added to, and is lost.
  @Test func `keeps a column that wins because the other's sum loses every term`() throws {
    let depth = 2000
    let x = Matrix(rows: 1, columns: depth, repeating: 0x1p-7)
    let weights = Matrix(rows: 2, columns: depth)
    for k in 0..<depth { weights[0, k] = 0x1p7 }
    let bias = Matrix(rows: 1, columns: 2, [0x1p24, 0x1p24 + 1000])
    #expect(Self.full(x, weights, bias) == [1])
    #expect(try Self.check(x, weights, bias, "lost terms") == [2])
  }

  @Test func `takes the first of equal columns`() throws {
    let x = sample(3, 40, seed: 1)
    let weights = sample(200, 40, seed: 2, in: -0.1...0.1)
    for column in [150, 20, 75, 21] { for k in 0..<40 { weights[column, k] = x[1, k] } }
    try Self.check(x, weights, Matrix(rows: 1, columns: 200), "equal rows")
    #expect(Self.full(x, weights, Matrix(rows: 1, columns: 200))[1] == 20)
  }

  @Test func `finds columns of any size and none`() throws {
    let x = sample(9, 50, seed: 1)
    let weights = sample(700, 50, seed: 2)
    let bias = sample(1, 700, seed: 3)
    for row in 0..<700 {
      let scale: Float = [0, .leastNonzeroMagnitude, 1e-20, 1e-3, 1, 1e4, 1e12][row % 7]
      for k in 0..<50 { weights[row, k] *= scale }
      if row % 5 == 0 { bias[0, row] *= scale }
    }
    try Self.check(x, weights, bias, "rows of all sizes")
    // One number of a row far above its others: nearly all of it is left over.
    for row in 0..<700 { weights[row, row % 50] += row % 3 == 0 ? 300 : 0 }
    try Self.check(x, weights, bias, "one number stands out")
    try Self.check(Matrix(rows: 3, columns: 50), weights, bias, "x is 0: the bias decides")
    for row in 0..<9 { x[row, row] = 1e6 }
    try Self.check(x, weights, bias, "one number of x stands out")
  }

  @Test func `says so where too many columns are left`() throws {
    let (x, weights) = (sample(2, 12, seed: 1), Matrix(rows: 800, columns: 12, repeating: 0.5))
    let left = try Self.check(x, weights, Matrix(rows: 1, columns: 800), "all equal")
    #expect(left == [26, 26], "one more than an 32nd of the columns")
  }

  @Test func `does not decide about rows that are not numbers or too large`() throws {
    let x = sample(8, 30, seed: 1)
    (x[1, 3], x[2, 29], x[4, 0], x[6, 7]) = (.nan, .infinity, -.infinity, 1e30)
    let weights = sample(900, 30, seed: 2)
    let bias = Matrix(rows: 1, columns: 900)
    let left = try Self.check(x, weights, bias, "odd rows")
    for row in 0..<8 { #expect((left[row] > 28) == [1, 2, 4, 6].contains(row), "row \(row)") }
  }

  @Test func `does not exist for weights that are not numbers, too large or too long`() {
    for odd: Float in [.nan, .infinity, -.infinity, 1e30] {
      for kernels in everyKernels() {
        let (weights, bias) = (sample(40, 9, seed: 1), Matrix(rows: 1, columns: 40))
        #expect(Screen(weights, bias: bias, kernels: kernels) != nil)
        weights[39, 8] = odd
        #expect(Screen(weights, bias: bias, kernels: kernels) == nil, "\(kernels.name)")
        weights[39, 8] = 0
        bias[0, 33] = odd
        #expect(Screen(weights, bias: bias, kernels: kernels) == nil, "\(kernels.name)")
      }
    }
    let long = Matrix(rows: 2, columns: 1 << 14 + 1)
    #expect(
      Screen(long, bias: Matrix(rows: 1, columns: 2), kernels: Kernels(threads: 1)) == nil)
  }

  @Test func `adds up the longest rows without loss`() throws {
    let depth = 1 << 14
    let weights = Matrix(rows: 40, columns: depth, repeating: -1)
    for k in 0..<depth { weights[7, k] = 1 }
    for sign: Float in [1, -1] {
      let x = Matrix(rows: 2, columns: depth, repeating: sign)
      let left = try Self.check(x, weights, Matrix(rows: 1, columns: 40), "sign \(sign)")
      #expect(sign < 0 || left == [1, 1])
    }
  }

  @Test func `is fast on wide kernels only`() {
    #expect(!Kernels(threads: 1, instructions: .portable).screensAreFast)
  }

  @Test func `of another length traps`() async {
    await #expect(processExitsWith: .failure) {
      let kernels = Kernels(threads: 1)
      guard
        let screen = Screen(
          Matrix(rows: 3, columns: 4), bias: Matrix(rows: 1, columns: 3), kernels: kernels)
      else { return }
      _ = kernels.greatest(
        of: Matrix(rows: 1, columns: 5), screen, in: Workspace(kernels: kernels))
    }
  }
}

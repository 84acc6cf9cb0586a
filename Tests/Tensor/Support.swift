import Testing

@testable import DragomanTensor

/// All kernels that have to agree: every instruction set of this machine on 1, 2 and 3 threads, eager, so
/// that small calls are cut as well.
func everyKernels() -> [Kernels] {
  Kernels.available.flatMap { set in
    (1...3).map { Kernels(threads: $0, instructions: set, eager: true) }
  }
}

extension Kernels {
  /// For messages: `avx2 on 3 threads`.
  var name: String { "\(instructions.rawValue) on \(threads) threads" }
}

/// A matrix inside a larger one full of NaN: views with a stride, and a frame that nobody may touch.
struct Framed {
  let whole: Matrix
  let view: Matrix

  /// A copy of `elements` with `gap` columns of NaN to its right, and a row of NaN below.
  init(rows: Int, columns: Int, _ elements: [Float], gap: Int) {
    whole = Matrix(rows: rows + 1, columns: columns + gap, repeating: .nan)
    view = whole.rows(0..<rows).columns(0..<columns)
    for i in 0..<rows {
      for j in 0..<columns { view[i, j] = elements[i * columns + j] }
    }
  }

  init(_ matrix: Matrix, gap: Int = 3) {
    self.init(rows: matrix.rows, columns: matrix.columns, matrix.elements, gap: gap)
  }

  /// Whether the frame still is NaN all over.
  var isIntact: Bool {
    for i in 0..<whole.rows {
      for j in 0..<whole.columns where i >= view.rows || j >= view.columns {
        if !whole[i, j].isNaN { return false }
      }
    }
    return true
  }
}

/// Numbers for tests, from our own generator, so that a failure comes again.
func sample(
  _ rows: Int, _ columns: Int, seed: UInt64, in range: ClosedRange<Float> = -2...2
) -> Matrix {
  var random = Random(seed: seed, stream: UInt64(rows * 100_003 + columns))
  let width = range.upperBound - range.lowerBound
  return Matrix(
    rows: rows, columns: columns,
    (0..<rows * columns).map { _ in range.lowerBound + width * Float(random.uniform()) })
}

/// Another matrix with the same elements.
func copied(_ m: Matrix) -> Matrix {
  Matrix(rows: m.rows, columns: m.columns, m.elements)
}

/// Expects equal bits, any NaN being equal to any other, and names the first place where they differ.
func expectSame(
  _ found: [Float], _ expected: [Float], _ what: @autoclosure () -> String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard found.count == expected.count else {
    Issue.record(
      "\(what()): \(found.count) elements instead of \(expected.count)",
      sourceLocation: sourceLocation)
    return
  }
  let place = found.indices.first {
    found[$0].bitPattern != expected[$0].bitPattern && !(found[$0].isNaN && expected[$0].isNaN)
  }
  guard let place else { return }
  Issue.record(
    "\(what()): element \(place) is \(found[place]), expected \(expected[place])",
    sourceLocation: sourceLocation)
}

func expectSame(
  _ found: Matrix, _ expected: Matrix, _ what: @autoclosure () -> String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  expectSame(found.elements, expected.elements, what(), sourceLocation: sourceLocation)
}

/// Expects every element within `tolerance`, and names the worst.
func expectClose(
  _ found: [Float], _ expected: [Double], _ tolerance: Double, _ what: @autoclosure () -> String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(found.count == expected.count, "\(what())", sourceLocation: sourceLocation)
  let worst = zip(found, expected).enumerated().max {
    abs(Double($0.element.0) - $0.element.1) < abs(Double($1.element.0) - $1.element.1)
  }
  guard let worst else { return }
  let (one, other) = worst.element
  if !(abs(Double(one) - other) <= tolerance) {
    Issue.record(
      "\(what()): element \(worst.offset) is \(one), expected \(other) ± \(tolerance)",
      sourceLocation: sourceLocation)
  }
}

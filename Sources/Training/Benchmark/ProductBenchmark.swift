package import DragomanTensor

/// Times a product of matrices: the operation that training mostly consists of.
package struct ProductBenchmark: Sendable, Equatable {
  /// Which operand is transposed, as the three products of a linear layer need it.
  package enum Form: String, Sendable, CaseIterable {
    /// x·Wᵀ: the forward pass.
    case linear
    /// x·Wᵀ with W packed before, as in a time loop.
    case packed
    /// ∂y·W: the gradient of the input.
    case inputGradient
    /// ∂yᵀ·x, added to what is there: the gradient of the weight.
    case weightGradient
  }

  /// Rows of the result.
  package let rows: Int
  /// Columns of the result.
  package let columns: Int
  /// The length of the sums.
  package let depth: Int
  /// How the operands lie in memory.
  package let form: Form

  /// A product `[rows, depth]` by `[depth, columns]`.
  package init(_ rows: Int, _ columns: Int, _ depth: Int, _ form: Form) {
    self.rows = rows
    self.columns = columns
    self.depth = depth
    self.form = form
  }

  /// Floating-point operations, two per multiply-add.
  package var operations: Double { 2 * Double(rows) * Double(columns) * Double(depth) }

  /// Shapes in the order rows × columns × depth: squares, an output layer forwards and backwards, steps of recurrent
  /// layers, and the output of one sentence.
  package static let common = [
    ProductBenchmark(1024, 1024, 1024, .linear), ProductBenchmark(1280, 8000, 768, .linear),
    ProductBenchmark(640, 768, 8000, .inputGradient),
    ProductBenchmark(8000, 768, 640, .weightGradient), ProductBenchmark(64, 768, 512, .packed),
    ProductBenchmark(64, 1536, 512, .packed), ProductBenchmark(32, 3072, 2048, .packed),
    ProductBenchmark(1, 8000, 768, .packed),
  ]

  /// Seconds of one product: the median of several rounds, each of several products.
  package func run(_ kernels: Kernels) -> Double {
    let a =
      form == .weightGradient ? matrix(depth, rows, kernels) : matrix(rows, depth, kernels)
    let b =
      form == .linear || form == .packed
      ? matrix(columns, depth, kernels) : matrix(depth, columns, kernels)
    let c = Matrix(rows: rows, columns: columns)
    let packed = form == .packed ? kernels.pack(b, transposed: true) : nil
    func multiply() {
      switch form {
      case .linear: kernels.multiply(a, transposed: b, into: c)
      case .packed: packed.map { kernels.multiply(a, $0, into: c) }
      case .inputGradient: kernels.multiply(a, b, into: c)
      case .weightGradient: kernels.multiply(transposed: a, b, into: c, adding: true)
      }
    }
    // A round of about ten milliseconds, so that neither the clock nor an interruption counts.
    let once = Timing.median(3, warmUp: 1, multiply)
    let repeats = max(1, min(10_000, Int(0.01 / max(once, 1e-7))))
    let round = Timing.median(9) { for _ in 0..<repeats { multiply() } }
    return round / Double(repeats)
  }

  /// Small numbers, all different from 0, so that no product is denormal.
  private func matrix(_ rows: Int, _ columns: Int, _ kernels: Kernels) -> Matrix {
    let result = Matrix(rows: rows, columns: columns)
    kernels.fill(result, with: 1e-3)
    return result
  }
}

/// Medians of wall-clock times.
enum Timing {
  /// Seconds of one run of `body`.
  static func seconds(_ body: () throws -> Void) rethrows -> Double {
    let (seconds, attoseconds) = try ContinuousClock().measure(body).components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }

  /// Seconds of a run of `body`: the median of `count` runs, after some that do not count.
  static func median(_ count: Int, warmUp: Int = 2, _ body: () -> Void) -> Double {
    withoutActuallyEscaping(body) { medians(count, warmUp: warmUp, [$0])[0] }
  }

  /// The same of several bodies, which run by turns.
  static func medians(_ count: Int, warmUp: Int = 2, _ bodies: [() -> Void]) -> [Double] {
    let clock = ContinuousClock()
    for _ in 0..<warmUp { for body in bodies { body() } }
    let rounds = (0..<count).map { _ in bodies.map { clock.measure($0) } }
    return bodies.indices.map { index in
      let (seconds, attoseconds) = rounds.map { $0[index] }.sorted()[count / 2].components
      return Double(seconds) + Double(attoseconds) * 1e-18
    }
  }
}

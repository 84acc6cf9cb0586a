import Testing

@testable import DragomanTensor

@Suite struct `Weights in eight bits` {
  /// A matrix that is whole numbers times a scale for each row, as a model file stores it.
  private func coded(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix {
    let matrix = sample(rows, columns, seed: seed)
    for row in 0..<rows {
      let greatest = (0..<columns).map { matrix[row, $0].magnitude }.max() ?? 0
      let scale = row % 7 == 6 ? 0 : greatest / 127
      for column in 0..<columns {
        let code = scale == 0 ? 0 : (matrix[row, column] / scale).rounded(.toNearestOrEven)
        matrix[row, column] = min(max(code, -127), 127) * scale
      }
    }
    return matrix
  }

  /// The same chain as that of floats, on every instruction set and any number of threads, to the bit.
  @Test(arguments: [1, 2, 3, 4, 5])
  func `give the bits of the floats that they stand for`(_ rows: Int) throws {
    for (depth, columns) in [(1, 1), (7, 31), (48, 37), (16, 130), (1100, 200), (65, 515), (3, 32)]
    {
      let weights = coded(columns, depth, seed: UInt64(depth))
      let a = Framed(sample(rows, depth, seed: 5))
      let bias = sample(1, columns, seed: 6)
      let start = sample(rows, columns, seed: 7)
      for kernels in everyKernels() {
        let packed = PackedMatrix(weights, transposed: true, kernels: kernels, codedFrom: 0)
        #expect(packed.codes != nil, "\(depth) × \(columns)")
        for (hasBias, adding) in [(false, false), (true, false), (false, true), (true, true)] {
          let (found, expected) = (Framed(start), Framed(start))
          let bias = hasBias ? bias : nil
          kernels.multiply(a.view, packed, bias: bias, into: found.view, adding: adding)
          kernels.multiply(
            a.view, transposed: weights, bias: bias, into: expected.view, adding: adding)
          expectSame(
            found.view, expected.view, "\(kernels.name), \(rows) × \(depth) × \(columns)")
          #expect(found.isIntact)
        }
      }
    }
  }

  /// The scalar twin: each number made again, and one chain of fused multiply-adds.
  @Test func `are chains of fused multiply-adds`() throws {
    let weights = coded(70, 33, seed: 3)
    let codes = try #require(RowCodes(weights))
    let a = sample(4, 33, seed: 4)
    for kernels in everyKernels() {
      let found = Matrix(rows: 4, columns: 70)
      kernels.multiply(
        a, PackedMatrix(weights, transposed: true, kernels: kernels, codedFrom: 0), into: found)
      for row in 0..<4 {
        for column in 0..<70 {
          var sum: Float = 0
          for l in 0..<33 {
            let number = Float(codes.codes[column * 33 + l]) * codes.scales[column]
            sum.addProduct(a[row, l], number)
          }
          #expect(found[row, column] == sum, "\(kernels.name)")
        }
      }
    }
  }

  @Test func `are known by their numbers, whatever the scale`() throws {
    for seed in 0..<60 as Range<UInt64> {
      let weights = coded(50, 40, seed: seed)
      Kernels(threads: 1).scale(weights, by: seed % 3 == 0 ? 1 : 0x1p-20)
      let codes = try #require(RowCodes(weights), "\(seed)")
      for row in 0..<50 {
        for column in 0..<40 {
          #expect(
            Float(codes.codes[row * 40 + column]) * codes.scales[row] == weights[row, column])
        }
      }
    }
  }

  @Test func `are no others`() {
    #expect(RowCodes(sample(3, 40, seed: 1)) == nil)
    for value in [Float.nan, .infinity, 1.2345] {
      let weights = coded(5, 40, seed: 2)
      weights[3, 7] = value
      #expect(RowCodes(weights) == nil, "\(value)")
    }
    let weights = coded(5, 40, seed: 2)
    weights[4, 0] = weights[4, 0].nextUp
    #expect(RowCodes(weights) == nil)
    #expect(
      PackedMatrix(weights, transposed: true, kernels: Kernels(threads: 1), codedFrom: 0).codes
        == nil)
    // Small ones are faster as floats.
    let small = coded(5, 40, seed: 2)
    #expect(PackedMatrix(small, transposed: true, kernels: Kernels(threads: 1)).codes == nil)
    let large = coded(512, 512, seed: 2)
    #expect(PackedMatrix(large, transposed: true, kernels: Kernels(threads: 1)).codes != nil)
    // What is packed for the steps of a training is not looked at.
    let workspace = Workspace(kernels: Kernels(threads: 1))
    let kernels = workspace.kernels
    #expect(kernels.pack(coded(5, 40, seed: 2), transposed: true, in: workspace).codes == nil)
  }
}

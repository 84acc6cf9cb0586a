import Testing

@testable import DragomanTensor

/// Batch normalisation bit by bit against its twin: chains over blocks of 64 rows, and over the blocks in Double.
@Suite struct `Batch normalization` {
  /// What a column becomes, and what comes back through it.
  struct Twin {
    var y: [Float], back: [Float], fixed: [Float]
    var mean: Float, unbiased: Float, gain: Float, bias: Float

    init(_ x: [Float], _ delta: [Float], gain g: Float, bias b: Float, epsilon: Float) {
      let blocks = stride(from: 0, to: x.count, by: 64).map { $0..<min($0 + 64, x.count) }
      let count = Double(x.count)
      let sums = blocks.map { x[$0].reduce(0, +) }
      let squares = zip(blocks, sums).map { block, sum in
        let mean = sum / Float(block.count)
        return x[block].reduce(0 as Float) { $0.addingProduct($1 - mean, $1 - mean) }
      }
      let average = sums.reduce(0.0) { $0 + Double($1) } / count
      var total = 0.0
      for ((block, sum), square) in zip(zip(blocks, sums), squares) {
        let d = Double(sum) / Double(block.count) - average
        total += Double(square) + Double(block.count) * (d * d)
      }
      mean = Float(average)
      unbiased = Float(total / (count - 1))
      let inverse = 1 / (Float(total / count) + epsilon).squareRoot()
      let center = mean
      let hat = x.map { ($0 - center) * inverse }
      y = hat.map { b.addingProduct(g, $0) }
      func summed(_ term: (Float, Int) -> Float) -> Double {
        blocks.reduce(0.0) { $0 + Double($1.reduce(0 as Float, term)) }
      }
      let sum = summed { $0 + delta[$1] }
      let products = summed { $0.addingProduct(delta[$1], hat[$1]) }
      (bias, gain) = (Float(sum), Float(products))
      let (first, second) = (Float(sum / count), Float(products / count))
      back = zip(delta, hat).map {
        ($0 - first).addingProduct(-$1, second) * (g * inverse)
      }
      fixed = delta.map { $0 * (g * inverse) }
    }
  }

  @Test(arguments: [(2, 3), (63, 1), (64, 17), (65, 5), (300, 35)])
  func `has the bits of the twin, forward and back`(shape: (Int, Int)) {
    let (rows, columns) = shape
    let (x, delta) = (sample(rows, columns, seed: 1, in: -3...9), sample(rows, columns, seed: 2))
    let (gain, bias) = (sample(1, columns, seed: 3), sample(1, columns, seed: 4))
    let twins = (0..<columns).map { c in
      Twin(
        (0..<rows).map { x[$0, c] }, (0..<rows).map { delta[$0, c] }, gain: gain[0, c],
        bias: bias[0, c], epsilon: 1e-3)
    }
    func matrix(_ column: (Twin) -> [Float]) -> [Float] {
      let columns = twins.map(column)
      return (0..<columns[0].count).flatMap { row in columns.map { $0[row] } }
    }
    for kernels in everyKernels() {
      let workspace = Workspace(kernels: kernels)
      let statistics = BatchStatistics(columns: columns, workspace)
      let (image, result, back) = (Framed(x), Framed(delta, gap: 2), Framed(delta))
      kernels.batchStatistics(of: image.view, epsilon: 1e-3, into: statistics, workspace)
      expectSame(statistics.mean.elements, twins.map(\.mean), "mean, \(kernels.name)")
      expectSame(
        statistics.unbiasedVariance.elements, twins.map(\.unbiased), "variance, \(kernels.name)")
      kernels.batchNormalize(
        image.view, statistics, gain: gain, bias: bias, into: result.view)
      expectSame(result.view.elements, matrix(\.y), "y, \(kernels.name)")
      for ofBatch in [true, false] {
        let (dGain, dBias) = (Matrix(rows: 1, columns: columns), Matrix(rows: 1, columns: columns))
        kernels.copy(delta, to: back.view)
        kernels.batchNormalizeBackward(
          back.view, input: image.view, statistics, ofBatch: ofBatch, gain: gain,
          gainGradient: dGain, biasGradient: dBias, workspace)
        expectSame(back.view.elements, matrix(ofBatch ? \.back : \.fixed), "∂x, \(kernels.name)")
        expectSame(dGain.elements, twins.map(\.gain), "∂γ, \(kernels.name)")
        expectSame(dBias.elements, twins.map(\.bias), "∂b, \(kernels.name)")
      }
      for frame in [image, result, back] { #expect(frame.isIntact, "\(kernels.name)") }
    }
  }

  @Test func `running statistics are those of the batch, if they are equal`() {
    for kernels in everyKernels() {
      let workspace = Workspace(kernels: kernels)
      let statistics = BatchStatistics(columns: 5, workspace)
      let (mean, variance) = (sample(1, 5, seed: 1), sample(1, 5, seed: 2, in: 0.1...4))
      kernels.runningStatistics(mean: mean, variance: variance, epsilon: 1e-5, into: statistics)
      expectSame(statistics.mean, mean, "mean, \(kernels.name)")
      expectSame(
        statistics.rows.rows(1..<2).elements,
        variance.elements.map { 1 / ($0 + 1e-5).squareRoot() }, "deviation, \(kernels.name)")
    }
  }
}

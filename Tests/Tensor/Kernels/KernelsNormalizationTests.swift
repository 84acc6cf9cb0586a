import Testing

@testable import DragomanTensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Layer normalisation bit by bit against its twin, and its gradients against differences in Double.
@Suite struct `Normalization` {
  static let epsilon: Float = 1e-5

  /// Rows, gates and units.
  @Test(arguments: [(1, 1, 1), (3, 3, 7), (5, 4, 16), (2, 3, 37), (9, 4, 100)])
  func `has the bits of the twin, forward and back`(shape: (Int, Int, Int)) {
    let (rows, gates, size) = shape
    let x = sample(rows, gates * size, seed: 1, in: -3...4)
    let (gain, bias) = (sample(1, gates * size, seed: 2), sample(1, gates * size, seed: 3))
    let delta = sample(rows, gates * size, seed: 4)
    let (values, y, products, back) = (copied(x), copied(x), copied(x), copied(x))
    for i in 0..<rows {
      for first in stride(from: 0, to: gates * size, by: size) {
        let mean = Twin.lanes(size) { $0 + x[i, first + $1] } / Float(size)
        let squares = Twin.lanes(size) { sum, j in
          let d = x[i, first + j] - mean
          return sum.addingProduct(d, d)
        }
        let scale = 1 / (squares / Float(size) + Self.epsilon).squareRoot()
        for j in first..<(first + size) {
          values[i, j] = (x[i, j] - mean) * scale
          y[i, j] = bias[0, j].addingProduct(gain[0, j], values[i, j])
        }
        func g(_ j: Int) -> Float { delta[i, first + j] * gain[0, first + j] }
        let average = Twin.lanes(size) { $0 + g($1) } / Float(size)
        let slope =
          Twin.lanes(size) { $0.addingProduct(g($1), values[i, first + $1]) } / Float(size)
        for j in 0..<size {
          back[i, first + j] =
            (g(j) - average).addingProduct(-values[i, first + j], slope) * scale
          products[i, first + j] = delta[i, first + j] * values[i, first + j]
        }
      }
    }
    for kernels in everyKernels() {
      let (m, gradient) = (Framed(x), Framed(delta, gap: 5))
      let kept = NormalizedRows(
        rows: rows, gates: gates, size: size, Workspace(kernels: kernels))
      kernels.normalize(m.view, gain: gain, bias: bias, gates: gates, keeping: kept)
      expectSame(m.view, y, "y, \(kernels.name)")
      expectSame(kept.values, values, "x̂, \(kernels.name)")
      kernels.normalizeBackward(gradient.view, gain: gain, gates: gates, kept)
      expectSame(gradient.view, back, "∂x, \(kernels.name)")
      expectSame(kept.values, products, "∂y ⊙ x̂, \(kernels.name)")
      let alone = Framed(x, gap: 1)
      kernels.normalize(alone.view, gain: gain, bias: bias, gates: gates)
      expectSame(alone.view, y, "y alone, \(kernels.name)")
      #expect(m.isIntact && gradient.isIntact && alone.isIntact)
    }
  }

  /// One gate of each row varies, and one does not, as where dropout has taken all that it was made of.
  @Test func `has no gradient where numbers are all alike`() {
    let size = 7
    for kernels in everyKernels() {
      let m = sample(3, 2 * size, seed: 1)
      for row in 0..<3 {
        for column in 0..<size { m[row, column] = Float(row) }
      }
      let gain = sample(1, 2 * size, seed: 2, in: 1...2)
      let kept = NormalizedRows(rows: 3, gates: 2, size: size, Workspace(kernels: kernels))
      kernels.normalize(m, gain: gain, bias: gain, gates: 2, keeping: kept)
      let gradient = sample(3, 2 * size, seed: 3)
      kernels.normalizeBackward(gradient, gain: gain, gates: 2, kept)
      for row in 0..<3 {
        #expect((0..<size).allSatisfy { m[row, $0] == gain[0, $0] }, "\(kernels.name)")
        #expect((0..<size).allSatisfy { gradient[row, $0] == 0 }, "\(kernels.name)")
        #expect((size..<(2 * size)).contains { gradient[row, $0] != 0 }, "\(kernels.name)")
      }
    }
  }

  /// y of one gate of three from (x, γ, β), in Double.
  static func normalized(_ x: [Double]) -> [Double] {
    let mean = x[0..<3].reduce(0, +) / 3
    let variance = x[0..<3].reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3
    return (0..<3).map { x[3 + $0] * (x[$0] - mean) / (variance + 1e-5).squareRoot() + x[6 + $0] }
  }

  @Test func `gradients are those of the equations`() {
    let x: [Double] = [0.3, -0.7, 0.9, 1.2, 0.4, -1.1, 0.1, -0.2, 0.5]
    let weights = [0.6, -0.3, 0.8]
    let kernels = Kernels(threads: 1)
    func row(_ values: [Double]) -> Matrix {
      Matrix(rows: 1, columns: values.count, values.map { Float($0) })
    }
    let m = row(Array(x[0..<3]))
    let (gain, bias) = (row(Array(x[3..<6])), row(Array(x[6..<9])))
    let kept = NormalizedRows(rows: 1, gates: 1, size: 3, Workspace(kernels: kernels))
    kernels.normalize(m, gain: gain, bias: bias, gates: 1, keeping: kept)
    expectClose(m.elements, Self.normalized(x), 1e-6, "y")
    let gradient = row(weights)
    kernels.normalizeBackward(gradient, gain: gain, gates: 1, kept)
    expectClose(
      gradient.elements + kept.values.elements + weights.map { Float($0) },
      differences(of: Self.normalized, at: x, weights), 1e-5, "gradients of x, γ, β")
  }

  @Test func `equal numbers become the bias and have no gradient`() {
    let kernels = Kernels(threads: 1)
    let m = Matrix(rows: 1, columns: 5, repeating: 3)
    let (gain, bias) = (sample(1, 5, seed: 1), sample(1, 5, seed: 2))
    kernels.normalize(m, gain: gain, bias: bias, gates: 1)
    #expect(m.elements == bias.elements)
  }
}

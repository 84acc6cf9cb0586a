import Testing

@testable import DragomanTensor

@Suite struct `Optimizer` {
  static let sizes = [1, 16, 37, 5000]

  @Test(arguments: sizes + [9001, 1_200_003])
  func `sum of squares in Double, equal on all threads`(size: Int) {
    let m = sample(1, size, seed: 1)
    let truth = m.elements.reduce(0.0) { $0 + Double($1) * Double($1) }
    let sums = everyKernels().map { $0.sumOfSquares(m) }
    #expect(Set(sums.map(\.bitPattern)).count == 1, "\(sums)")
    #expect(abs(sums[0] - truth) <= 1e-12 * truth)
    // By definition: lanes within chunks of 4096 (or more), chunk after chunk.
    let even = ((size + 255) / 256 + 15) / 16 * 16
    let chunk = max(even, 4096)
    var total = 0.0
    for start in stride(from: 0, to: size, by: chunk) {
      var lanes = [Double](repeating: 0, count: 16)
      for j in start..<min(start + chunk, size) {
        let x = Double(m[0, j])
        lanes[(j - start) % 16].addProduct(x, x)
      }
      total += lanes.reduce(0, +)
    }
    #expect(sums[0] == total)
  }

  @Test func `sum of squares of a strided matrix`() {
    let m = sample(5, 37, seed: 1)
    let truth = m.elements.reduce(0.0) { $0 + Double($1) * Double($1) }
    for kernels in everyKernels() {
      #expect(abs(kernels.sumOfSquares(Framed(m).view) - truth) < 1e-12 * truth)
    }
  }

  @Test(arguments: sizes) func `scale`(size: Int) {
    let m = sample(1, size, seed: 1)
    for kernels in everyKernels() {
      let scaled = copied(m)
      kernels.scale(scaled, by: 0.3)
      expectSame(scaled.elements, m.elements.map { $0 * 0.3 }, kernels.name)
    }
  }

  @Test(arguments: sizes) func `Adam has the bits of the twin`(size: Int) {
    let (w, g) = (sample(1, size, seed: 1), sample(1, size, seed: 2))
    let (m, v) = (sample(1, size, seed: 3), sample(1, size, seed: 4, in: 0...1))
    let rate = Float(Double(0.01 as Float) / (1 - Double(0.9 as Float) * Double(0.9 as Float)))
    let (b1, b2) = (Double(0.9 as Float), Double(0.999 as Float))
    let root = Float(1 / (1 - b2 * b2).squareRoot())
    let (rest1, rest2) = (Float(1 - b1), Float(1 - b2))
    let (nw, nm, nv) = (copied(w), copied(m), copied(v))
    for j in 0..<size {
      let gradient = g[0, j] * 0.5
      nm[0, j] = m[0, j].addingProduct(rest1, gradient - m[0, j])
      let rise = (-v[0, j]).addingProduct(gradient, gradient)
      nv[0, j] = v[0, j].addingProduct(rest2, rise)
      let denominator = (1e-8 as Float).addingProduct(nv[0, j].squareRoot(), root)
      nw[0, j] = w[0, j] - rate * nm[0, j] / denominator
    }
    for kernels in everyKernels() {
      let (fw, fm, fv) = (copied(w), copied(m), copied(v))
      kernels.adam(
        weights: fw, gradients: g, first: fm, second: fv, scale: 0.5, learningRate: 0.01,
        beta1: 0.9, beta2: 0.999, epsilon: 1e-8, step: 2)
      expectSame(fm, nm, "first moment, \(kernels.name)")
      expectSame(fv, nv, "second moment, \(kernels.name)")
      expectSame(fw, nw, "weights, \(kernels.name)")
    }
  }

  /// The published algorithm, in Double, over ten steps of a changing gradient.
  @Test func `Adam follows the paper`() {
    var (w, m, v) = (0.5, 0.0, 0.0)
    let kernels = Kernels(threads: 1)
    let (weights, gradients) = (Matrix(rows: 1, columns: 1, [0.5]), Matrix(rows: 1, columns: 1))
    let (first, second) = (Matrix(rows: 1, columns: 1), Matrix(rows: 1, columns: 1))
    for step in 1...10 {
      let g = 1 / Double(step) - 0.3
      m = 0.9 * m + 0.1 * g
      v = 0.999 * v + 0.001 * g * g
      var (power1, power2) = (1.0, 1.0)
      for _ in 0..<step { (power1, power2) = (power1 * 0.9, power2 * 0.999) }
      w -= 0.01 * (m / (1 - power1)) / ((v / (1 - power2)).squareRoot() + 1e-8)
      gradients[0, 0] = Float(g) * 4
      kernels.adam(
        weights: weights, gradients: gradients, first: first, second: second, scale: 0.25,
        learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, step: step)
      expectClose(weights.elements, [w], 1e-6, "step \(step)")
    }
  }

  @Test(arguments: sizes) func `momentum has the bits of the twin`(size: Int) {
    let (w, g, v) = (sample(1, size, seed: 1), sample(1, size, seed: 2), sample(1, size, seed: 3))
    let (nw, nv) = (copied(w), copied(v))
    for j in 0..<size {
      nv[0, j] = (g[0, j] * 0.5).addingProduct(0.9, v[0, j])
      nw[0, j] = w[0, j].addingProduct(-0.01, nv[0, j])
    }
    for kernels in everyKernels() {
      let (fw, fv) = (copied(w), copied(v))
      kernels.momentum(
        weights: fw, gradients: g, velocity: fv, scale: 0.5, learningRate: 0.01, momentum: 0.9)
      expectSame(fv, nv, "velocity, \(kernels.name)")
      expectSame(fw, nw, "weights, \(kernels.name)")
    }
  }

  @Test(arguments: sizes) func `approach has the bits of the twin`(size: Int) {
    let (m, target) = (sample(1, size, seed: 1), sample(1, size, seed: 2))
    let expected = copied(m)
    for j in 0..<size {
      expected[0, j] = m[0, j].addingProduct(0.1, target[0, j] - m[0, j])
    }
    for kernels in everyKernels() {
      let found = copied(m)
      kernels.approach(found, target, share: 0.1)
      expectSame(found, expected, kernels.name)
    }
  }
}

import Testing

@testable import DragomanTensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct `Output` {
  static let shapes = [(1, 1), (3, 16), (5, 37), (2, 1000), (17, 5)]

  struct Softmax {
    let top: Float
    let exponentials: [Float]
    let sum: Float

    init(_ row: [Float]) {
      let top = row.reduce(-.infinity) { $1 > $0 ? $1 : $0 }
      self.top = top
      exponentials = row.map { Twin.exp($0 - top) }
      sum = Twin.lanes(row.count) { [exponentials] in $0 + exponentials[$1] }
    }
  }

  @Test(arguments: shapes) func `cross-entropy and its gradient have the bits of the twin`(
    shape: (Int, Int)
  ) {
    let logits = sample(shape.0, shape.1, seed: 1, in: -10...10)
    let targets = (0..<shape.0).map { Int32($0 * 7 % shape.1) }
    var (expected, gradient): ([Float], [Float]) = ([], [])
    for i in 0..<shape.0 {
      let softmax = Softmax(logits.rows(i..<i + 1).elements)
      let target = Int(targets[i])
      expected.append(Twin.log(softmax.sum) - (logits[i, target] - softmax.top))
      let factor = 0.125 / softmax.sum
      var row = softmax.exponentials.map { $0 * factor }
      row[target] -= 0.125
      gradient += row
    }
    for kernels in everyKernels() {
      let m = Framed(logits)
      var losses = [Float](repeating: 9, count: shape.0 + 3)
      kernels.crossEntropy(
        m.view, targets: targets[...], losses: &losses, at: 2, gradientScale: nil)
      expectSame(losses, [9, 9] + expected + [9], "losses, \(kernels.name)")
      expectSame(m.view, logits, "logits, \(kernels.name)")
      losses = [Float](repeating: 9, count: shape.0)
      kernels.crossEntropy(
        m.view, targets: targets[...], losses: &losses, at: 0, gradientScale: 0.125)
      expectSame(losses, expected, "losses with gradient, \(kernels.name)")
      expectSame(m.view.elements, gradient, "gradient, \(kernels.name)")
      #expect(m.isIntact)
    }
  }

  @Test(arguments: shapes) func `smoothed cross-entropy has the bits of the twin`(
    shape: (Int, Int)
  ) {
    let logits = sample(shape.0, shape.1, seed: 1, in: -10...10)
    let targets = (0..<shape.0).map { Int32($0 * 7 % shape.1) }
    let (smoothing, scale): (Float, Float) = (0.1, 0.125)
    let share = smoothing / Float(shape.1)
    var (expected, gradient): ([Float], [Float]) = ([], [])
    for i in 0..<shape.0 {
      let row = logits.rows(i..<i + 1).elements
      let softmax = Softmax(row)
      let target = Int(targets[i])
      let mean = Twin.lanes(row.count) { $0 + row[$1] } / Float(shape.1)
      let loss = Twin.log(softmax.sum) - (row[target] - softmax.top)
      expected.append(loss.addingProduct(smoothing, row[target] - mean))
      let factor = scale / softmax.sum
      var back = softmax.exponentials.map { (-(scale * share)).addingProduct($0, factor) }
      back[target] -= scale * (1 - smoothing)
      gradient += back
    }
    for kernels in everyKernels() {
      let m = Framed(logits)
      var losses = [Float](repeating: 9, count: shape.0)
      for backward in [false, true] {
        kernels.crossEntropy(
          m.view, targets: targets[...], losses: &losses, at: 0,
          gradientScale: backward ? scale : nil, labelSmoothing: smoothing)
        expectSame(losses, expected, "losses, \(kernels.name)")
      }
      expectSame(m.view.elements, gradient, "gradient, \(kernels.name)")
      #expect(m.isIntact)
    }
  }

  /// By torch.nn.functional.cross_entropy(label_smoothing=0.1, reduction="sum") in float64, PyTorch 2.13.0.
  @Test func `smoothed cross-entropy is that of PyTorch`() {
    let m = Matrix(rows: 2, columns: 5, [1.5, -0.5, 0.25, 3, -2, 0.125, 2, -1, 0.5, 4])
    var losses: [Float] = [0, 0]
    Kernels(threads: 1).crossEntropy(
      m, targets: [2, 4], losses: &losses, at: 0, gradientScale: 1, labelSmoothing: 0.1)
    expectClose(losses, [3.010652436, 0.463992058], 1e-6, "losses")
    expectClose(
      m.elements,
      [
        0.148528158, 0.002807806, -0.871715874, 0.735290802, -0.014910891, -0.002603601,
        0.093438770, -0.014352216, 0.005311611, -0.081794564,
      ], 1e-6, "gradient")
  }

  @Test func `cross-entropy is the logarithm of the probability, and its gradient the difference`()
  {
    let x = [1.5, -0.5, 0.25, 3, -2]
    func loss(_ x: [Double]) -> [Double] { [log(x.reduce(0) { $0 + exp($1) }) - x[2]] }
    let m = Matrix(rows: 1, columns: 5, x.map { Float($0) })
    var losses: [Float] = [0]
    Kernels(threads: 1).crossEntropy(m, targets: [2], losses: &losses, at: 0, gradientScale: 0.5)
    expectClose(losses, loss(x), 1e-6, "loss")
    expectClose(m.elements, differences(of: loss, at: x, [0.5]), 1e-6, "gradient")
  }

  @Test(arguments: shapes) func `log softmax`(shape: (Int, Int)) {
    let scores = sample(shape.0, shape.1, seed: 1, in: -10...10)
    var logs: [Float] = []
    for i in 0..<shape.0 {
      let row = scores.rows(i..<i + 1).elements
      let softmax = Softmax(row)
      let rest = Twin.log(softmax.sum)
      logs += row.map { ($0 - softmax.top) - rest }
    }
    for kernels in everyKernels() {
      let m = Framed(scores)
      kernels.logSoftmax(m.view)
      expectSame(m.view.elements, logs, "log softmax, \(kernels.name)")
      #expect(m.isIntact)
    }
  }

  @Test(arguments: shapes, [1, 2, 5, 40]) func `the greatest columns and their log probabilities`(
    shape: (Int, Int), count: Int
  ) {
    let scores = sample(shape.0, shape.1, seed: 1, in: -10...10)
    // Equal scores, in one vector and across vectors.
    for column in stride(from: 0, to: shape.1, by: 3) { scores[0, column] = 4 }
    var (columns, values, logs): ([Int32], [Float], [Float]) = ([], [], [])
    for i in 0..<shape.0 {
      let row = scores.rows(i..<i + 1).elements
      let softmax = Softmax(row)
      let rest = Twin.log(softmax.sum)
      let order = row.indices.sorted { (row[$1], $0) < (row[$0], $1) }.prefix(count)
      let missing = count - order.count
      columns += order.map { Int32($0) } + [Int32](repeating: -1, count: missing)
      let none = [Float](repeating: -.infinity, count: missing)
      values += order.map { row[$0] } + none
      logs += order.map { (row[$0] - softmax.top) - rest } + none
    }
    for kernels in everyKernels() {
      let m = Framed(scores)
      var found = kernels.top(count, of: m.view, logProbabilities: false)
      #expect(found.columns == columns, "\(kernels.name)")
      expectSame(found.scores, values, "scores, \(kernels.name)")
      found = kernels.top(count, of: m.view, logProbabilities: true)
      #expect(found.columns == columns, "\(kernels.name)")
      expectSame(found.scores, logs, "log probabilities, \(kernels.name)")
      expectSame(m.view, scores, "scores are left alone, \(kernels.name)")
    }
  }

  @Test func `scores that are not numbers or −∞ are never among the greatest`() {
    let m = Matrix(rows: 2, columns: 20, repeating: -.infinity)
    (m[0, 3], m[0, 18], m[0, 19]) = (.nan, -2, 1)
    for kernels in everyKernels() {
      let found = kernels.top(3, of: m, logProbabilities: false)
      #expect(found.columns == [19, 18, -1, -1, -1, -1], "\(kernels.name)")
    }
  }

  @Test func `a NaN reaches the loss`() {
    let m = Matrix(rows: 1, columns: 20)
    m[0, 3] = .nan
    for kernels in everyKernels() {
      var losses: [Float] = [0]
      kernels.crossEntropy(copied(m), targets: [1], losses: &losses, at: 0, gradientScale: 1)
      #expect(losses[0].isNaN, "\(kernels.name)")
    }
  }

  @Test func `a target outside traps`() async {
    await #expect(processExitsWith: .failure) {
      var losses: [Float] = [0]
      Kernels(threads: 1).crossEntropy(
        Matrix(rows: 1, columns: 3), targets: [3], losses: &losses, at: 0, gradientScale: nil)
    }
  }
}

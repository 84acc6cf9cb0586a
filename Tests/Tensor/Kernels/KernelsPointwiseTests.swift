import Testing

@testable import DragomanTensor

@Suite struct `Pointwise` {
  @Test(arguments: [(1, 1), (3, 16), (5, 37), (2, 1000)])
  func `tanh and its gradient keep to their matrix`(shape: (Int, Int)) {
    let x = sample(shape.0, shape.1, seed: 1)
    let g = sample(shape.0, shape.1, seed: 2)
    let y = Matrix(rows: shape.0, columns: shape.1, x.elements.map(Twin.tanh))
    let back = zip(g.elements, y.elements).map(Twin.throughTanh)
    for kernels in everyKernels() {
      let (m, gradient) = (Framed(x), Framed(g))
      kernels.tanh(m.view)
      expectSame(m.view, y, "tanh, \(kernels.name)")
      kernels.tanhBackward(gradient.view, output: m.view)
      expectSame(gradient.view.elements, back, "tanhBackward, \(kernels.name)")
      #expect(m.isIntact && gradient.isIntact)
    }
  }

  static let key = DropoutKey(seed: 0x1234_5678_9ABC_DEF0, update: 0x1_0000_0007, place: 3)

  /// The factor of an element by the definition at ``DropoutKey``.
  func factor(_ element: Int, _ probability: Double) -> Float {
    let block = element / 64 * 16 + element % 16
    let words = Philox.words(
      counter: SIMD4(UInt32(block), 3, 7, 1), key: SIMD2(0x9ABC_DEF0, 0x1234_5678))
    return Double(words[element % 64 / 16]) < (probability * 0x1p32).rounded(.down)
      ? 0 : Float(1 / (1 - probability))
  }

  @Test(arguments: [(1, 1), (3, 64), (5, 37), (2, 1000), (70, 3)])
  func `dropout draws as defined`(shape: (Int, Int)) {
    let x = sample(shape.0, shape.1, seed: 1)
    let expected = x.elements.enumerated().map { $1 * factor($0, 0.25) }
    for kernels in everyKernels() {
      for gap in [0, 2] {
        let m = Framed(x, gap: gap)
        kernels.dropout(m.view, probability: 0.25, key: Pointwise.key)
        expectSame(m.view.elements, expected, "\(shape), gap \(gap), \(kernels.name)")
        #expect(m.isIntact)
      }
    }
  }

  @Test(arguments: [(1, 1), (63, 3), (130, 37), (200, 16)])
  func `dropout of rows takes a row as a whole, by the number of its place`(shape: (Int, Int)) {
    let x = sample(shape.0, shape.1, seed: 1)
    let expected = x.elements.enumerated().map { $1 * factor($0 / shape.1, 0.25) }
    for kernels in everyKernels() {
      for gap in [0, 2] {
        let m = Framed(x, gap: gap)
        kernels.dropoutRows(m.view, probability: 0.25, key: Pointwise.key)
        expectSame(m.view.elements, expected, "\(shape), gap \(gap), \(kernels.name)")
        #expect(m.isIntact)
      }
    }
    let m = copied(x)
    Kernels(threads: 1).dropoutRows(m, probability: 0, key: Pointwise.key)
    expectSame(m, x, "no dropout")
  }

  @Test func `a block of rows draws the mask it has in the whole`() {
    let x = sample(9, 45, seed: 1)
    for kernels in everyKernels() {
      let (whole, block) = (copied(x), copied(x.rows(4..<9)))
      kernels.dropout(whole, probability: 0.5, key: Pointwise.key)
      kernels.dropout(block, probability: 0.5, key: Pointwise.key, firstRow: 4)
      expectSame(block, whole.rows(4..<9), kernels.name)
    }
  }

  @Test(arguments: [3, 45, 130]) func `rows of one number have one mask`(columns: Int) {
    let numbers: [Int32] = [2, 0, 2, 5]
    let x = sample(4, columns, seed: 1)
    let expected = x.elements.enumerated().map { index, value in
      value * factor(Int(numbers[index / columns]) * columns + index % columns, 0.25)
    }
    for kernels in everyKernels() {
      let m = Framed(x)
      kernels.dropout(m.view, probability: 0.25, key: Pointwise.key, rows: numbers[...])
      expectSame(m.view.elements, expected, kernels.name)
      #expect(m.isIntact)
    }
  }

  @Test(arguments: [0.1, 0.5, 0.9] as [Float])
  func `dropout keeps the mean and drops the share asked for`(probability: Float) {
    let m = Matrix(rows: 100, columns: 1000, repeating: 1)
    Kernels(threads: 1).dropout(m, probability: probability, key: Pointwise.key)
    let dropped = Double(m.elements.count { $0 == 0 }) / 100_000
    let mean = m.elements.reduce(0) { $0 + Double($1) } / 100_000
    // Five standard deviations.
    let deviation = 5 * (Double(probability) * (1 - Double(probability)) / 100_000).squareRoot()
    #expect(abs(dropped - Double(probability)) < deviation)
    #expect(abs(mean - 1) < deviation / (1 - Double(probability)))
  }

  @Test func `no dropout changes nothing, another update or place does`() {
    let x = sample(4, 50, seed: 1)
    let kernels = Kernels(threads: 1)
    func masked(_ key: DropoutKey, _ probability: Float) -> [Float] {
      let m = copied(x)
      kernels.dropout(m, probability: probability, key: key)
      return m.elements
    }
    #expect(masked(Pointwise.key, 0) == x.elements)
    var (update, place, seed) = (Pointwise.key, Pointwise.key, Pointwise.key)
    update.update += 1
    place.place += 1
    seed.seed += 1 << 40
    for other in [update, place, seed] {
      #expect(masked(other, 0.5) != masked(Pointwise.key, 0.5))
    }
  }
}

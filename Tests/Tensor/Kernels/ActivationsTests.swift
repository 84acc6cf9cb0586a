import Testing

@testable import DragomanTensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Twin {
  static func bell(_ x: Float) -> Float {
    let half = -0.5 * x
    let square = flushed(half * x)
    let e = exp(square)
    return square > -128
      ? flushed(e.addingProduct(e, flushed((-square).addingProduct(half, x)))) : e
  }

  static func normalDistribution(_ x: Float, _ bell: Float) -> Float {
    if x.magnitude < 1 {
      let z = flushed(x * x)
      var s: Float = -7.66467837821e-6
      for coefficient: Float in [
        1.13512651296e-4, -1.18635303807e-3, 9.97333135456e-3, -6.64903596044e-2,
        3.98942291737e-1,
      ] {
        s = coefficient.addingProduct(s, z)
      }
      return (0.5 as Float).addingProduct(x, s)
    }
    let t = 1 / (1 as Float).addingProduct(0.5, x.magnitude)
    var p: Float = -1.2702305615e-1
    for coefficient: Float in [
      3.7203553319e-1, -3.3870124817e-1, 4.2108749039e-3, 3.9203841239e-2, 1.5041680634e-1,
      1.9945999980e-1, 1.9946987927e-1,
    ] {
      p = coefficient.addingProduct(p, t)
    }
    let tail = flushed(bell * flushed(t * p))
    return x < 0 ? tail : 1 - tail
  }

  static func activated(_ activation: Activation, _ x: Float) -> Float {
    switch activation {
    case .relu: x > 0 ? x : 0
    case .gelu: x < -16 ? 0 : flushed(x * normalDistribution(x, bell(x)))
    case .silu: x < -128 ? 0 : flushed(x * sigmoid(x))
    }
  }

  static func throughActivation(_ activation: Activation, _ gradient: Float, _ x: Float) -> Float {
    switch activation {
    case .relu: return x > 0 ? gradient : 0
    case .gelu:
      let e = bell(x)
      let slope = e > 0 ? flushed(x * flushed(e * 0.3989422804)) : 0
      return flushed(gradient * (normalDistribution(x, e) + slope))
    case .silu:
      let s = sigmoid(x)
      let rest = 1 - s
      let factor = s > 0 ? flushed(s * (1 + (rest > 0 ? x * rest : 0))) : 0
      return flushed(gradient * factor)
    }
  }
}

/// relu, gelu and silu: the bits of the twin, and close to the truth over all floats.
@Suite struct `Activations` {
  static let inputs = `Functions of one number`.inputs.filter { !$0.isNaN }

  static func truth(_ activation: Activation, _ x: Double) -> Double {
    switch activation {
    case .relu: max(x, 0)
    case .gelu: x < -40 ? 0 : x * erfc(-x / 2.0.squareRoot()) / 2
    case .silu: x < -750 ? 0 : x / (1 + exp(-x))
    }
  }

  /// In units of the last place; measured 0, 4.61 and 2.19.
  static func tolerance(_ activation: Activation) -> Double {
    switch activation {
    case .relu: 0
    case .gelu: 5
    case .silu: 2.5
    }
  }

  @Test(arguments: Activation.allCases) func `same bits as the twin`(activation: Activation) {
    let x = Matrix(rows: 1, columns: Self.inputs.count, Self.inputs)
    let delta = sample(1, Self.inputs.count, seed: 1)
    let y = Self.inputs.map { Twin.activated(activation, $0) }
    let back = zip(delta.elements, Self.inputs).map {
      Twin.throughActivation(activation, $0, $1)
    }
    for kernels in everyKernels() {
      let (to, same, gradient) = (copied(delta), copied(x), copied(delta))
      kernels.activate(activation, x, into: to)
      expectSame(to.elements, y, "\(activation), \(kernels.name)")
      kernels.activate(activation, same, into: same)
      expectSame(same.elements, y, "\(activation) in place, \(kernels.name)")
      kernels.activateBackward(activation, gradient, input: x)
      expectSame(gradient.elements, back, "\(activation) backward, \(kernels.name)")
    }
  }

  @Test(arguments: Activation.allCases, [(1, 1), (3, 16), (5, 37)])
  func `keep to their matrix`(activation: Activation, shape: (Int, Int)) {
    let x = sample(shape.0, shape.1, seed: 1)
    let g = sample(shape.0, shape.1, seed: 2)
    for kernels in everyKernels() {
      let (from, to, gradient) = (Framed(x), Framed(x, gap: 1), Framed(g, gap: 2))
      kernels.activate(activation, from.view, into: to.view)
      kernels.activateBackward(activation, gradient.view, input: from.view)
      expectSame(
        to.view.elements, x.elements.map { Twin.activated(activation, $0) }, kernels.name)
      expectSame(
        gradient.view.elements,
        zip(g.elements, x.elements).map { Twin.throughActivation(activation, $0, $1) },
        kernels.name)
      #expect(from.isIntact && to.isIntact && gradient.isIntact)
    }
  }

  @Test(arguments: Activation.allCases) func `within the stated error`(activation: Activation) {
    let m = Matrix(rows: 1, columns: Self.inputs.count, Self.inputs)
    Kernels(threads: 1).activate(activation, m, into: m)
    var worst = (0.0, 0 as Float)
    for (x, y) in zip(Self.inputs, m.elements) {
      let truth = Self.truth(activation, Double(x))
      if Float(truth).isInfinite {
        #expect(y == Float(truth), "\(activation)(\(x)) is \(y)")
      } else if abs(truth) < Double(128 * Float.leastNormalMagnitude) {
        // The factor of x is not a normal float any more.
        #expect(abs(y) <= 128 * .leastNormalMagnitude, "\(activation)(\(x)) is \(y), not nearly 0")
      } else {
        let error = abs(Double(y) - truth) / Double(Float(abs(truth)).ulp)
        if error > worst.0 { worst = (error, x) }
      }
    }
    #expect(
      worst.0 <= Self.tolerance(activation),
      "\(activation) is wrong by \(worst.0) units at \(worst.1)")
  }

  @Test(arguments: Activation.allCases) func `gradients are those of the equations`(
    activation: Activation
  ) {
    let x: [Float] = [-9, -3.5, -1.2, -0.4, 0.3, 0.9, 2.6, 11]
    let m = Matrix(rows: 1, columns: x.count, x)
    let gradient = Matrix(rows: 1, columns: x.count, repeating: 1.5)
    Kernels(threads: 1).activateBackward(activation, gradient, input: m)
    expectClose(
      gradient.elements,
      differences(
        of: { $0.map { Self.truth(activation, $0) } }, at: x.map { Double($0) },
        x.map { _ in 1.5 }), 1e-6, "\(activation)")
  }

  @Test func `exact where they should be`() {
    for kernels in everyKernels() {
      for activation in Activation.allCases {
        let x = Matrix(rows: 1, columns: 4, [0, .infinity, -.infinity, .nan])
        let (y, gradient) = (copied(x), Matrix(rows: 1, columns: 4, repeating: 1))
        kernels.activate(activation, x, into: y)
        kernels.activateBackward(activation, gradient, input: x)
        #expect(y[0, 0] == 0 && y[0, 1] == .infinity && y[0, 2] == 0, "\(activation)")
        #expect(gradient[0, 1] == 1 && gradient[0, 2] == 0, "\(activation)")
        #expect(activation == .relu || y[0, 3].isNaN, "\(activation)")
      }
    }
  }
}

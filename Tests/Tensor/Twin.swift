@testable import DragomanTensor

/// The scalar twins: the same sequence of rounded operations as the kernels, one number at a time.
///
/// They say what the vectors have to give, bit by bit, in plain Swift.
enum Twin {
  static func flushed(_ x: Float) -> Float {
    x.isSubnormal ? Float(sign: x.sign, exponent: 0, significand: 0) : x
  }

  static func expTail(_ r: Float) -> Float {
    var p: Float = 0x1.a0d2cep-13
    for coefficient: Float in [
      0x1.6e879cp-10, 0x1.111210p-7, 0x1.555382p-5, 0x1.555554p-3, 0.5,
    ] {
      p = coefficient.addingProduct(p, r)
    }
    return p
  }

  static func reduce(_ x: Float) -> (r: Float, n: Int32) {
    let rounder: Float = 0x1.8p23
    let shifted = rounder.addingProduct(x, 0x1.715476p+0)
    let whole = shifted - rounder
    let r = x.addingProduct(whole, -0x1.62e4p-1).addingProduct(whole, -0x1.7f7d1cp-20)
    return (r, Int32(bitPattern: shifted.bitPattern &- rounder.bitPattern))
  }

  static func power(_ n: Int32) -> Float { Float(bitPattern: UInt32(bitPattern: n &+ 127) << 23) }

  static func exp(_ argument: Float) -> Float {
    if argument.isNaN { return argument }
    let (r, n) = reduce(min(max(argument, -104), 89))
    let p = r.addingProduct(r * r, expTail(r)) + 1
    return flushed(p * power(n >> 1) * power(n - (n >> 1)))
  }

  static func sigmoid(_ x: Float) -> Float { flushed(1 / (1 + exp(-x))) }

  static func tanh(_ x: Float) -> Float {
    if x.isNaN { return x }
    guard x.magnitude < 0.65 else {
      return Float(signOf: x, magnitudeOf: 1 - 2 / (exp(x.magnitude + x.magnitude) + 1))
    }
    let z = flushed(x * x)
    var p: Float = 2.0646676421e-3
    for coefficient: Float in [
      -8.0919712782e-3, 2.1666347980e-2, -5.3940564394e-2, 1.3333158195e-1, -3.3333328366e-1,
    ] {
      p = coefficient.addingProduct(p, z)
    }
    let a = x.magnitude
    return Float(signOf: x, magnitudeOf: a.addingProduct(flushed(p * z), a))
  }

  static func log(_ x: Float) -> Float {
    if x.isNaN || x < 0 { return .nan }
    if x == 0 || x.isSubnormal { return -.infinity }
    if x == .infinity { return x }
    let e = (Int32(bitPattern: x.bitPattern) - 0x3f35_04f3) >> 23
    let f = Float(bitPattern: x.bitPattern &- UInt32(bitPattern: e << 23)) - 1
    var p: Float = 7.0376836292e-2
    for coefficient: Float in [
      -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
      2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
    ] {
      p = coefficient.addingProduct(p, f)
    }
    let square = f * f
    let y = (Float(e) * -2.12194440e-4).addingProduct(f * square, p).addingProduct(square, -0.5) + f
    return y.addingProduct(Float(e), 0.693359375)
  }

  /// A sum in sixteen lanes and a fixed tree; `step` adds element j to what its lane holds.
  static func lanes(_ count: Int, _ step: (Float, Int) -> Float) -> Float {
    var lanes = [Float](repeating: 0, count: 16)
    for j in 0..<count { lanes[j % 16] = step(lanes[j % 16], j) }
    var width = 8
    while width > 0 {
      for lane in 0..<width { lanes[lane] += lanes[lane + width] }
      width /= 2
    }
    return lanes[0]
  }

  /// The derivative of y = tanh x and of y = σ(x), in terms of y.
  static func throughTanh(_ gradient: Float, _ y: Float) -> Float {
    gradient * (1 as Float).addingProduct(-y, y)
  }

  static func throughSigmoid(_ gradient: Float, _ y: Float) -> Float { gradient * y * (1 - y) }
}

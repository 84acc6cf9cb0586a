/// Sine and cosine by basic arithmetic, so that they have equal bits on every platform.
enum Trigonometry {
  /// π/2 in three parts, of which the first two have so few bits that small multiples of them are exact.
  private static let halfTurn = (0x1.921fb544p+0, 0x1.0b4611a6p-34, 0x1.3198a2e037073p-69)

  /// Both functions of an angle of at most 2²⁰, to about 2 ulp.
  ///
  /// The angle is brought into ±π/4 (Cody and Waite 1980), where the series of 9 terms are exact to 10⁻¹⁷.
  static func sineAndCosine(_ angle: Double) -> (sine: Double, cosine: Double) {
    let turns = (angle / (halfTurn.0 + halfTurn.1)).rounded()
    let x = ((angle - turns * halfTurn.0) - turns * halfTurn.1) - turns * halfTurn.2
    let square = x * x
    var (sine, cosine) = (0.0, 0.0)
    for term in stride(from: 17.0, through: 1, by: -2) {
      sine = 1 - square / ((term + 1) * (term + 2)) * sine
      cosine = 1 - square / (term * (term + 1)) * cosine
    }
    sine *= x
    switch Int(turns) & 3 {
    case 0: return (sine, cosine)
    case 1: return (cosine, -sine)
    case 2: return (-sine, -cosine)
    default: return (-cosine, sine)
    }
  }

  /// The n-th root of a number between 0 and 1, by halving an interval 64 times.
  static func root(_ n: Int, of number: Double) -> Double {
    var (low, high) = (0.0, 1.0)
    for _ in 0..<64 {
      let middle = (low + high) / 2
      if power(middle, n) < number { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// x^n.
  static func power(_ x: Double, _ n: Int) -> Double {
    var (result, base, left) = (1.0, x, n)
    while left > 0 {
      if left & 1 == 1 { result *= base }
      base *= base
      left >>= 1
    }
    return result
  }
}

extension Matrix {
  /// The sinusoids of positions 0, 1, …, `[count, size]`; `size` is even.
  ///
  ///     p(pos, 2i) = sin(pos / 10000^(2i/D))        p(pos, 2i + 1) = cos(pos / 10000^(2i/D))
  ///
  /// Vaswani et al. 2017, section 3.5 (arXiv:1706.03762).
  package static func sinusoids(_ count: Int, size: Int) -> Matrix {
    precondition(size > 0 && size.isMultiple(of: 2), "sinusoids of \(size) numbers")
    let result = Matrix(rows: count, columns: size)
    let root = Trigonometry.root(size / 2, of: 1e-4)
    for pair in 0..<(size / 2) {
      let frequency = Trigonometry.power(root, pair)
      for position in 0..<count {
        let (sine, cosine) = Trigonometry.sineAndCosine(Double(position) * frequency)
        result[position, 2 * pair] = Float(sine)
        result[position, 2 * pair + 1] = Float(cosine)
      }
    }
    return result
  }
}

/// A stream of random numbers, defined by a seed and a name or number and by nothing else.
///
/// The initial weights of a parameter come from (seed, its name), the order of an epoch from (seed,
/// epoch); so adding a parameter changes no other, and a resumed run finds its place. Numbers come from
/// `Philox` with the key `seed` and the counter (block, kind of stream, stream). All functions use basic
/// arithmetic and square roots only, so they give equal bits on every platform.
package struct Random: RandomNumberGenerator, Sendable {
  private let key: SIMD2<UInt32>
  private var counter: SIMD4<UInt32>
  private var words = SIMD4<UInt32>()
  private var left = 0
  /// The second of two normal numbers that were made together.
  private var spare: Double?

  /// The kinds of stream, in the counter word where a dropout has its place; see ``DropoutKey``.
  private enum Kind: UInt32 {
    case numbered = 0xFFFF_FFFF
    case named = 0xFFFF_FFFE
    case paired = 0xFFFF_FFFD
  }

  /// The stream of this number.
  package init(seed: UInt64, stream: UInt64) {
    self.init(seed, stream, .numbered)
  }

  /// The stream of a sentence pair in an epoch.
  package init(seed: UInt64, epoch: Int, pair: Int) {
    self.init(
      seed,
      UInt64(UInt32(truncatingIfNeeded: epoch)) << 32 | UInt64(UInt32(truncatingIfNeeded: pair)),
      .paired)
  }

  /// The stream of this name.
  package init(seed: UInt64, name: String) {
    self.init(seed, Self.hash(name), .named)
  }

  /// The number that stands for a name: FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/.
  package static func hash(_ name: String) -> UInt64 {
    name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  private init(_ seed: UInt64, _ stream: UInt64, _ kind: Kind) {
    key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(seed >> 32))
    counter = SIMD4(
      0, kind.rawValue, UInt32(truncatingIfNeeded: stream), UInt32(stream >> 32))
  }

  /// The next 32 random bits.
  package mutating func next() -> UInt32 {
    if left == 0 {
      words = Philox.words(counter: counter, key: key)
      precondition(counter.x < .max, "a random stream of more than 2³⁴ words")
      counter.x += 1
      left = 4
    }
    left -= 1
    return words[3 - left]
  }

  /// The next 64 random bits, low word first.
  package mutating func next() -> UInt64 {
    let low: UInt32 = next()
    let high: UInt32 = next()
    return UInt64(high) << 32 | UInt64(low)
  }

  /// A number in 0..<1, a multiple of 2⁻⁵³.
  package mutating func uniform() -> Double {
    let bits: UInt64 = next()
    return Double(bits >> 11) * 0x1p-53
  }

  /// A number from the normal distribution with mean 0 and standard deviation 1.
  ///
  /// Marsaglia and Bray 1964, "A convenient method for generating normal variables" (the polar method).
  package mutating func normal() -> Double {
    if let second = spare {
      spare = nil
      return second
    }
    while true {
      let (x, y) = (2 * uniform() - 1, 2 * uniform() - 1)
      let s = x * x + y * y
      if s > 0 && s < 1 {
        let factor = (-2 * Random.logarithm(s) / s).squareRoot()
        spare = y * factor
        return x * factor
      }
    }
  }

  /// An integer in 0..<bound, all equally likely.
  ///
  /// Lemire 2019, "Fast random integer generation in an interval" (arXiv:1805.10941).
  package mutating func below(_ bound: Int) -> Int {
    precondition(bound > 0, "a random number below \(bound)")
    let bound = UInt64(bound)
    while true {
      let product = (next() as UInt64).multipliedFullWidth(by: bound)
      if product.low >= (0 &- bound) % bound { return Int(product.high) }
    }
  }

  /// Puts the elements into a random order, each equally likely.
  package mutating func shuffle<Element>(_ elements: inout [Element]) {
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(below(last + 1), last)
    }
  }

  /// The natural logarithm, from its series around 1, so that no platform's library has a say.
  static func logarithm(_ x: Double) -> Double {
    // x = 2^e · m with m in √½..<√2, and ln m = 2 (s + s³/3 + s⁵/5 + …) with s = (m − 1)/(m + 1).
    var (exponent, m) = (Double(x.exponent), x.significand)
    if m > 2.0.squareRoot() { (exponent, m) = (exponent + 1, m / 2) }
    let s = (m - 1) / (m + 1)
    let z = s * s
    var sum = 1.0 / 23
    sum = sum * z + 1.0 / 21
    sum = sum * z + 1.0 / 19
    sum = sum * z + 1.0 / 17
    sum = sum * z + 1.0 / 15
    sum = sum * z + 1.0 / 13
    sum = sum * z + 1.0 / 11
    sum = sum * z + 1.0 / 9
    sum = sum * z + 1.0 / 7
    sum = sum * z + 1.0 / 5
    sum = sum * z + 1.0 / 3
    sum = sum * z + 1
    return exponent * 0x1.62e42fefa39efp-1 + 2 * s * sum
  }
}

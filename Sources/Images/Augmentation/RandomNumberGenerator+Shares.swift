extension RandomNumberGenerator {
  /// A number in 0..<1, a multiple of 2⁻⁵³; one word.
  mutating func share() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number with mean 0 and deviation 1, nearly from the normal distribution, of one word.
  ///
  /// The sum of four numbers of 16 bits has a bell's form within ±3.46 (Irwin 1927 and Hall 1927, Biometrika 19) and
  /// needs neither a logarithm nor another draw.
  mutating func nearlyNormal() -> Double {
    let word: UInt64 = next()
    let sum = (0..<4).reduce(0) { $0 + Int(word >> (16 * UInt64($1)) & 0xFFFF) }
    // Each part has the mean 32767.5 and the variance (2³² − 1)/12.
    return (Double(sum) - 131_070) * (3 / 4_294_967_295.0).squareRoot()
  }
}

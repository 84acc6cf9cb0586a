import CDragomanKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Numbers that look random and are a function of a key and a position: Philox4x32-10.
///
/// Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3". Streams with different keys are
/// independent, so nothing drawn for one purpose moves what is drawn for another.
public struct Random: RandomNumberGenerator, Sendable {
  private let key: (UInt32, UInt32)
  private let stream: (UInt32, UInt32)
  private var block: UInt64 = 0
  private var words: [UInt32] = []

  /// The stream of a number under a seed: for instance that of an epoch.
  public init(seed: UInt64, stream: UInt64) {
    key = (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    self.stream = (
      UInt32(truncatingIfNeeded: stream), UInt32(truncatingIfNeeded: stream >> 32)
    )
  }

  /// The stream of a name under a seed: for instance that of a parameter.
  public init(seed: UInt64, name: String) {
    // FNV-1a, 64 bits.
    let hash = name.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    self.init(seed: seed, stream: hash)
  }

  /// The next 32 random bits.
  public mutating func word() -> UInt32 {
    if words.isEmpty {
      words = Self.philox(
        counter: [
          UInt32(truncatingIfNeeded: block), UInt32(truncatingIfNeeded: block >> 32), stream.0,
          stream.1,
        ], key: [key.0, key.1]
      ).reversed()
      block += 1
    }
    return words.removeLast()
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    let low = word()
    return UInt64(word()) << 32 | UInt64(low)
  }

  /// A number in 0..<1, a multiple of 2⁻²⁴.
  public mutating func uniform() -> Float {
    Float(word() >> 8) * 0x1p-24
  }

  /// A number of the standard normal distribution (Box and Muller 1958).
  public mutating func normal() -> Float {
    let radius = (-2 * log((Double(word()) + 0.5) * 0x1p-32)).squareRoot()
    return Float(radius * cos(2 * Double.pi * Double(word()) * 0x1p-32))
  }

  /// The four words of a counter and a key.
  static func philox(counter: [UInt32], key: [UInt32]) -> [UInt32] {
    precondition(counter.count == 4 && key.count == 2, "Philox4x32 has 4 and 2 words")
    var words = [UInt32](repeating: 0, count: 4)
    unsafe dragoman_philox(counter, key, &words)
    return words
  }
}

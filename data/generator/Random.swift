/// A SplitMix64 generator: the same numbers on every machine and in every run.
///
/// Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators", figure 14.
struct Random {
  private var state: UInt64

  /// Starts a stream of its own for every name, so that a new template leaves the others alone.
  init(_ name: String) {
    // FNV-1a, 64 bits.
    state = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
  }

  /// The next 64 bits.
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// A number in `0..<bound`; the bias of the remainder is far below anything visible here.
  mutating func below(_ bound: Int) -> Int {
    Int(next() % UInt64(bound))
  }

  /// Fisher and Yates.
  mutating func shuffle<Element>(_ values: inout [Element]) {
    for i in values.indices.reversed() where i > 0 { values.swapAt(i, below(i + 1)) }
  }

  /// One element of a list that is not empty.
  mutating func pick<Element>(_ values: [Element]) -> Element {
    values[below(values.count)]
  }
}

/// Words by their hashes, one bit each: a word that is missing is found with a chance of n in 2²⁵.
struct WordSet {
  private var bits = [UInt64](repeating: 0, count: 1 << 19)

  mutating func insert(_ word: UInt64) { bits[Int(word >> 6 & 0x7_FFFF)] |= 1 << (word & 63) }
  mutating func formUnion(_ other: WordSet) {
    for index in bits.indices { bits[index] |= other.bits[index] }
  }

  func contains(_ word: UInt64) -> Bool { bits[Int(word >> 6 & 0x7_FFFF)] >> (word & 63) & 1 == 1 }
}

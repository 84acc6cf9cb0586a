/// Distinct byte strings, numbered in the order in which they were first added.
///
/// Strings are equal when their bytes are. `String` would not do: to Swift "é" as one scalar and "é" as
/// two are the same key, but to a model they are two texts, and both must come back as they went in.
///
/// Open addressing with linear probing. What a look-up in a large table costs is waiting for memory: slots are
/// four bytes small, and short strings are told apart by a ``StringKey`` that lies with those of the other
/// strings which came early, and these are mostly the frequent ones. Numbers depend on the order of arrival
/// alone, not on where strings lie: that is decided by chance, so that nobody can write strings that lie in one place.
///
/// - Complexity: O(length of the string) to look up or add; no allocation but the growth of four arrays.
struct StringTable: Sendable {
  /// Bytes of words after which a memory of them begins anew, so that it stays bounded: far more than the
  /// distinct words of most corpora have, and less than hurts.
  static let enough = 1 << 24

  private(set) var strings = TextLines()
  private var keys: [StringKey] = []
  /// By hash the number of the string whose probe ended here, or -1; a power of two, at most half full.
  private var slots: [Int32] = Array(repeating: -1, count: 64)
  private let seed = StringSeed()

  /// How many distinct strings there are.
  var count: Int { strings.count }

  /// The number of `string`, or `nil` where it was never added.
  func find(_ string: Span<UInt8>) -> Int32? {
    let number = slots[probe(string, StringKey(string, seed))]
    return number < 0 ? nil : number
  }

  /// The number of `string`, which is new where it equals the former ``count``.
  mutating func insert(_ string: Span<UInt8>) -> Int32 {
    let key = StringKey(string, seed)
    let slot = probe(string, key)
    if slots[slot] >= 0 { return slots[slot] }
    let number = Int32(strings.count)
    slots[slot] = number
    keys.append(key)
    strings.append(utf8: string)
    if keys.count * 2 > slots.count { grow() }
    return number
  }

  private func probe(_ string: Span<UInt8>, _ key: StringKey) -> Int {
    let mask = slots.count - 1
    var slot = key.hash(seed) & mask
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if keys[number] == key && (key.isWhole || isEqual(number, string)) { return slot }
      slot = (slot + 1) & mask
    }
    return slot
  }

  private func isEqual(_ number: Int, _ string: Span<UInt8>) -> Bool {
    let range = strings.range(at: number)
    guard range.count == string.count else { return false }
    let found = strings.bytes.span.extracting(range)
    for index in string.indices where found[index] != string[index] { return false }
    return true
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    let mask = slots.count - 1
    for (number, key) in keys.enumerated() {
      var slot = key.hash(seed) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(number)
    }
  }
}

/// What makes the hashes of a table its own.
private struct StringSeed {
  let low = UInt64.random(in: 0 ... .max)
  let high = UInt64.random(in: 0 ... .max)
}

/// A byte string of at most 15 bytes as two numbers, or two numbers by which longer ones mostly differ.
private struct StringKey: Equatable {
  private var low: UInt64 = 0
  /// In the highest byte the length, or 255 where the rest is a hash.
  private var high: UInt64 = 0

  @inline(__always)
  init(_ string: Span<UInt8>, _ seed: StringSeed) {
    if string.count <= 15 {
      for index in 0..<min(8, string.count) { low |= UInt64(string[index]) << UInt64(8 * index) }
      if string.count > 8 {
        for index in 8..<string.count { high |= UInt64(string[index]) << UInt64(8 * index - 64) }
      }
      high |= UInt64(string.count) << 56
    } else {
      // FNV-1a: Fowler, Noll and Vo, https://datatracker.ietf.org/doc/draft-eastlake-fnv
      low = 0xCBF2_9CE4_8422_2325 ^ seed.low
      for index in string.indices { low = (low ^ UInt64(string[index])) &* 0x100_0000_01B3 }
      high = 255 << 56
    }
  }

  /// Whether the key is the string.
  @inline(__always)
  var isWhole: Bool { high < 16 << 56 }

  /// All bits, mixed.
  @inline(__always)
  func hash(_ seed: StringSeed) -> Int {
    let mixed = (low ^ seed.low).multipliedFullWidth(by: high ^ seed.high)
    return Int(truncatingIfNeeded: mixed.high ^ mixed.low)
  }
}

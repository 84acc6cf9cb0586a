/// Distinct byte strings, numbered in the order in which they were first added.
///
/// Strings are equal when their bytes are. `String` would not do: to Swift "é" as one scalar and "é" as
/// two are the same key, but to a model they are two texts, and both must come back as they went in.
///
/// Open addressing with linear probing over one block of bytes; hashed by FNV-1a (Fowler, Noll and Vo,
/// https://datatracker.ietf.org/doc/draft-eastlake-fnv) with a final mix. Numbers depend on the order of
/// arrival alone.
///
/// - Complexity: O(length of the string) to look up or add; no allocation but the growth of three arrays.
struct StringTable: Sendable {
  private(set) var strings = TextLines()
  private var hashes: [UInt32] = []
  /// Number + 1 of the string whose probe ended here, 0 where none has; a power of two, at most 2/3 full.
  private var slots: [Int32] = Array(repeating: 0, count: 64)

  /// How many distinct strings there are.
  var count: Int { strings.count }

  /// The number of `key`, or `nil` where it was never added.
  func find(_ key: ArraySlice<UInt8>) -> Int32? {
    let found = slots[probe(key, hash: Self.hash(key))]
    return found == 0 ? nil : found - 1
  }

  /// The number of `key`, which is new where it equals the former ``count``.
  mutating func insert(_ key: ArraySlice<UInt8>) -> Int32 {
    let hash = Self.hash(key)
    let slot = probe(key, hash: hash)
    if slots[slot] != 0 { return slots[slot] - 1 }
    let number = Int32(strings.count)
    slots[slot] = number + 1
    strings.append(utf8: key)
    hashes.append(hash)
    if strings.count * 3 > slots.count * 2 { grow() }
    return number
  }

  private func probe(_ key: ArraySlice<UInt8>, hash: UInt32) -> Int {
    let mask = slots.count - 1
    var slot = Int(hash) & mask
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if hashes[number] == hash && isEqual(number, key) { return slot }
      slot = (slot + 1) & mask
    }
    return slot
  }

  private func isEqual(_ number: Int, _ key: ArraySlice<UInt8>) -> Bool {
    let range = strings.range(at: number)
    guard range.count == key.count else { return false }
    let shift = key.startIndex - range.lowerBound
    for index in range where strings.bytes[index] != key[index + shift] { return false }
    return true
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 4)
    let mask = slots.count - 1
    for (number, hash) in hashes.enumerated() {
      var slot = Int(hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(number) + 1
    }
  }

  private static func hash(_ key: ArraySlice<UInt8>) -> UInt32 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in key { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash ^= hash >> 32
    hash = hash &* 0x9E37_79B9_7F4A_7C15
    return UInt32(truncatingIfNeeded: hash >> 32)
  }
}

/// Philox4x32-10: four random words from a counter and a key, and nothing else.
///
/// Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3", section 3.3. Without a state to
/// carry along, the same number comes out on any thread, in any order and after any interruption.
struct Philox {
  /// The words of one counter.
  static func words(
    counter: SIMD4<UInt32>, key: SIMD2<UInt32>
  ) -> SIMD4<UInt32> {
    var (x, y, z, w) = (counter.x, counter.y, counter.z, counter.w)
    var (first, second) = (key.x, key.y)
    for _ in 0..<10 {
      let low = UInt64(x) * 0xD251_1F53
      let high = UInt64(z) * 0xCD9E_8D57
      (x, z) = (UInt32(high >> 32) ^ y ^ first, UInt32(low >> 32) ^ w ^ second)
      (y, w) = (UInt32(truncatingIfNeeded: high), UInt32(truncatingIfNeeded: low))
      first &+= 0x9E37_79B9
      second &+= 0xBB67_AE85
    }
    return SIMD4(x, y, z, w)
  }
}

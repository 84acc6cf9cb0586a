/// Adler-32, the checksum of zlib: two sums modulo 65521; RFC 1950, section 8.2.
struct Adler32: Sendable {
  private var (low, high): (UInt32, UInt32) = (1, 0)
  /// The largest prime below 2¹⁶.
  private static let modulus: UInt32 = 65521
  /// So many bytes of 255 can be added to sums below the modulus before the second one passes 2³²: the largest n with
  /// 255 n(n+1)/2 + (n+1)(65521 − 1) < 2³².
  private static let run = 5552

  /// The checksum of what was added.
  var value: UInt32 { high << 16 | low }

  /// Adds bytes.
  mutating func add(_ bytes: ArraySlice<UInt8>) {
    let bytes = bytes.span
    var at = 0
    while at < bytes.count {
      let end = min(at + Self.run, bytes.count)
      var (low, high) = (low, high)
      while at < end {
        low &+= UInt32(bytes[at])
        high &+= low
        at += 1
      }
      (self.low, self.high) = (low % Self.modulus, high % Self.modulus)
    }
  }
}

/// Writes pictures of at most four colours: PNG with a palette, two bits a pixel, rows stored without compression.
///
/// W3C PNG (third edition), sections 5 to 11; zlib is RFC 1950, stored blocks are RFC 1951, section 3.2.4.
enum PNG {
  /// The bytes of a picture; `pixels` are numbers of colours, line by line.
  static func bytes(width: Int, pixels: [UInt8], palette: [[UInt8]]) -> [UInt8] {
    var rows: [UInt8] = []
    for start in stride(from: 0, to: pixels.count, by: width) {
      rows.append(0)
      for first in stride(from: start, to: start + width, by: 4) {
        var byte: UInt8 = 0
        for pixel in 0..<4 {
          byte = byte << 2 | (first + pixel < start + width ? pixels[first + pixel] : 0)
        }
        rows.append(byte)
      }
    }
    let header = number(width) + number(pixels.count / width) + [2, 3, 0, 0, 0]
    let length = UInt16(rows.count)
    let size = [UInt8(length & 255), UInt8(length >> 8), UInt8(~length & 255), UInt8(~length >> 8)]
    let data = [0x78, 0x01, 0x01] + size + rows + number(Int(adler(rows)))
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header)
      + chunk("PLTE", palette.flatMap { $0 }) + chunk("IDAT", data) + chunk("IEND", [])
  }

  private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    let named = Array(type.utf8) + data
    return number(data.count) + named + number(Int(crc(named)))
  }

  private static func number(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  private static func adler(_ bytes: [UInt8]) -> UInt32 {
    var (a, b): (UInt32, UInt32) = (1, 0)
    for byte in bytes {
      a = (a + UInt32(byte)) % 65_521
      b = (b + a) % 65_521
    }
    return b << 16 | a
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in
        value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1
      }
    }
  }
}

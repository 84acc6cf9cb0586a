import Testing

@testable import DragomanFormats

@Suite struct `Checksums of compressed data` {
  private let digits = Array("123456789".utf8)

  @Test func `are those of their standards`() {
    var adler = Adler32()
    adler.add(digits[...])
    #expect(adler.value == 0x091E_01DE)
    #expect(CRC32(of: digits[...]).value == 0xCBF4_3926)
    #expect(CRC32().value == 0 && Adler32().value == 1)
  }

  @Test func `do not depend on how the bytes come`() {
    let bytes = (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 77 ^ $0 >> 5) } + [255, 255]
    var (whole, parts) = (Adler32(), Adler32())
    whole.add(bytes[...])
    var crc = CRC32()
    for start in stride(from: 0, to: bytes.count, by: 7) {
      parts.add(bytes[start..<min(start + 7, bytes.count)])
      crc.add(bytes[start..<min(start + 7, bytes.count)])
    }
    #expect(whole.value == parts.value)
    #expect(crc.value == CRC32(of: bytes[...]).value)
  }

  @Test func `hold for the largest bytes`() {
    let bytes = [UInt8](repeating: 255, count: 100_000)
    var adler = Adler32()
    adler.add(bytes[...])
    var (low, high) = (1, 0)
    for byte in bytes {
      low = (low + Int(byte)) % 65521
      high = (high + low) % 65521
    }
    #expect(adler.value == UInt32(high << 16 | low))
  }
}

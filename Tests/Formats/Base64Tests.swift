import Testing

@testable import DragomanFormats

@Suite struct `Base 64` {
  @Test func `comes back`() {
    for count in 0..<10 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: 251 * $0 + 7 * count) }
      #expect(Base64.bytes(Base64.text(bytes)) == bytes)
    }
    #expect(Base64.bytes("+/8=") == [0xFB, 0xFF])
  }

  @Test(arguments: ["A", "AAA", "AA-A", "=AAA", "AA=A", "A===", "AA==AAAA", "AA A"])
  func `of other letters is none`(_ text: String) {
    #expect(Base64.bytes(text) == nil)
  }
}

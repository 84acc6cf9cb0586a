import DragomanSystem
import DragomanTestSupport
import Testing

@testable import DragomanFormats

@Suite struct `Counts in words` {
  @Test func `take the singular for one, and the plural of the noun for others`() {
    #expect(Words.count(1, "layer") == "1 layer")
    #expect(Words.count(0, "layer") == "0 layers")
    #expect(Words.count(29_000, "pair") == "29,000 pairs")
    #expect(Words.count(1, "entry", plural: "entries") == "1 entry")
    #expect(Words.count(2, "entry", plural: "entries") == "2 entries")
  }
}

@Suite struct `Numbers as text` {
  @Test func `are grouped by thousands`() {
    #expect(NumberText.grouped(0) == "0")
    #expect(NumberText.grouped(999) == "999")
    #expect(NumberText.grouped(-1000) == "-1,000")
    #expect(NumberText.grouped(1_234_567) == "1,234,567")
    #expect(NumberText.grouped(.min) == "-9,223,372,036,854,775,808")
  }

  @Test func `have a fixed number of decimals`() {
    #expect(NumberText.fixed(3.14159, decimals: 2) == "3.14")
    #expect(NumberText.fixed(0.9995, decimals: 3) == "1.000")
    #expect(NumberText.fixed(-0.0001, decimals: 2) == "0.00")
    #expect(NumberText.fixed(-1.005, decimals: 1) == "-1.0")
    #expect(NumberText.fixed(7, decimals: 0) == "7")
    #expect(NumberText.fixed(.infinity, decimals: 2) == "inf")
    #expect(NumberText.fixed(.nan, decimals: 2) == "nan")
    #expect(NumberText.fixed(1e300, decimals: 2) == "1e+300")
  }

  @Test func `have a number of digits that count`() {
    #expect(NumberText.significant(0.00123456, digits: 4) == "0.001235")
    #expect(NumberText.significant(1_234_567, digits: 4) == "1.235e6")
    #expect(NumberText.significant(-1234, digits: 4) == "-1234")
    #expect(NumberText.significant(0, digits: 3) == "0")
    #expect(NumberText.significant(1e-9, digits: 3) == "1.00e-9")
    #expect(NumberText.significant(9.9999e9, digits: 3) == "1.00e10")
    #expect(NumberText.significant(-.infinity, digits: 3) == "-inf")
  }

  @Test func `count bytes in powers of a thousand`() {
    #expect(NumberText.bytes(0) == "0 bytes")
    #expect(NumberText.bytes(999) == "999 bytes")
    #expect(NumberText.bytes(12_345) == "12.3 kB")
    #expect(NumberText.bytes(999_500) == "1.00 MB")
    #expect(NumberText.bytes(48_000_000) == "48.0 MB")
  }
}

@Suite struct `Suggestions` {
  @Test(arguments: [
    ("trian", "train"), ("TRAIN", "train"), ("translat", "translate"), ("inspekt", "inspect"),
    ("xyzzy", nil), ("t", nil), ("", nil), ("x", nil),
  ])
  func `are the nearest word, if one is near`(_ typed: String, _ expected: String?) {
    #expect(
      Suggestion.nearest(to: typed, among: ["train", "translate", "inspect", "score"]) == expected)
  }

  @Test func `of a word out of a damaged file take no time`() {
    let time = ThreadTime.measure {
      let word = String(repeating: "x", count: 2_000_000)
      #expect(Suggestion.nearest(to: word, among: ["train", "translate"]) == nil)
    }
    #expect(time < .seconds(2))
  }

  @Test func `count a swap of neighbours once`() {
    #expect(Suggestion.distance(Array("ab".unicodeScalars), Array("ba".unicodeScalars)) == 1)
    #expect(Suggestion.distance([], Array("abc".unicodeScalars)) == 3)
  }
}

@Suite struct `The checksum` {
  @Test func `is CRC-32C`() {
    var checksum = Checksum()
    #expect(checksum.text == "00000000")
    checksum.add(Array("123456789".utf8))
    #expect(checksum.text == "e3069283")
    // RFC 3720, appendix B.4: 32 bytes of 0, 32 bytes of 255, and 0…31.
    for (bytes, expected) in [
      ([UInt8](repeating: 0, count: 32), "8a9136aa"),
      ([UInt8](repeating: 255, count: 32), "62a8ab43"),
      (Array(0..<32), "46dd794e"),
    ] {
      var checksum = Checksum()
      checksum.add(bytes)
      #expect(checksum.text == expected)
    }
  }

  @Test func `does not depend on how bytes are cut`() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7 + $0 / 13) }
    var whole = Checksum()
    whole.add(bytes)
    for cut in [1, 3, 8, 17, 999] {
      var parts = Checksum()
      parts.add(Array(bytes[..<cut]))
      parts.add(Array(bytes[cut...]))
      #expect(parts.value == whole.value)
    }
  }
}

import DragomanTestSupport
import Testing

@testable import DragomanText

@Suite struct `A text decoder` {
  static let codecs = TokenizerKind.allCases.map {
    TextCodec.trained(on: NastyText.lines, kind: $0, vocabularySize: 600)
  }

  /// The text of a codec's numbers as `decode` and a decoder make it, part by part.
  static func decoded(_ ids: [Int32], _ codec: TextCodec) -> (whole: String, parts: [String]) {
    var decoder = TextDecoder(codec)
    let parts = ids.map { decoder.append($0) } + [decoder.finish()]
    return (codec.decode(ids), parts)
  }

  @Test(arguments: codecs.indices) func `gives lines back in parts`(_ index: Int) {
    let codec = Self.codecs[index]
    for line in NastyText.lines {
      let ids = codec.encode(line)
      guard !ids.contains(codec.vocabulary.unknown) else { continue }
      let (whole, parts) = Self.decoded(ids, codec)
      #expect(whole.scalars == codec.tokenizer.normalize(line).scalars)
      #expect(parts.joined().scalars == whole.scalars, "\(line.debugDescription): \(parts)")
    }
  }

  /// Bytes at random make every kind of broken text; what Swift makes of all bytes at once is right.
  @Test func `repairs bytes in parts as a whole`() throws {
    let codec = try #require(Self.codecs.last)
    var generator = SplitMix(seed: 11)
    // Leads, their bounds and what may follow are more telling than any byte.
    let telling: [UInt8] = [
      0x20, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1,
      0xE2,
      0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF, 0x82, 0xAC,
    ]
    for _ in 0..<20_000 {
      let length = Int.random(in: 1...8, using: &generator)
      let bytes = (0..<length).map { _ in
        Bool.random(using: &generator)
          ? UInt8.random(in: 0...255, using: &generator)
          : telling[Int.random(in: 0..<telling.count, using: &generator)]
      }
      let ids = bytes.map { codec.vocabulary.id(of: BytePairs.byteToken($0)) }
      let (whole, parts) = Self.decoded(ids, codec)
      let expected = codec.tokenizer.normalize(String(decoding: bytes, as: UTF8.self))
      #expect(whole.scalars == expected.scalars, "\(bytes)")
      #expect(parts.joined().scalars == expected.scalars, "\(bytes): \(parts)")
    }
  }

  @Test func `holds back what may change`() throws {
    let codec = try #require(Self.codecs.last)
    let ids = Array("a \u{20AC}".utf8).map { codec.vocabulary.id(of: BytePairs.byteToken($0)) }
    #expect(Self.decoded(ids, codec).parts == ["a", "", "", "", " \u{20AC}", ""])
    #expect(Self.decoded(ids.dropLast(), codec).parts == ["a", "", "", "", " \u{FFFD}"])
    let (begin, end) = (codec.vocabulary.begin, codec.vocabulary.end)
    #expect(Self.decoded([begin, ids[0], end], codec).parts == ["", "a", "", ""])
  }

  @Test(arguments: codecs.indices) func `makes of any numbers what all at once are`(_ index: Int) {
    let codec = Self.codecs[index]
    var generator = SplitMix(seed: 4)
    for _ in 0..<3000 {
      let ids = (0..<12).map { _ in
        Int32.random(in: 0..<Int32(codec.vocabulary.count), using: &generator)
      }
      let (whole, parts) = Self.decoded(ids, codec)
      #expect(parts.joined().scalars == whole.scalars, "\(ids)")
      #expect(whole.scalars == codec.tokenizer.normalize(whole).scalars)
    }
  }
}

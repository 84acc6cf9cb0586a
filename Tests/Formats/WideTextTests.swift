import DragomanFormats
import Testing

@Suite struct `Text in units of two or four bytes` {
  private func bytes(_ text: String, little: Bool, wide: Bool) -> [UInt8] {
    if wide {
      return text.unicodeScalars.flatMap { scalar in
        let bytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: scalar.value >> $0) }
        return little ? bytes.reversed() : bytes
      }
    }
    return text.utf16.flatMap { unit in
      let bytes = [UInt8(unit >> 8), UInt8(unit & 255)]
      return little ? bytes.reversed() : bytes
    }
  }

  @Test(arguments: [
    "a\tb\nc\td\n", "Привет мир\tсолнце и Рим\nпока\tда\n", "你好嗎\thello\n一二三\tworld\n",
    "<tmx version='1.4'>",
  ]) func `is known without a mark`(text: String) {
    #expect(WideText(bytes(text, little: true, wide: false)) == .utf16LittleEndian)
    #expect(WideText(bytes(text, little: false, wide: false)) == .utf16BigEndian)
    #expect(WideText(bytes(text, little: true, wide: true)) == .utf32LittleEndian)
    #expect(WideText(bytes(text, little: false, wide: true)) == .utf32BigEndian)
    #expect(WideText(Array(text.utf8)) == nil)
  }

  @Test func `is known by its mark`() {
    #expect(WideText([0xFF, 0xFE, 0x61, 0]) == .utf16)
    #expect(WideText([0xFE, 0xFF, 0, 0x61]) == .utf16)
    #expect(WideText([0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0]) == .utf32)
    #expect(WideText([0, 0, 0xFE, 0xFF]) == .utf32)
    #expect(WideText.utf16BigEndian.remedy == "Convert it with 'iconv -f UTF-16BE -t UTF-8'.")
  }

  @Test(arguments: [
    "", "a\u{0}", "a b\u{0} c d\n e \u{0}f\n", "\u{0}\u{0}\u{0}\u{0}", "a\tb\u{0}\nc\td\n",
  ])
  func `is not text with stray zero bytes`(text: String) {
    #expect(WideText(Array(text.utf8)) == nil)
  }
}

@Suite struct `The name of an encoding` {
  @Test(arguments: [
    "UTF-8", "ISO-8859-15", "windows-1251", "KOI8-R", "csISO2022KR", "ISO_8859-1:1987",
  ])
  func `may stand in a command`(name: String) {
    #expect(CharsetName.remedy(name) == "Convert it with 'iconv -f \(name) -t UTF-8'.")
  }

  @Test(arguments: [
    "x; rm -rf ~ #", "", "-c", "a b", "a'b", "$(id)", "`id`", "a\nb", "ü", "a//TRANSLIT|sh",
    String(repeating: "a", count: 41),
  ])
  func `stands in none if it can be more than a name`(name: String) {
    #expect(
      CharsetName.remedy(name)
        == "Find out how it is encoded, and convert it to UTF-8 with 'iconv'.")
    #expect(CharsetName.shown(name).hasPrefix("'"))
  }
}

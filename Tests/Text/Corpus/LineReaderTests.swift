import DragomanTestSupport
import Testing

@testable import DragomanText

@Suite struct `The line reader` {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func lines(_ bytes: [UInt8]) throws -> [String] {
    var reader = try LineReader(path: try folder.write("file.txt", bytes))
    var result: [String] = []
    while let line = try reader.next() { result.append(String(decoding: line, as: UTF8.self)) }
    return result
  }

  private func lines(_ text: String) throws -> [String] { try lines(Array(text.utf8)) }

  @Test func `splits on line feeds alone`() throws {
    #expect(
      try lines("a\u{2028}b\u{85}c\u{C}d\u{B}e\u{1C}f\ng") == [
        "a\u{2028}b\u{85}c\u{C}d\u{B}e\u{1C}f", "g",
      ])
  }

  @Test func `needs no line feed at the end and adds no line for one`() throws {
    #expect(try lines("a\nb") == ["a", "b"])
    #expect(try lines("a\nb\n") == ["a", "b"])
    #expect(try lines("a\n\n") == ["a", ""])
    #expect(try lines("") == [])
  }

  @Test func `strips carriage returns at ends and the byte order mark`() throws {
    #expect(try lines("\u{FEFF}a\r\nb\r\r\n\u{FEFF}c\r") == ["a", "b", "\u{FEFF}c"])
    #expect(try lines("\u{FEFF}") == [])
  }

  @Test func `reads lines that are longer than a chunk`() throws {
    let long = String(repeating: "xyzé", count: LineReader.chunk / 2)
    #expect(try lines("a\n" + long + "\nb\n" + long) == ["a", long, "b", long])
  }

  @Test func `reads many lines over many chunks`() throws {
    let expected = (0..<60_000).map { "line \($0) \(String(repeating: "é", count: $0 % 17))" }
    #expect(try lines(expected.joined(separator: "\n")) == expected)
  }

  @Test(
    arguments: [
      ([0x61, 0x0A, 0x62, 0xE9, 0x63], 2, 2, 0xE9), ([0xC0, 0x80], 1, 1, 0xC0),
      ([0x61, 0xE2, 0x82], 1, 2, 0xE2),
      ([0xED, 0xA0, 0x80], 1, 1, 0xED), ([0xF4, 0x90, 0x80, 0x80], 1, 1, 0xF4),
      ([0x80], 1, 1, 0x80),
      ([0xE0, 0x9F, 0xBF], 1, 1, 0xE0), ([0xF0, 0x8F, 0xBF, 0xBF], 1, 1, 0xF0),
      ([0xF8], 1, 1, 0xF8),
      ([0xE2, 0x82, 0x0A, 0xAC], 1, 1, 0xE2), ([0xF0, 0x9F, 0x98, 0x41], 1, 1, 0xF0),
    ] as [([UInt8], Int, Int, UInt8)]) func `says where text is not UTF-8`(
      bytes: [UInt8], line: Int, byte: Int, found: UInt8
    ) throws
  {
    let error = #expect(throws: CorpusError.self) { try lines(bytes) }
    #expect(
      error
        == .invalidUTF8(path: folder.path + "/file.txt", line: line, byte: byte, found: found))
  }

  @Test func `accepts every scalar but NUL`() throws {
    var text = ""
    for value in stride(from: UInt32(1), to: 0x11_0000, by: 97) where value != 0x0A && value != 0x0D
    {
      if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
    }
    text += "\u{80}\u{7FF}\u{800}\u{D7FF}\u{E000}\u{FFFF}\u{10000}\u{10FFFF}"
    #expect(try lines(text).map(\.scalars) == [text.scalars])
  }

  @Test func `words its errors`() throws {
    func message(_ bytes: [UInt8]) -> String {
      folder.relative(#expect(throws: CorpusError.self) { try lines(bytes) })
    }
    #expect(
      message(Array("ab\ncaf".utf8) + [0xE9]) == """
        file.txt:2: byte 4 of the line (0xE9) is not valid UTF-8. \
        Convert the file, for example with 'iconv -f WINDOWS-1252 -t UTF-8'.
        """)
    #expect(
      message(Array("ab\nc\0".utf8)) == """
        file.txt:2: byte 2 of the line is NUL, which no text has. \
        Remove such bytes, for example with 'tr -d "\\000"'.
        """)
    #expect(
      message([0xFF, 0xFE, 0x61, 0x00]) == """
        file.txt: expected text in UTF-8, found UTF-16. Convert it with 'iconv -f UTF-16 -t UTF-8'.
        """)
    #expect(
      message([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) == """
        file.txt: expected text in UTF-8, found an xz file. Unpack it with 'xz -dk'.
        """)
    #expect(
      message(Array("a b\tc d\re f\tg h\r".utf8)) == """
        file.txt:1: byte 8 of the line is a carriage return (CR) without a line feed, which ends no line. \
        If lines end so, convert the file with "tr '\\r' '\\n'".
        """)
    for (name, bytes) in [
      ("UTF-16LE", [0x61, 0, 0x62, 0, 0x0A, 0]), ("UTF-16BE", [0, 0x61, 0, 0x62, 0, 0x0A]),
      ("UTF-32LE", [0x61, 0, 0, 0, 0x62, 0, 0, 0]), ("UTF-32", [0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0]),
    ] as [(String, [UInt8])] {
      #expect(
        message(bytes) == """
          file.txt: expected text in UTF-8, found \(name). Convert it with 'iconv -f \(name) -t UTF-8'.
          """)
    }
    _ = try folder.write("nine.txt", "x")
    #expect(
      folder.relative(
        #expect(throws: CorpusError.self) { try LineReader(path: folder.path + "/none.txt") })
        == "none.txt: cannot open the file: No such file or directory. Did you mean 'nine.txt'?")
    #expect(
      folder.relative(
        #expect(throws: CorpusError.self) { try LineReader(path: folder.path + "/") }
      ).hasSuffix(": cannot read it: it is a folder and not a file."))
  }
}

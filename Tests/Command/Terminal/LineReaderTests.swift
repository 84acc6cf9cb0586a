import DragomanFormats
import Foundation
import Testing

@testable import DragomanCommand

@Suite struct `Lines of standard input` {
  /// Everything a reader gives for a file with these bytes.
  private func lines(_ bytes: [UInt8]) throws -> [String] {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let handle = try FileHandle(forReadingFrom: file)
    let reader = LineReader(descriptor: handle.fileDescriptor)
    var result: [String] = []
    while let lines = try reader.next() { result += lines }
    return result
  }

  @Test(arguments: [
    ("", []), ("a", ["a"]), ("a\n", ["a"]), ("a\nb", ["a", "b"]), ("\n", [""]),
    ("a\n\n\nb\n", ["a", "", "", "b"]), ("a\r\nb\r\n", ["a", "b"]), ("a\rb\n", ["a\rb"]),
    ("é\u{2028}x\n", ["é\u{2028}x"]),
  ]) func `end at line feeds only`(_ text: String, _ expected: [String]) throws {
    #expect(try lines(Array(text.utf8)) == expected)
  }

  @Test func `survive bytes that are not text`() throws {
    #expect(try lines([0x61, 0xFF, 0x0A, 0x00, 0x0A]) == ["a\u{FFFD}", "\u{FFFD}"])
  }

  @Test func `have no byte order mark`() throws {
    #expect(try lines([0xEF, 0xBB, 0xBF] + Array("My father\n".utf8)) == ["My father"])
    #expect(try lines([0xEF, 0xBB, 0xBF]) == [])
  }

  @Test func `are refused in UTF-16`() throws {
    for bytes: [UInt8] in [
      [0xFF, 0xFE, 0x61, 0, 0x0A, 0], [0x61, 0, 0x62, 0, 0x0A, 0], [0, 0x61, 0, 0x0A],
    ] {
      let error = #expect(throws: TextError.self) { try lines(bytes) }
      let text = try #require(error).description
      #expect(
        text.hasPrefix(
          "standard input: expected text in UTF-8, found UTF-16"))
    }
  }

  /// What a reader gives of a file, and what it tells of it.
  private func told(_ bytes: [UInt8], strict: Bool = false) throws -> (
    lines: [String], notes: [String]
  ) {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let handle = try FileHandle(forReadingFrom: file)
    let reader = LineReader(descriptor: handle.fileDescriptor, isStrict: strict)
    var result: [String] = []
    var error: (any Error)?
    do { while let lines = try reader.next() { result += lines } } catch let thrown {
      error = thrown
    }
    return (result, error.map { ["\($0)"] } ?? reader.notes)
  }

  @Test func `tell once what was repaired`() throws {
    let bytes = Array("caf".utf8) + [0xE9, 0x0A] + Array("a\rb\nc\n".utf8) + [0xFF, 0x0A]
    let (lines, notes) = try told(bytes)
    #expect(lines == ["caf\u{FFFD}", "a\rb", "c", "\u{FFFD}"])
    #expect(
      notes == [
        "standard input:1: byte 4 of the line (0xE9) is not valid UTF-8, and 1 more line with such: replaced by "
          + "U+FFFD. Convert it, for example with 'iconv -f WINDOWS-1252 -t UTF-8'. --strict refuses such lines.",
        "standard input:2: byte 2 of the line is a carriage return (CR) without a line feed, which ends no line: read "
          + "as a space. If lines end so, convert it with \"tr '\\r' '\\n'\". --strict refuses such lines.",
      ])
    #expect(try told(Array("a\nb\n".utf8)).notes.isEmpty)
  }

  @Test func `are an error with strictness, after those before it`() throws {
    let (lines, notes) = try told(Array("a\nb\ncaf".utf8) + [0xE9, 0x0A, 0x64, 0x0A], strict: true)
    #expect(lines == ["a", "b"])
    #expect(
      notes == [
        "standard input:3: byte 4 of the line (0xE9) is not valid UTF-8. "
          + "Convert it, for example with 'iconv -f WINDOWS-1252 -t UTF-8'."
      ])
  }

  @Test func `come whole from input of any size`() throws {
    let expected = (0..<30_000).map { "line \($0)" } + [String(repeating: "x", count: 200_000)]
    #expect(try lines(Array(expected.joined(separator: "\n").utf8)) == expected)
  }

  @Test func `are those of the text where it is compressed with gzip`() throws {
    let file: [UInt8] = [
      0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xCB, 0xCF, 0x4B, 0xE5, 0xE5,
      0x2A, 0x29, 0xCF, 0xE7, 0x2A, 0xC9, 0x28, 0x4A, 0x4D, 0x05, 0x00, 0xF2, 0x68, 0xF8, 0xC4,
      0x0E, 0x00, 0x00, 0x00,
    ]
    #expect(try lines(file) == ["one", "two", "three"])
    let error = #expect(throws: (any Error).self) { try lines(file.dropLast()) }
    #expect(
      "\(try #require(error))"
        == "standard input: byte \(file.count - 1): expected more compressed data, found the end of the file. It "
        + "was cut short or damaged; copy or download it again."
    )
  }

  @Test func `come as soon as they are there`() throws {
    let pipe = Pipe()
    let reader = LineReader(descriptor: pipe.fileHandleForReading.fileDescriptor)
    try pipe.fileHandleForWriting.write(contentsOf: Data("a\nb\nhal".utf8))
    #expect(try reader.next() == ["a", "b"])
    try pipe.fileHandleForWriting.write(contentsOf: Data("f\n".utf8))
    #expect(try reader.next() == ["half"])
    try pipe.fileHandleForWriting.close()
    #expect(try reader.next() == nil)
  }

  @Test func `are waited for where reading does not wait by itself`() throws {
    let pipe = Pipe()
    let descriptor = pipe.fileHandleForReading.fileDescriptor
    #expect(fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK) == 0)
    let writing = pipe.fileHandleForWriting
    let writer = Thread {
      for text in ["a", "b\n", "c"] {
        usleep(20_000)
        writing.write(Data(text.utf8))
      }
      try? writing.close()
    }
    writer.start()
    let reader = LineReader(descriptor: descriptor)
    #expect(try reader.next() == ["ab"])
    #expect(try reader.next() == ["c"])
    #expect(try reader.next() == nil)
    withExtendedLifetime(pipe) {}
  }

  @Test func `tell when they cannot be read`() {
    #expect(throws: InputError.self) { try LineReader(descriptor: -1).next() }
  }
}

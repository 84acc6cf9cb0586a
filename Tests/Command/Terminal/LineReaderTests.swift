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

  @Test func `survive bytes that are no text`() throws {
    #expect(try lines([0x61, 0xFF, 0x0A, 0x00, 0x0A]) == ["a\u{FFFD}", "\0"])
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
        == "standard input: byte \(file.count - 1): expected more compressed data, found the end of the file. It was cut short or damaged; copy or download it again."
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

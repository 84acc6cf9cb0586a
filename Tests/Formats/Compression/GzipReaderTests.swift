import DragomanSystem
import DragomanTestSupport
import Testing

@testable import DragomanFormats

/// Fixtures: `Golden/Compression/make_compression.py`.
@Suite struct `A gzip file` {
  private let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func unpacked(_ bytes: [UInt8], pieces: Int = 1 << 16) throws -> [UInt8] {
    var rest = bytes[...]
    var reader = GzipReader(path: "F") {
      defer { rest = rest.dropFirst(pieces) }
      return Array(rest.prefix(pieces))
    }
    var result: [UInt8] = []
    while true {
      let piece = try reader.next()
      if piece.isEmpty { return result }
      result += piece
    }
  }

  private func message(_ bytes: [UInt8]) -> String {
    folder.message { _ = try unpacked(bytes) }
  }

  @Test func `is read, in however many members and pieces`() throws {
    let text = try compressed("text.txt")
    for pieces in [1, 10, 1000, 1 << 16] {
      #expect(try unpacked(compressed("text.gz"), pieces: pieces) == text)
      #expect(try unpacked(compressed("members.gz"), pieces: pieces) == Array(text.prefix(300)))
    }
  }

  @Test func `or one that is plain is read as a whole`() throws {
    let text = try compressed("text.txt")
    #expect(try GzipReader.readFile(goldenPath("Compression/text.gz")) == text)
    #expect(try GzipReader.readFile(goldenPath("Compression/text.txt")) == text)
  }

  @Test func `that is damaged is refused`() throws {
    let file = try compressed("text.gz")
    let damaged = "It was cut short or damaged; copy or download it again."
    func changed(_ at: Int, _ byte: UInt8) -> [UInt8] {
      var bytes = file
      bytes[at < 0 ? bytes.count + at : at] = byte
      return bytes
    }
    #expect(
      message(changed(2, 7))
        == "F: byte 0: expected the method 8, DEFLATE, found the byte 0x07. \(damaged)")
    #expect(
      message(changed(3, 0x28))
        == "F: byte 0: expected flags that gzip knows, found the byte 0x28. \(damaged)")
    #expect(
      message(changed(-8, file[file.count - 8] ^ 1)).contains("expected data with the checksum "))
    let length = try compressed("text.txt").count
    #expect(
      message(changed(-1, 1))
        == "F: byte \(file.count - 4): expected the length \(length) of what was unpacked, found "
        + "\(length + 1 << 24). \(damaged)"
    )
    #expect(
      message(file + [0, 65])
        == "F: byte \(file.count + 1): expected another gzip file, zeros or the end, found the byte 0x41. \(damaged)"
    )
    for length in 0..<file.count {
      #expect(
        message(Array(file.prefix(length)))
          == "F: byte \(length): expected more compressed data, found the end of the file. \(damaged)"
      )
    }
  }

  @Test func `that becomes far too much is refused`() throws {
    let file = try compressed("zeros.gz")
    #expect(message(file) == "no error")
    // Eighty million bytes of eighty thousand.
    #expect(
      message([[UInt8]](repeating: file, count: 80).flatMap { $0 }).contains(
        "expected data that become at most 100 times as many, found more than that. If it is meant to be so "
          + "repetitive, unpack it with 'gunzip -k'."
      ))
  }

  @Test func `with bytes changed never traps`() throws {
    var random = SplitMix(seed: 5)
    let file = try compressed("members.gz")
    for _ in 0..<2000 {
      var bytes = file
      random.mutate(&bytes, with: [0, 0x1F, 0x8B, 0xFF])
      _ = try? unpacked(bytes)
    }
  }
}

import DragomanSystem
import DragomanTestSupport
import Foundation
import Testing

@testable import DragomanFormats

/// Fixtures: `Golden/Compression/make_compression.py`.
@Suite struct `A zip archive` {
  private let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func message(_ bytes: [UInt8], limit: Int = 10_000) throws -> String {
    try folder.write("F", bytes)
    return folder.message {
      let archive = try ZipArchive(path: folder["F"])
      for member in archive.members { _ = try archive.read(member, atMost: limit) }
    }
  }

  @Test func `gives its members`() throws {
    let text = try compressed("text.txt")
    let archive = try ZipArchive(path: goldenPath("Compression/archive.zip"))
    #expect(archive.members.map(\.name) == ["stored.txt", "folder/größe.txt", "empty"])
    let contents = try archive.members.map { try archive.read($0, atMost: 10_000) }
    #expect(contents == [Array(text.prefix(300)), Array(text.prefix(3000)), []])
  }

  @Test func `that is damaged is refused`() throws {
    let file = try compressed("archive.zip")
    let damaged = "It was cut short or damaged; copy or download it again."
    let list = try #require(file.firstRange(of: [0x50, 0x4B, 1, 2])).lowerBound
    let end = try #require(file.firstRange(of: [0x50, 0x4B, 5, 6])).lowerBound
    func changed(_ at: Int, _ bytes: UInt8...) -> [UInt8] {
      var file = file
      file.replaceSubrange(at..<(at + bytes.count), with: bytes)
      return file
    }
    #expect(
      try message([])
        == "F: byte 0: expected a zip archive with the list of its members at the end, found none. \(damaged)"
    )
    #expect(
      try message(changed(list, 0))
        == "F: byte \(list): expected the list of 3 members, found its end after 0. \(damaged)")
    #expect(
      try message(changed(list + 8, 1)).hasSuffix(
        "expected a plain member 'stored.txt', found an encrypted one. Write the archive again, for example with "
          + "'numpy.savez'."
      ))
    #expect(try message(changed(list + 10, 12)).contains("'stored.txt', found the method 12."))
    #expect(try message(changed(list + 16, 1)).contains("expected data with the checksum "))
    #expect(
      try message(changed(list + 20, 0xFF, 0xFF, 0xFF, 0xFF)).contains(
        "expected less than 4 GiB in the member 'stored.txt', found sizes of 64 bits. Save each array"
      ))
    #expect(
      try message(changed(list + 20, 0xFF, 0xFF, 0xFF)).contains(
        "expected the bytes of the member before the list, those of 'stored.txt', found others."))
    #expect(
      try message(changed(list + 24, 0xFF)).contains(
        "expected 511 bytes of 'stored.txt', found 300."))
    #expect(
      try message(changed(list + 42, 1)).contains(
        "expected the header of 'stored.txt', found something else."))
    #expect(
      try message(changed(end + 10, 4)).contains(
        "expected an archive in one part, found one of several."))
    #expect(
      try message(changed(end + 16, 0xFF, 0xFF, 0xFF, 0xFF)).contains(
        "expected an archive of less than 4 GiB, found one with sizes of 64 bits."))
    #expect(
      try message(changed(end + 16, 0xFF, 0xFF, 0xFF)).contains(
        "expected a list of members before this place, found one from "))
    #expect(
      try message(file, limit: 299).hasSuffix(
        "expected at most 299 bytes in 'stored.txt', found 300. Split it into smaller parts."))
  }

  @Test func `cannot be read from a pipe`() throws {
    try #require(mkfifo(folder["pipe"], 0o600) == 0)
    let message = folder.message { _ = try ZipArchive(path: folder["pipe"]) }
    #expect(message.contains("pipe: cannot read arrays from it"), "\(message)")
    #expect(message.hasSuffix("Save what it gives in a file first."), "\(message)")
  }

  @Test func `cut short or with bytes changed never traps`() throws {
    let file = try compressed("archive.zip")
    for length in stride(from: 0, to: file.count, by: 17) {
      #expect(
        try message(Array(file.prefix(length))).hasPrefix("F: byte \(length): expected a zip"))
    }
    var random = SplitMix(seed: 6)
    for _ in 0..<150 {
      var bytes = file
      random.mutate(&bytes, with: [0, 0x50, 0x4B, 0xFF])
      _ = try message(bytes)
    }
  }
}

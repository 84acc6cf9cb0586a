import DragomanFormats
import DragomanModels
import DragomanSystem
import DragomanTestSupport
import Foundation
import Testing

@testable import DragomanTranslation

/// What becomes of model files whose bytes are not those that were written.
@Suite struct `A damaged model file` {
  private let folder: TemporaryFolder
  private var path: String { folder["F"] }

  init() throws { folder = try TemporaryFolder() }

  /// The smallest model there is.
  private func bytes() throws -> [UInt8] {
    let file = SmallModel.file(score: .dot, text: ["é b"]) { model in
      model.embedding = 1
      model.recurrentEncoder.hidden = 1
      model.recurrentEncoder.bidirectional = false
      model.recurrentDecoder.hidden = 1
      model.recurrentDecoder.initialState = .zero
    }
    try file.write(to: path)
    return try Files.read(path)
  }

  /// Changes each byte with each of the masks, and counts the files that are read all the same.
  private func accepted(_ bytes: [UInt8], masks: [UInt8]) throws -> Int {
    try folder.write("F", bytes)
    let file = try #require(FileHandle(forUpdatingAtPath: path))
    defer { try? file.close() }
    func put(_ byte: UInt8, at offset: Int) throws {
      try file.seek(toOffset: UInt64(offset))
      try file.write(contentsOf: Data([byte]))
    }
    var accepted = 0
    for (offset, byte) in bytes.enumerated() {
      for mask in masks {
        try put(byte ^ mask, at: offset)
        if (try? ModelFile(path: path)) != nil { accepted += 1 }
      }
      try put(byte, at: offset)
    }
    _ = try ModelFile(path: path)
    return accepted
  }

  /// One bit, several, and all of them; and 3, which makes a 1 of the version's 2.
  @Test func `is refused whichever byte is wrong`() throws {
    let bits: [UInt8] = (0..<8).map { 1 << $0 }
    #expect(try accepted(bytes(), masks: bits + [3, 0x0F, 0x5A, 0x81, 0xFF]) == 0)
  }

  /// Its checksum is of the tensors alone, so that much in its header can change unseen.
  @Test func `of version 1 has the protection that it had`() throws {
    let old = ModelBytes.ofVersion1(try bytes())
    let start = 8 + Int(old[0]) + Int(old[1]) << 8
    #expect(try accepted(old, masks: [1]) > 0)
    for offset in start..<old.count {
      var damaged = old
      damaged[offset] ^= 4
      try folder.write("F", damaged)
      let message = folder.message { _ = try ModelFile(path: path) }
      #expect(message.hasPrefix("F: the checksum is "), "byte \(offset): \(message)")
    }
  }

  @Test func `is refused wherever it is cut off or goes on`() throws {
    let bytes = try bytes()
    for count in bytes.indices {
      try folder.write("F", Array(bytes[..<count]))
      #expect(throws: FormatError.self, "\(count) bytes") { try ModelFile(path: path) }
    }
    try folder.write("F", bytes + [0])
    #expect(throws: FormatError.self) { try ModelFile(path: path) }
  }

  /// Two bytes in each other's place, a byte that moved, bytes that are there twice.
  @Test func `is refused when bytes changed places`() throws {
    let bytes = try bytes()
    for offset in stride(from: 0, to: bytes.count - 1, by: 7) {
      var swapped = bytes
      swapped.swapAt(offset, offset + 1)
      var moved = bytes
      moved.insert(moved.remove(at: offset), at: bytes.count / 2)
      var doubled = bytes
      doubled[offset + 1] = doubled[offset]
      for damaged in [swapped, moved, doubled] where damaged != bytes {
        try folder.write("F", damaged)
        #expect(throws: (any Error).self, "byte \(offset)") { try ModelFile(path: path) }
      }
    }
  }

  @Test func `says that it was changed`() throws {
    // A word of the vocabulary and the padding; both gave a translation in version 0.1.
    for (old, new) in [(#"\"é\""#, #"\"è\""#), ("}}  ", "}} \n")] {
      let bytes = try bytes()
      let damaged = ModelBytes.replacing(old, by: new, in: bytes)
      try folder.write("F", damaged)
      let stated = try SafetensorsReader(path: path).metadata[SafetensorsReader.checksumKey]
      let error = #expect(throws: ModelFileError.self) { try Translator(path: path, threads: 1) }
      let message = folder.relative(error)
      #expect(message.hasPrefix("F: the checksum is "))
      #expect(
        message.hasSuffix(
          """
          , but the file was written with \(stated ?? "none"). It was changed or damaged; use another copy, or give \
          it a new checksum as docs/checkpoints.md says.
          """))
      try folder.write("F", ModelBytes.stamped(damaged))
      _ = try ModelFile(path: path)
    }
  }

  @Test func `needs its checksum`() throws {
    try folder.write(
      "F", ModelBytes.replacing("dragoman.checksum", by: "dragoman.checksun", in: bytes()))
    #expect(folder.message { _ = try ModelFile(path: path) } == missing("nothing"))
  }

  /// A foreign writer may leave it out in version 1, as in version 0.1.
  @Test func `of version 1 does not`() throws {
    let old = ModelBytes.ofVersion1(try bytes())
    try folder.write(
      "F", ModelBytes.replacing("dragoman.checksum", by: "dragoman.checksun", in: old))
    _ = try ModelFile(path: path)
  }

  @Test(arguments: ["0123456", "012345678", "0123ABCD", "0123456g", #"\u00300000000"#])
  func `needs eight digits as they are`(_ digits: String) throws {
    let bytes = try bytes()
    let length = 8 + Int(bytes[0]) + Int(bytes[1]) << 8
    var header = Array(bytes[8..<length])
    let start = #"{"__metadata__":{"dragoman.checksum":""#.utf8.count
    header.replaceSubrange(start..<start + 8, with: Array(digits.utf8))
    let count = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
    try folder.write("F", count + header + bytes[length...])
    let shown = digits.hasPrefix(#"\u"#) ? "00000000" : digits
    #expect(folder.message { _ = try ModelFile(path: path) } == missing("'\(shown)'"))
  }

  private func missing(_ found: String) -> String {
    "F: metadata 'dragoman.checksum': expected the checksum of the file, eight hexadecimal digits, found \(found)."
  }
}

import DragomanSystem
import DragomanTestSupport
import Foundation
import Testing

@testable import DragomanFormats

@Suite struct `A safetensors file` {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func file(_ header: String, data: [UInt8] = [], length: UInt64? = nil) -> [UInt8] {
    let count = length ?? UInt64(header.utf8.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) } + Array(header.utf8) + data
  }

  private func metadata(_ reader: SafetensorsReader) -> [String: String] {
    Dictionary(uniqueKeysWithValues: reader.metadata.map { ($0.key.text, $0.value) })
  }

  private func message(_ bytes: [UInt8]) throws -> String {
    try folder.write("F", bytes)
    return folder.message { _ = try SafetensorsReader(path: folder["F"]) }
  }

  @Test func `with a wrong frame is refused`() throws {
    let copy = " It was cut short or is not a safetensors file; copy or download it again."
    for (bytes, expected) in [
      ([], "eight bytes of header length, found an empty file.\(copy)"),
      ([2, 0, 0, 0, 0, 0, 0], "eight bytes of header length, found 7.\(copy)"),
      (
        file("{}", length: 3),
        "a header within the 10 bytes of the file, found one of 3 bytes.\(copy)"
      ),
      (
        file("{}", length: 100_000_001),
        "a header of at most 100,000,000 bytes, found 100000001. It is damaged or no safetensors file."
      ),
      (
        file("{}", length: .max),
        "a header of at most 100,000,000 bytes, found 18446744073709551615. It is damaged or no safetensors file."
      ),
      (
        file("{}", length: 1 << 63),
        "a header of at most 100,000,000 bytes, found 9223372036854775808. It is damaged or no safetensors file."
      ),
    ] {
      #expect(try message(bytes) == "F: byte 0: expected \(expected)")
    }
    #expect(
      try message(file("{}", length: 0)).hasPrefix(
        "F: byte 8: expected a JSON object in the header, found its end."))
    #expect(
      try message(file("{}", length: 1)).hasPrefix(
        "F: byte 9: expected a name in quotes or '}' in the header, found its end."))
    #expect(
      try message(file("{}", data: [0], length: 3)).hasPrefix(
        "F: byte 10: expected the end of the text in the header, found the control character 0x00.")
    )
    #expect(try message(file("{}", data: [0x20], length: 3)) == "no error")
  }

  @Test(arguments: [
    (
      "PK\u{3}\u{4}\u{14}\u{0}\u{0}\u{0}\u{8}\u{8}",
      "a zip archive, as PyTorch and NumPy write. Convert it first"
    ),
    ("GGUF\u{3}\u{0}\u{0}\u{0}", "a GGUF file. Convert it first"),
    (
      "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 9\n",
      "a Git LFS pointer. Fetch the file itself with 'git lfs pull'."
    ),
    ("<!DOCTYPE html>\n<html>", "a web page. Download the file itself."),
    ("{\"model_type\":\"gru\"}", "JSON. Name the model file, not its description."),
    ("{}", "JSON. Name the model file, not its description."),
  ])
  func `of another format is recognised`(_ text: String, _ expected: String) throws {
    #expect(try message(Array(text.utf8)).contains("found \(expected)"))
  }

  @Test func `that is a pipe nobody writes into is refused at once`() throws {
    try #require(mkfifo(folder["pipe"], 0o600) == 0)
    let message = folder.message { _ = try SafetensorsReader(path: folder["pipe"]) }
    #expect(message.hasPrefix("pipe: cannot read tensors from it: it is not a plain file."))
  }

  @Test func `that is not a plain file is refused`() throws {
    try Files.createDirectories(folder["folder"])
    #expect(
      folder.message { _ = try SafetensorsReader(path: folder["folder"]) }
        == "folder: cannot read it: it is a folder and not a file.")
    #expect(
      folder.message { _ = try SafetensorsReader(path: "/dev/null") }
        == "/dev/null: cannot read tensors from it: it is not a plain file. Save what it gives in a file first."
    )
    #expect(
      folder.message { _ = try SafetensorsReader(path: folder["none"]) }
        == "none: cannot open the file: No such file or directory.")
  }

  @Test func `that shrinks while it is read is refused`() throws {
    var writer = SafetensorsWriter()
    writer.add("x", shape: [4]) { [1, 2, 3, 4] }
    try writer.write(to: folder["F"])
    let reader = try SafetensorsReader(path: folder["F"])
    let size = try Files.size(folder["F"])
    let handle = try #require(FileHandle(forWritingAtPath: folder["F"]))
    try handle.truncate(atOffset: UInt64(size - 6))
    let expected =
      "F: byte \(size - 6): expected more bytes, found the end of the file. It was cut short while it was being "
      + "read; write such files anew and rename them."
    let tensor = reader.tensors[0]
    #expect(folder.message { try reader.read(tensor) { _ in } } == expected)
    #expect(folder.message { try reader.verifyChecksum() } == expected)
    #expect(folder.message { try reader.readFloats(tensor) { _, _ in } } == expected)
  }

  @Test func `written by Python is read, whatever the types`() throws {
    let reader = try SafetensorsReader(path: goldenPath("python.safetensors"))
    #expect(metadata(reader) == ["é\n": "\"q\""])
    #expect(reader.tensors.count == 17)
    func values(_ name: String) throws -> [Double] {
      var values: [Double] = []
      let isNumeric = try reader.readValues(try #require(reader.tensor(named: name))) {
        values += $0
      }
      #expect(isNumeric == (name != "float8"))
      return values
    }
    #expect(try values("float64") == [0.1, -1e300, .leastNonzeroMagnitude, .infinity])
    #expect(try values("float32") == [1.5, -0.0, Double(3.4e38 as Float)])
    let half = try values("float16")
    #expect(half.prefix(5) == [1, -2.5, 0x1p-24, 65504, .infinity])
    #expect(half[5].isNaN)
    #expect(try values("bfloat16") == [1, -2.5, 3.140625, -.infinity])
    #expect(try values("int64") == [-0x1p63, 0x1p53])
    #expect(try values("uint64") == [0x1p63])
    #expect(try values("int32") == [-0x1p31, 7])
    #expect(try values("uint32") == [0x1p32 - 1])
    #expect(try values("int16") == [-32768, 32767])
    #expect(try values("uint16") == [65535])
    #expect(try values("int8") == [-128, 0, 127])
    #expect(try values("uint8") == [0, 255])
    #expect(try values("bool") == [1, 0, 0, 1])
    #expect(try values("scalar") == [42])
    #expect(try values("empty") == [])
    #expect(try values("größe ☃") == [7])
    #expect(try values("float8") == [])
    #expect(reader.tensor(named: "float64")?.shape == [2, 2])
    #expect(reader.tensor(named: "scalar")?.shape == [])
    #expect(reader.tensor(named: "empty")?.shape == [0, 3])
    #expect(reader.tensor(named: "Scalar") == nil)
    var floats: [Float] = []
    try reader.readFloats(try #require(reader.tensor(named: "float32"))) { floats += $1 }
    #expect(floats == [1.5, -0.0, 3.4e38])
  }

  @Test func `written by Python may have no tensors`() throws {
    let empty = try SafetensorsReader(path: goldenPath("empty.safetensors"))
    #expect(empty.tensors.isEmpty && empty.metadata.isEmpty)
    let metadata = try SafetensorsReader(path: goldenPath("metadata.safetensors"))
    #expect(metadata.tensors.isEmpty && self.metadata(metadata) == ["only": "this"])
  }

  @Test func `tells two spellings of one name apart`() throws {
    var writer = SafetensorsWriter()
    writer.add("\u{E9}", shape: [1]) { [1] }
    writer.add("e\u{301}", shape: [1]) { [2] }
    try writer.write(to: folder["F"])
    let reader = try SafetensorsReader(path: folder["F"])
    for (name, expected) in [("\u{E9}", [1] as [Float]), ("e\u{301}", [2])] {
      var floats: [Float] = []
      try reader.readFloats(try #require(reader.tensor(named: name))) { floats += $1 }
      #expect(floats == expected)
    }
  }

  @Test func `is read in parts that say where they belong`() throws {
    let floats = (0..<700_001).map { Float($0) }
    var writer = SafetensorsWriter()
    writer.add("before", shape: [3]) { [0, 0, 0] }
    writer.add("x", shape: [700_001]) { floats }
    try writer.write(to: folder["F"])
    let reader = try SafetensorsReader(path: folder["F"])
    let tensor = try #require(reader.tensor(named: "x"))
    var (found, parts) = ([Float](), 0)
    try reader.readFloats(tensor) { start, part in
      #expect(start == found.count)
      found += part
      parts += 1
    }
    #expect(found == floats && parts == 3)
    var values: [Double] = []
    #expect(try reader.readValues(tensor) { values += $0 })
    #expect(values == floats.map(Double.init))
  }

  @Test func `is checked against its checksum`() throws {
    let path = goldenPath("dragoman.safetensors")
    let bytes = try Files.read(path)
    try SafetensorsReader(path: path).verifyChecksum()
    let length = Int(bytes[0]) + Int(bytes[1]) << 8
    let key = try #require(bytes.firstRange(of: Array("zwölf".utf8))).lowerBound
    // In a key, in the padding, in a number.
    for (offset, mask) in [(key, 2), (8 + length - 1, 0x29), (bytes.count - 7, 4)] as [(Int, UInt8)]
    {
      var damaged = bytes
      damaged[offset] ^= mask
      try folder.write("F", damaged)
      let found = folder.message { try SafetensorsReader(path: folder["F"]).verifyChecksum() }
      #expect(found.hasPrefix("F: the checksum is "), "byte \(offset): \(found)")
      #expect(
        found.contains(", but the file was written with c6d96760. It was changed or damaged;"))
    }
    let python = folder.message {
      try SafetensorsReader(path: goldenPath("python.safetensors")).verifyChecksum()
    }
    #expect(
      python.hasSuffix(
        "metadata 'dragoman.checksum': expected the checksum of the file, eight hexadecimal digits, found nothing."
      ))
  }

  /// As version 0.1 wrote it, and as others write files without one.
  @Test func `may have a checksum of its tensors alone, or none`() throws {
    try SafetensorsReader(path: goldenPath("python.safetensors")).verifyChecksum(of: .tensors)
    let header =
      #"{"__metadata__":{"dragoman.checksum":"e3069283"},"a":{"dtype":"U8","shape":[9],"data_offsets":[0,9]}}"#
    for (text, isRight) in [("123456789", true), ("123456788", false)] {
      try folder.write("F", file(header, data: Array(text.utf8)))
      let found = folder.message {
        try SafetensorsReader(path: folder["F"]).verifyChecksum(of: .tensors)
      }
      #expect(found.hasPrefix(isRight ? "no error" : "F: the checksum is "), "\(found)")
    }
  }
}

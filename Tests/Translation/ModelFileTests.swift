import DragomanSystem
import DragomanFormats
import DragomanLayers
import DragomanTensor
import DragomanTestSupport
import DragomanText
import Testing

@testable import DragomanTranslation

@Suite struct `A model file` {
  let path = "/tmp/dragoman-model-\(UInt64.random(in: 0...UInt64.max)).safetensors"

  @Test(arguments: ScorerKind.allCases, CellKind.allCases)
  func `gives back what was written`(_ score: ScorerKind, _ cell: CellKind) throws {
    defer { try? Files.remove(path) }
    let file = SmallModel.file(score: score, cell: cell)
    try file.write(to: path)
    let read = try ModelFile(path: path)
    #expect(read.weights.slab.elements == file.weights.slab.elements)
    #expect(read.weights.layout == file.weights.layout)
    #expect(read.source == file.source)
    #expect(read.configuration.serialized() == file.configuration.serialized())
    #expect(read.record.serialized() == file.record.serialized())
    let bytes = try Files.read(path)
    try read.write(to: path)
    #expect(try Files.read(path) == bytes)
  }

  /// Writes the model, lets a change happen to the bytes, and gives the message of reading it.
  private func message(_ change: (inout [UInt8]) -> Void) throws -> String {
    defer { try? Files.remove(path) }
    try SmallModel.file().write(to: path)
    var bytes = try Files.read(path)
    change(&bytes)
    try AtomicFile.write(bytes, to: path)
    do {
      _ = try ModelFile(path: path)
      return "nothing is wrong"
    } catch {
      return "\(error)".replacing(path, with: "FILE")
    }
  }

  /// Replaces a text in the header by one of the same length, and gives the file a checksum that is right.
  private func replace(_ old: String, _ new: String) -> (inout [UInt8]) -> Void {
    { $0 = ModelBytes.stamped(ModelBytes.replacing(old, by: new, in: $0)) }
  }

  /// No memory is taken for what a file says and does not hold.
  @Test func `that speaks of larger layers than it has is refused at once`() throws {
    defer { try? Files.remove(path) }
    let file = SmallModel.file()
    var configuration = file.model.configuration
    (configuration.recurrentEncoder.hidden, configuration.recurrentDecoder.hidden) = (
      65_536, 65_536
    )
    try ModelFile(
      file.trained, configuration: ["name": "small", "model": configuration.json],
      record: file.record
    ).write(to: path)
    let error = #expect(throws: ModelFileError.self) { try ModelFile(path: path) }
    #expect(
      error?.description.hasSuffix(
        "is F32 [21, 9], but the configuration and vocabularies in the file ask for F32 [196608, 9]."
      ) == true)
  }

  @Test func `that is damaged is refused in one clear sentence`() throws {
    let total = try {
      defer { try? Files.remove(path) }
      try SmallModel.file().write(to: path)
      return try Files.size(path)
    }()
    let cases: [(String, (inout [UInt8]) -> Void, String)] = [
      (
        "empty", { $0 = [] },
        "FILE: byte 0: expected eight bytes of header length, found an empty file. It was cut short or is not a "
          + "safetensors file; copy or download it again."
      ),
      (
        "cut short", { $0.removeLast(10) },
        "FILE: byte \(total - 10): expected 10 more bytes of tensors, found the end of the file. It was cut short; "
          + "copy or download it again."
      ),
      (
        "bytes after the end", { $0 += [1, 2, 3] },
        "FILE: byte \(total): expected the end of the file after the last tensor, found 3 more bytes."
      ),
      (
        "a flipped bit in the numbers", { $0[$0.count - 5] ^= 1 },
        "FILE: the checksum is "
      ),
      (
        "a header longer than the file", { $0[2] = 255 },
        "FILE: byte 0: expected a header within the \(total) bytes of the file, found one of"
      ),
      (
        "an enormous header", { $0[7] = 128 },
        "FILE: byte 0: expected a header of at most 100,000,000 bytes, found 9223372036854"
      ),
      (
        "a header that is not JSON", { $0[8] = UInt8(ascii: "<") },
        "FILE: byte 8: expected a JSON object in the header, found '<'."
      ),
      (
        "a later version", replace(#""dragoman.format":"2""#, #""dragoman.format":"4""#),
        "FILE: format version 4, but this build reads up to 3. Update the program."
      ),
      (
        "a strange version", replace(#""dragoman.format":"2""#, #""dragoman.format":"x""#),
        "FILE: metadata 'dragoman.format': expected a version number, found 'x'."
      ),
      (
        "not a model", replace("dragoman.format", "dragoman.farmat"),
        "FILE: a safetensors file, but not a model of Dragoman's: its metadata have no 'dragoman.format'. "
          + "`dragoman inspect` shows what is in it."
      ),
      (
        "a missing tensor", replace(#""output.bias""#, #""output.base""#),
        "FILE: the tensor 'output.bias' is missing, which the configuration in the file asks for."
      ),
      (
        "another shape", replace(#""shape":[21,9]"#, #""shape":[9,21]"#),
        "FILE: the tensor 'encoder.0.forward.inputWeight' is F32"
      ),
      (
        "a broken configuration", replace(#"\"embedding\":9"#, #"\"embedding\":0"#),
        "model.embedding"
      ),
    ]
    for (name, change, expected) in cases {
      let found = try message(change)
      let isFound =
        found.hasPrefix(expected) || (!expected.hasPrefix("FILE") && found.contains("embedding"))
      #expect(isFound, "\(name): \(found)")
    }
  }
}

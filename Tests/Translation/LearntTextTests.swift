import DragomanFormats
import DragomanSystem
import DragomanTestSupport
import DragomanText
import Testing

@testable import DragomanTranslation

@Suite struct `What is kept of the text learnt from` {
  private func file(_ learnt: LearntText?) -> ModelFile {
    let small = SmallModel.file()
    return ModelFile(
      small.trained, configuration: small.configuration, record: small.record, learnt: learnt)
  }

  private let some = LearntText(longestSource: 4, unknownTargets: 2, words: [])

  @Test func `comes back from the file, also if there is none`() throws {
    let folder = try TemporaryFolder()
    for learnt in [some, nil] {
      try file(learnt).write(to: folder["model.safetensors"])
      #expect(try ModelFile(path: folder["model.safetensors"]).learnt == learnt)
      #expect(
        try Translator(path: folder["model.safetensors"]).hasMetUnknownWords
          == (learnt == nil ? nil : true))
    }
  }

  @Test func `is refused if it is not whole`() throws {
    let folder = try TemporaryFolder()
    let path = folder["model.safetensors"]
    for text in [
      "{}", #"{"longestSource": -1, "unknownTargets": 0, "words": []}"#,
      #"{"longestSource": 1, "unknownTargets": 0, "words": ["?"]}"#,
    ] {
      #expect(LearntText(try JSON.parse(Array(text.utf8), file: "a")) == nil)
    }
    try file(some).write(to: path)
    // As many bytes, so that the file stays a safetensors file; its version 1 has a checksum of the tensors alone.
    var bytes = try Files.read(path)
    func replace(_ old: String, _ new: String) throws {
      let place = try #require(bytes.firstRange(of: Array(old.utf8)))
      bytes.replaceSubrange(place, with: Array(new.utf8))
    }
    try replace("unknownTargets", "unknownTarget?")
    try AtomicFile.write(bytes, to: path)
    #expect(throws: (any Error).self) { try Translator(path: path) }
  }

  @Test func `makes notes on lines`() throws {
    let model = file(some).trained
    func note(_ line: String, _ learnt: LearntText?) -> SourceNote? {
      SourceNote(line, model.source, learnt)
    }
    #expect(note("the cat sat .", some) == nil)
    #expect(note("the bird sat", some)?.unseen == ["bird"])
    let long = try #require(note("the cat sat on the mat", some)?.length)
    #expect(long.found == 6 && long.longest == 4)
    #expect(note("the cat sat on the mat", nil) == nil)
    #expect(note("", some) == nil)
  }
}

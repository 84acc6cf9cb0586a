import DragomanText
import DragomanFormats
import Testing

@testable import DragomanTranslation

@Suite struct `Tokenizer configuration` {
  private func read(_ text: String) throws -> TokenizerConfiguration {
    try TokenizerConfiguration.parse(Array(text.utf8), file: "t.json")
  }

  private func problems(_ text: String) -> [String] {
    let error = #expect(throws: ConfigurationError.self) { try read(text) }
    return error?.problems.map(\.description) ?? []
  }

  @Test func `refuses a vocabulary that is too small for its tokens`() throws {
    #expect(try read(#"{"kind": "word", "vocabulary": 50}"#).vocabulary == 50)
    let line = problems(#"{"vocabulary": 200}"#)
    #expect(line.count == 1)
    #expect(
      line[0].hasPrefix(#"t.json:1:16: vocabulary is 200 and kind is "bpe" (by default): the "#))
    let target = problems(#"{"kind": "word", "targetKind": "bpe", "vocabulary": 200}"#)
    #expect(target.count == 1)
    #expect(target[0].contains(#"vocabulary is 200 and targetKind is "bpe": the "#))
  }

  @Test func `has another kind for the target`() throws {
    #expect(try read(#"{"kind": "word"}"#).kinds == (.word, .word))
    let letters = try read(#"{"kind": "character", "targetKind": "word"}"#)
    #expect(letters.kinds == (.character, .word))
    #expect(try read(letters.json.serialized()) == letters)
    let shared = problems(#"{"kind": "character", "targetKind": "word", "shared": true}"#)
    #expect(shared.count == 1)
    #expect(
      shared[0].contains(
        #"shared is true and targetKind is "word": one vocabulary holds tokens of one kind"#))
  }
}

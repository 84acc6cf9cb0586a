import DragomanFormats
import Testing

@testable import DragomanTranslation

@Suite struct `Tokenizer configuration` {
  @Test func `refuses a vocabulary that is too small for its tokens`() throws {
    func read(_ text: String) throws -> TokenizerConfiguration {
      try TokenizerConfiguration.parse(Array(text.utf8), file: "t.json")
    }
    #expect(try read(#"{"kind": "word", "vocabulary": 50}"#).vocabulary == 50)
    let error = #expect(throws: ConfigurationError.self) { try read(#"{"vocabulary": 200}"#) }
    let line = try #require(error).problems.map(\.description)
    #expect(line.count == 1)
    #expect(
      line[0].hasPrefix(#"t.json:1:16: vocabulary is 200 and kind is "bpe" (by default): the "#))
  }
}

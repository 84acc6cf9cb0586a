import DragomanFormats
import DragomanTensor
import DragomanTestSupport
import Testing

@testable import DragomanTranslation

@Suite struct `A dictionary` {
  @Test func `gives the first entry of a word, if there is one`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("d.tsv", "\u{FEFF}cat\tchat\r\n\ndog\tchien\ncat\tchatte\né\tx\n")
    let dictionary = try WordDictionary(path: path)
    #expect(["cat", "dog", "cow"].map { dictionary[$0] } == ["chat", "chien", nil])
    #expect(dictionary["\u{E9}"] == "x" && dictionary["e\u{301}"] == nil)
  }

  @Test(arguments: [
    ("cat\n", "1: expected a source word, a tab and what to write for it, found 1 column"),
    (
      "a\tb\na\tb\tc\n",
      "2: expected a source word, a tab and what to write for it, found 3 columns"
    ),
    ("a\t\n", "1: expected a source word, a tab and what to write for it, found an empty column"),
  ]) func `refuses a line that is not an entry`(_ text: String, _ message: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("d.tsv", text)
    let error = #expect(throws: WordDictionaryError.self) { try WordDictionary(path: path) }
    #expect(error.map { "\($0)" } == "\(path):\(message)")
  }

  @Test func `refuses what is not text`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("d.tsv", [97, 9, 98, 10, 97, 9, 0xFF, 10])
    let error = #expect(throws: WordDictionaryError.self) { try WordDictionary(path: path) }
    #expect(
      error.map { "\($0)" } == "\(path):2: expected a source word, a tab and what to write for it, "
        + "found that byte 3 of the line (0xFF) is not valid UTF-8. Convert the file, for example with 'iconv -f "
        + "WINDOWS-1252 -t UTF-8'.")
    let wide = try folder.write("w.tsv", [0xFF, 0xFE, 97, 0, 9, 0, 98, 0])
    #expect(throws: TextError.self) { try WordDictionary(path: wide) }
  }
}

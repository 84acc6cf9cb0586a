import DragomanFormats
import DragomanTestSupport
import Testing

@testable import DragomanText

@Suite struct `JSON Lines` {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private let layout = CorpusLayout(sourceKey: "en", targetKey: "fr")

  private func pairs(_ text: String) throws -> [String] {
    let path = try folder.write("a.jsonl", text)
    return try ParallelCorpus(reading: [.jsonLines(path)], layout: layout)
      .map { "\($0.source)|\($0.target)" }
  }

  private func message(_ text: String, _ layout: CorpusLayout? = nil) throws -> String {
    let path = try folder.write("a.jsonl", text)
    return folder.relative(
      #expect(throws: CorpusError.self) {
        try ParallelCorpus(reading: [.jsonLines(path)], layout: layout ?? self.layout)
      })
  }

  @Test func `are read by language, nested or by side`() throws {
    #expect(
      try pairs(
        """
        {"id": 1, "en": "a\\u00e9\\n", "fr": "b"}
        {"translation": {"fr": "d", "en": "c"}}
        {"target": "f", "source": "e", "score": [0.5]}\r
        """) == ["aé\n|b", "c|d", "e|f"])
  }

  @Test func `have empty sides and empty lines, which are counted`() throws {
    let path = try folder.write(
      "a.jsonl",
      "{\"en\":\"a\",\"fr\":null}\n\n{\"en\":\" \",\"fr\":\"b\"}\n{\"en\":\"c\",\"fr\":\"d\"}\n")
    let corpus = try ParallelCorpus(reading: [.jsonLines(path)], layout: layout)
    #expect(corpus.summary.map(\.pairs) == [1])
    #expect(corpus.summary.map { $0.skips[.empty]?.count ?? 0 } == [3])
  }

  @Test func `are strict, and say where they are wrong`() throws {
    #expect(
      try message("{\"en\":\"a\",\"fr\":\"b\"}\n{\"en\":\"a\",}\n") == """
        a.jsonl:2:11: expected a name in quotes, found '}'. \
        Each line has to be one JSON object.
        """)
    #expect(
      try message("[\"a\"]") == """
        a.jsonl:1:2: expected an object with both sides, found "a".
        """)
    #expect(
      try message("{\"en\": \"é\", \"fr\": 3}")
        == "a.jsonl:1:19: \"fr\" has to be a string, not 3.")
    #expect(
      try message("{\"en\": \"a\", \"de\": \"b\"}") == """
        a.jsonl:1: expected the keys "en" and "fr", or "source" and "target", found "en", "de". \
        'data.languages' names the two keys to read.
        """)
    #expect(
      try message("{}", CorpusLayout()) == """
        a.jsonl:1: expected the keys "source" and "target", found no key. \
        'data.languages' names the two keys to read.
        """)
  }
}

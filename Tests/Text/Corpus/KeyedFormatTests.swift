import DragomanTestSupport
import Testing

@testable import DragomanText

@Suite struct `Two files of texts by keys` {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func read(_ ending: String, _ source: String, _ target: String) throws -> ParallelCorpus {
    let files = (
      try folder.write("en\(ending)", source), try folder.write("fr\(ending)", target)
    )
    return try ParallelCorpus(reading: [.aligned(source: files.0, target: files.1)])
  }

  private func pairs(_ corpus: ParallelCorpus) -> [String] {
    corpus.map { "\($0.source)|\($0.target)" }
  }

  @Test func `of an Apple program are pairs by the keys that both have`() throws {
    let corpus = try read(
      ".strings",
      """
      /* The menu
         "no" = "no"; */
      "open" = "Open \\"%@\\"\\n";  // "nor this" = "nor this";
      close.now = "Close";
      "only" = "here"; "two" = "lines
      of text";
      "empty" = "";
      """,
      """
      "two" = "deux \\U00E9 \\Ud83d\\Ude00\\t\\\\";
      "open"="Ouvrir";
      "close.now" = "Fermer";
      "empty" = "x";
      "there" = "only";
      """)
    #expect(
      pairs(corpus)
        == ["Open \"%@\"|Ouvrir", "Close|Fermer", "two|deux é 😀 \\"].map {
          $0.replacing("two|", with: "lines of text|")
        })
    #expect(folder.relative(Text(corpus.place(of: 2))) == "en.strings:5")
    #expect(
      folder.relative(Text(corpus.summary[0].description))
        == """
        en.strings + \(folder.path)/fr.strings: 3 pairs, 1 with an empty side, \
        2 with a key that the other file does not have skipped
        """.replacing("\(folder.path)/", with: ""))
  }

  @Test func `of .NET are pairs by the names that both have`() throws {
    func file(_ body: String) -> String {
      "<?xml version=\"1.0\"?>\n<root><resheader name='v'><value>2</value></resheader>\n\(body)</root>"
    }
    let corpus = try read(
      ".resx",
      file(
        """
        <data name="a" xml:space="preserve"><value>Open &amp;
        close</value><comment>no</comment></data>
        <data name="b" type="System.Drawing.Size"><value>1, 2</value></data>
        <data name="&gt;&gt;c.Name"><value>c</value></data><data name="d"><value>e&#3;</value></data>
        """),
      file("<data name='a'><value>Ouvrir</value></data><data name='b'><value>x</value></data>"))
    #expect(pairs(corpus) == ["Open & close|Ouvrir"])
    #expect(corpus.summary[0].skips[.invalidCharacter]?.count == 1)
    #expect(corpus.summary[0].skips[.missingKey]?.count == 1)
  }

  @Test(arguments: [
    ("\"a\" \"b\";", "1:5: expected \"=\" after a key."),
    ("\"a\" = \"b\"", "1:11: expected \";\" after a text."),
    ("\"a\" = \"b;\n", "1:7: the string has no quotation mark at its end."),
    ("x = ;", "1:5: expected a text in quotation marks."), ("é = \"a\";", "1:1: expected a key."),
    ("\n/* a", "2:1: the comment that begins here has no */ after it."),
    ("a = \"\\Ux\";", "1:8: expected four hexadecimal digits after \"\\U\", not all of them 0."),
  ]) func `that break the rules are refused with the place`(text: String, expected: String) throws {
    let message = folder.relative(
      #expect(throws: CorpusError.self) { try read(".strings", text, "") })
    #expect(message == "en.strings:\(expected)")
  }

  @Test func `are refused where they are something else, or cut`() throws {
    #expect(
      folder.relative(#expect(throws: CorpusError.self) { try read(".resx", "<tmx/>", "") })
        == "en.resx:1:7: expected the element <root>, found <tmx>. This is not a resource file.")
    let text = Array("/* a */ \"b\\U00e9\" = \"c\\\"\"; // d\n".utf8)
    for length in 0...text.count {
      _ = try? read(".strings", String(decoding: text[..<length], as: UTF8.self), "")
    }
  }
}

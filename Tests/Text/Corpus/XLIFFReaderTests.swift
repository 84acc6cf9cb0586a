import DragomanTestSupport
import Testing

@testable import DragomanText

@Suite struct `An XLIFF file` {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private let layout = CorpusLayout(sourceKey: "en", targetKey: "fr")

  private func read(_ text: String, _ layout: CorpusLayout? = nil) throws -> ParallelCorpus {
    let file = CorpusFile(path: try folder.write("a.xlf", text))
    return try ParallelCorpus(reading: [file], layout: layout ?? self.layout)
  }

  private func pairs(_ text: String, _ layout: CorpusLayout? = nil) throws -> [String] {
    try read(text, layout).map { "\($0.source)|\($0.target)" }
  }

  private func old(_ body: String, _ codes: String = "source-language='en' target-language='fr'")
    -> String
  {
    """
    <?xml version="1.0"?>
    <xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
    <file original="a" \(codes) datatype="plaintext"><header><note>no</note></header><body>
    \(body)
    </body></file></xliff>
    """
  }

  @Test func `of version 1.2 gives sources and targets`() throws {
    let text = old(
      """
      <group><trans-unit id="1"><source>Open <g id="1">it</g> <x id="2"/>now</source>
      <seg-source><mrk mid="1">no</mrk></seg-source>
      <target state="translated">Ouvrir <g id="1">le</g>
       <ph id="2">&lt;br/><sub>no</sub></ph>maintenant</target>
      <alt-trans><source>no</source><target>non</target></alt-trans></trans-unit></group>
      <trans-unit id="2"><source>a &amp; <mrk mtype="term">b</mrk></source><target>c</target></trans-unit>
      """)
    #expect(try pairs(text) == ["Open it now|Ouvrir le maintenant", "a & b|c"])
    #expect(folder.relative(Text(try read(text).place(of: 1))) == "a.xlf:9")
  }

  @Test func `skips and counts what is not translated or only guessed`() throws {
    let unit = { (target: String) in
      "<trans-unit id=\"1\"><source>a</source>\(target)</trans-unit>\n"
    }
    let corpus = try read(
      old(
        unit("") + unit("<target/>") + unit("<target> </target>")
          + unit("<target state=\"new\">b</target>")
          + unit("<target state=\"needs-translation\">b</target>")
          + unit("<target state=\"needs-review-translation\">b</target>")
          + unit("<target>b&#3;</target>") + unit("<target state=\"final\">b</target>")
          + "<trans-unit id=\"2\"><source/><target>b</target></trans-unit>"))
    #expect(corpus.count == 1)
    #expect(
      folder.relative(Text(corpus.summary[0].description)) == """
        a.xlf: 1 pair, 1 with an empty side, 5 untranslated, 1 fuzzy, \
        1 with a character that XML does not allow skipped
        """)
  }

  @Test func `of version 2 gives its segments`() throws {
    let text = """
      <xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en-US" trgLang="fr"
       xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0"><file id="f"><unit id="u">
      <mtc:matches><mtc:match ref="#s"><source>no</source><target>non</target></mtc:match></mtc:matches>
      <originalData><data id="d">%s</data></originalData>
      <segment id="s"><source>One <pc id="1">two</pc><ph id="2" dataRef="d"/>.</source>
      <target>Un <pc id="1">deux</pc>.</target></segment>
      <ignorable><source> </source></ignorable>
      <segment state="initial"><source>a</source><target>a</target></segment>
      <segment state="translated"><source>b</source><target>c</target></segment>
      <segment><source>d</source></segment></unit></file></xliff>
      """
    #expect(try pairs(text) == ["One two.|Un deux.", "b|c"])
    #expect(try read(text).summary[0].skips[.untranslated]?.count == 2)
  }

  @Test func `is read in the direction that is asked for`() throws {
    let unit = "<trans-unit id='1'><source>a</source><target>b</target></trans-unit>"
    #expect(try pairs(old(unit), CorpusLayout(sourceKey: "fr", targetKey: "en")) == ["b|a"])
    #expect(try pairs(old(unit), CorpusLayout()) == ["a|b"])
    #expect(
      try read(old(unit)).summary[0].declaredLanguages == .init(source: "en", target: "fr"))
    #expect(try pairs(old(unit, "source-language='en-GB'")) == ["a|b"])
    let path = try folder.write("b.xlf", old(unit))
    let message = folder.relative(
      #expect(throws: CorpusError.self) {
        try ParallelCorpus(
          reading: [.xliff(path)], layout: CorpusLayout(sourceKey: "en", targetKey: "de"))
      })
    #expect(
      message == """
        b.xlf: expected the languages "en" and "de", found "en", "fr". \
        'data.languages' names the two languages to read.
        """)
  }

  @Test func `is refused where it is something else, or cut`() throws {
    let path = try folder.write("a.xlf", "<tmx/>")
    #expect(
      folder.relative(
        #expect(throws: CorpusError.self) { try ParallelCorpus(reading: [.xliff(path)]) })
        == "a.xlf:1:7: expected the element <xliff>, found <tmx>. This is no XLIFF file.")
    let text = Array(
      old("<trans-unit id='1'><source>a<x/></source><target>b</target></trans-unit>").utf8)
    for length in 0..<text.count {
      let path = try folder.write("cut.xlf", Array(text[..<length]))
      #expect(throws: CorpusError.self) {
        try ParallelCorpus(reading: [.xliff(path)], layout: layout)
      }
    }
  }
}

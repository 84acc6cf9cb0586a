import DragomanTestSupport
import Testing

@testable import DragomanText

@Suite struct `A TMX file` {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private let layout = CorpusLayout(sourceKey: "en", targetKey: "fr")

  private func unit(_ source: String, _ target: String, _ codes: (String, String) = ("en", "fr"))
    -> String
  {
    """
    <tu tuid="1"><prop type="x">not this</prop><tuv xml:lang="\(codes.0)"><seg>\(source)</seg></tuv>
    <tuv xml:lang="\(codes.1)"><seg>\(target)</seg></tuv></tu>

    """
  }

  private func file(_ body: String) throws -> String {
    try folder.write(
      "a.tmx",
      """
      <?xml version="1.0" encoding="utf-8"?>
      <!DOCTYPE tmx SYSTEM "tmx14.dtd" [<!ENTITY x "y>">]>
      <!-- <seg>nor this</seg> -->
      <tmx version='1.4'><header srclang="en"><note>neither this</note></header><body>
      \(body)</body></tmx>
      """)
  }

  private func read(_ body: String, _ layout: CorpusLayout? = nil) throws -> ParallelCorpus {
    try ParallelCorpus(reading: [.tmx(try file(body))], layout: layout ?? self.layout)
  }

  private func pairs(_ body: String) throws -> [String] {
    try read(body).map { "\($0.source)|\($0.target)" }
  }

  @Test func `gives the segments of two languages, whichever comes first`() throws {
    #expect(try pairs(unit("a b", "c d") + unit("e", "f", ("fr", "en"))) == ["a b|c d", "f|e"])
  }

  @Test func `knows languages by the beginning of their codes`() throws {
    #expect(
      try pairs(unit("a", "b", ("EN_us", "fr-CA")) + unit("c", "d", ("eng", "fr"))) == ["a|b"])
    let several = """
      <tu><tuv xml:lang="en-US"><seg>us</seg></tuv><tuv xml:lang="EN"><seg>en</seg></tuv>
      <tuv lang="fr"><seg>fr</seg></tuv><tuv xml:lang="fr"><seg>second</seg></tuv></tu>
      """
    #expect(try pairs(several) == ["en|fr"])
  }

  @Test func `resolves escapes and keeps no line breaks`() throws {
    #expect(
      try pairs(
        unit("a &lt;b&gt; &amp;amp; &quot;&apos;", "  c\n\t d <![CDATA[<&x;>]]>&#233;&#x1F600; "))
        == ["a <b> &amp; \"'|c d <&x;>é😀"])
  }

  @Test func `leaves out native codes but not their text`() throws {
    let source = """
      Click <bpt i="1">&lt;b&gt;</bpt>here<ept i="1">&lt;/b&gt;</ept> <ph x="1"/>now<it pos="end">x</it>, \
      <hi type="bold">really<!-- no --></hi>
      """
    let target = "a<ph>&lt;br/&gt;</ph>b<ph type=\"lb\"/>c<ph>[<sub>no</sub>]</ph>d<ut>\\n</ut>e"
    #expect(try pairs(unit(source, target)) == ["Click here now, really|a b cd e"])
  }

  @Test func `skips and counts units without a language or with an empty side`() throws {
    let corpus = try read(
      unit("a", "b") + unit("c", "d", ("en", "de")) + unit(" ", "e") + "<tu/>"
        + unit("<ph>x</ph>", "f"))
    #expect(corpus.count == 1)
    #expect(
      folder.relative(Text(corpus.summary[0].description))
        == "a.tmx: 1 pair, 2 with an empty side, 2 without one of the languages skipped")
    #expect(folder.relative(Text(corpus.place(of: 0))) == "a.tmx:5")
    #expect(
      corpus.summary[0].skips[.missingLanguage]?.examples.map { folder.relative(Text($0)) }
        == ["a.tmx:7", "a.tmx:11"])
  }

  @Test func `says which languages it has instead`() throws {
    let path = try file(unit("a", "b"))
    #expect(
      message(path, CorpusLayout(sourceKey: "en", targetKey: "de"))
        == """
        a.tmx: expected the languages "en" and "de", found "en", "fr". \
        'data.languages' names the two languages to read.
        """)
  }

  @Test func `in another encoding says how to convert it`() throws {
    let path = try folder.write("a.tmx", "<?xml version=\"1.0\" encoding='ISO-8859-1' ?>\n<tmx/>")
    #expect(
      message(path) == """
        a.tmx: expected text in UTF-8, found text in ISO-8859-1. \
        Convert it with 'iconv -f ISO-8859-1 -t UTF-8' and change its first line.
        """)
  }

  private func message(_ path: String, _ layout: CorpusLayout? = nil) -> String {
    folder.relative(
      #expect(throws: CorpusError.self) {
        try ParallelCorpus(reading: [.tmx(path)], layout: layout ?? self.layout)
      })
  }

  @Test(arguments: [
    ("", "1:1: expected an XML element, found the end of the file."),
    ("x", "1:1: expected a tag, found text outside of the outermost element."),
    ("<![CDATA[x]]>", "1:1: expected a tag, found text outside of the outermost element."),
    ("<html>", "1:7: expected the element <tmx>, found <html>. This is no TMX file."),
    ("<tmx>\n<body>é</tmx>", "2:8: expected </body>, found </tmx>."),
    ("<tmx>\n<body>", "2:8: the file ends before </body>."),
    ("</tmx>", "1:1: there is no element to be closed here."),
    (
      "<tmx/><tmx/>",
      "1:7: expected the end of the file after the outermost element, found another tag."
    ),
    ("<tmx/>\n<!DOCTYPE x>", "2:1: <!DOCTYPE has to stand before the first element."),
    ("<!DOCTYPE tmx [", "1:1: <!DOCTYPE has no end."),
    ("<tmx><!-- x", "1:6: <!-- has no --> behind it."),
    ("<tmx><?x", "1:6: <? has no ?> behind it."),
    ("<tmx><![CDATA[x", "1:6: <![CDATA[ has no ]]> behind it."),
    ("<tmx>a < b", "1:9: expected the name of a tag; a \"<\" that is text is written \"&lt;\"."),
    ("<tmx></tmx", "1:12: expected \">\" after </tmx."),
    ("<tmx a=\"1\"b=\"2\">", "1:11: expected a space or \">\" in the tag <tmx>."),
    (
      "<tmx =\"1\">",
      "1:6: expected an attribute of <tmx>, or its end; a \"<\" that is text is written \"&lt;\"."
    ),
    ("<tmx a>", "1:7: expected \"=\" after the attribute \"a\"."),
    ("<tmx a=1>", "1:8: expected the value of \"a\" in quotation marks."),
    ("<tmx a='1' a='2'>", "1:17: the tag <tmx> has the attribute \"a\" twice."),
    ("<tmx a='1>", "1:12: the value of \"a\" has no quotation mark at its end."),
    ("<tmx>R&D", "1:7: expected an entity such as \"&amp;\"; a \"&\" that is text is written so."),
    ("<tmx>&nbsp;", "1:6: \"&nbsp;\" is no character and none of amp, lt, gt, quot and apos."),
    ("<tmx>&#0;", "1:6: \"&#0;\" is no character and none of amp, lt, gt, quot and apos."),
    ("<tmx>&#xD800;", "1:6: \"&#xD800;\" is no character and none of amp, lt, gt, quot and apos."),
    ("<tmx>&#+9;", "1:6: \"&#+9;\" is no character and none of amp, lt, gt, quot and apos."),
    ("<tmx><tu><tuv>", "1:15: expected the attribute xml:lang in the tag <tuv>."),
  ]) func `that breaks the rules is refused with the place`(text: String, expected: String) throws {
    #expect(message(try folder.write("a.tmx", text)) == "a.tmx:\(expected)")
  }

  @Test func `is refused or read, never more, wherever it is cut`() throws {
    let text = Array(
      """
      <?xml version="1.0"?><!DOCTYPE tmx [<!ENTITY a 'b'>]><!--c--><tmx a="&lt;"><body><tu>
      <tuv xml:lang="en"><seg>a<ph/>é<![CDATA[x]]></seg></tuv><tuv xml:lang="fr"><seg>&#65;</seg></tuv></tu></body></tmx>
      """.utf8)
    for length in 0..<text.count {
      let path = try folder.write("cut.tmx", String(decoding: text[..<length], as: UTF8.self))
      #expect(throws: CorpusError.self) {
        try ParallelCorpus(reading: [.tmx(path)], layout: layout)
      }
    }
  }
}

struct Text: Error, CustomStringConvertible {
  var description: String
  init(_ text: String) { description = text }
}

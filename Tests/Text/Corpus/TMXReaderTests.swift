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
      <tuv lang="fr"><seg>fr</seg></tuv><tuv xml:lang="fr-CA"><seg>second</seg></tuv></tu>
      """
    #expect(try pairs(several) == ["en|fr"])
    let regions = """
      <tu><tuv xml:lang="en-US"><seg>us</seg></tuv><tuv xml:lang="en-GB"><seg>gb</seg></tuv>
      <tuv xml:lang="fr"><seg>fr</seg></tuv></tu>
      """
    #expect(try pairs(regions) == ["us|fr"])
  }

  @Test func `skips and counts a language without a segment or with two of them`() throws {
    let corpus = try read(
      """
      <tu><tuv xml:lang="en"/><tuv xml:lang="fr"><seg>a</seg></tuv></tu>
      <tu><tuv xml:lang="en"><seg>b</seg></tuv><tuv xml:lang="fr"><note>no</note></tuv></tu>
      <tu><tuv xml:lang="en"><seg>c</seg></tuv><tuv xml:lang="fr"><seg>d</seg></tuv>
      <tuv xml:lang="fr"><seg>e</seg></tuv></tu>
      <tu><tuv xml:lang="en"><seg>f</seg></tuv><tuv xml:lang="fr"><seg>g</seg></tuv>
      <tuv xml:lang="fr"><seg>g</seg></tuv><tuv xml:lang="de"><seg>h</seg></tuv>
      <tuv xml:lang="de"><seg>i</seg></tuv></tu>

      """)
    #expect(corpus.map { "\($0.source)|\($0.target)" } == ["f|g"])
    #expect(
      folder.relative(Text(corpus.summary[0].description))
        == "a.tmx: 1 pair, 2 with a language without text, 1 with two texts in one language skipped"
    )
    #expect(
      corpus.summary[0].skips[.missingSegment]?.examples.map { folder.relative(Text($0)) }
        == ["a.tmx:5", "a.tmx:6"])
  }

  @Test func `skips and counts units with a character that XML does not allow`() throws {
    for character in [
      "&#3;", "&#0;", "&#xD800;", "&#xFFFE;", "&#99999999999;", "\u{3}", "<![CDATA[\u{1B}]]>",
    ] {
      let corpus = try read(unit("a", "b") + unit("c", "d\(character)") + unit("e", "f"))
      #expect(corpus.map(\.source) == ["a", "e"])
      #expect(
        folder.relative(Text(corpus.summary[0].description))
          == "a.tmx: 2 pairs, 1 with a character that XML does not allow skipped")
      #expect(
        corpus.summary[0].skips[.invalidCharacter]?.examples.map { folder.relative(Text($0)) }
          == ["a.tmx:7"])
    }
  }

  @Test func `is read in linear time, however many languages it has`() throws {
    let languages = 4000
    let body = (0..<3).map { number in
      "<tu>"
        + (0..<languages).map { "<tuv xml:lang=\"x\($0)\"><seg>\(number)</seg></tuv>\n" }.joined()
        + "<tuv xml:lang=\"en\"><seg>a</seg></tuv><tuv xml:lang=\"fr\"><seg>b</seg></tuv></tu>\n"
    }.joined()
    var count = 0
    // Comparing each language with all before it took a hundred times as long.
    let time = try ThreadTime.measure { count = try read(body).count }
    #expect(count == 3 && time < .seconds(30))
    let path = try file(body)
    #expect(
      message(path, CorpusLayout(sourceKey: "en", targetKey: "de")).hasSuffix(
        "\"x11\" and 3990 more. 'data.languages' names the two languages to read."))
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
    let unit = Array("<tmx><tu><tuv xml:lang='en'><seg>caf".utf8) + [0xE9]
    for lineBreak in ["\n", ""] {
      let declaration = "<?xml version=\"1.0\" encoding='ISO-8859-1' ?>" + lineBreak
      #expect(
        message(try folder.write("a.tmx", Array(declaration.utf8) + unit)) == """
          a.tmx: expected text in UTF-8, found text in ISO-8859-1, as it says. \
          Convert it with 'iconv -f ISO-8859-1 -t UTF-8'. Then change the encoding that it states.
          """)
    }
  }

  @Test func `puts no name into a command that can do more than name an encoding`() throws {
    for name in ["x; rm -rf ~ #", "$(reboot)", "-c", "`id`", "a'b", "", "ü"] {
      let text =
        Array("<?xml version='1.0' encoding=\"\(name)\"?>\n<tmx><tu><seg>".utf8) + [0xE9]
      let found = message(try folder.write("a.tmx", text))
      #expect(!found.contains("iconv -f \(name)") || name.isEmpty)
      if !name.isEmpty {
        #expect(
          found == """
            a.tmx: expected text in UTF-8, found text in '\(name)', as it says. \
            Find out how it is encoded, and convert it to UTF-8 with 'iconv'.
            """)
      }
    }
  }

  @Test func `that is in UTF-8 is read as such, whatever it states, with a note`() throws {
    for (name, text, isNoted) in [
      ("UTF-16", "a", true), ("utf-16le", "é", true), ("windows-1252", "é", true),
      ("ISO-8859-1", "a", false), ("UTF-8", "é", false), ("us-ascii", "é", false),
    ] {
      let path = try folder.write(
        "a.tmx",
        "<?xml version='1.0' encoding='\(name)'?>\n<tmx><body>\(unit(text, "b"))</body></tmx>")
      let corpus = try ParallelCorpus(reading: [.tmx(path)], layout: layout)
      #expect(corpus.map(\.source) == [text])
      #expect(
        corpus.summary[0].remarks.map { folder.relative(Text($0)) }
          == (isNoted
            ? [
              "a.tmx: 1 files state another encoding, but are in UTF-8: read as UTF-8 (a.tmx:1 \(name))"
            ] : []))
    }
  }

  @Test func `in UTF-16 is known by its mark, or by its zero bytes`() throws {
    let text = "<?xml version='1.0' encoding='UTF-16'?>\n<tmx><body>\(unit("а", "б"))</body></tmx>"
    let units = Array(text.utf16)
    let little = units.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let big = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    for (bytes, name) in [
      ([0xFF, 0xFE] + little, "UTF-16"), ([0xFE, 0xFF] + big, "UTF-16"), (little, "UTF-16LE"),
      (big, "UTF-16BE"),
    ] {
      #expect(
        message(try folder.write("a.tmx", bytes)) == """
          a.tmx: expected text in UTF-8, found \(name). Convert it with 'iconv -f \(name) -t UTF-8'.
          """)
    }
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
    ("<tmx><!-- x", "1:6: <!-- has no --> after it."),
    ("<tmx><?x", "1:6: <? has no ?> after it."),
    ("<tmx><![CDATA[x", "1:6: <![CDATA[ has no ]]> after it."),
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
    (
      "<tmx>&nbsp;", "1:6: \"&nbsp;\" is neither a character nor one of amp, lt, gt, quot and apos."
    ),
    ("<tmx>&#x;", "1:6: \"&#x;\" is neither a character nor one of amp, lt, gt, quot and apos."),
    ("<tmx>&#1a;", "1:6: \"&#1a;\" is neither a character nor one of amp, lt, gt, quot and apos."),
    ("<tmx>&#+9;", "1:6: \"&#+9;\" is neither a character nor one of amp, lt, gt, quot and apos."),
    ("<tmx><tu><tuv>", "1:15: expected the attribute xml:lang in the tag <tuv>."),
  ]) func `that breaks the rules is refused with the place`(text: String, expected: String) throws {
    #expect(message(try folder.write("a.tmx", text)) == "a.tmx:\(expected)")
  }

  @Test func `is refused or read, never more, wherever it is cut`() throws {
    let text = Array(
      """
      <?xml version="1.0"?><!DOCTYPE tmx [<!ENTITY a 'b'>]><!--c--><tmx a="&lt;"><body><tu>
      <tuv xml:lang="en"><seg>a<ph/>é<![CDATA[x]]></seg></tuv><tuv \
      xml:lang="fr"><seg>&#65;</seg></tuv></tu></body></tmx>
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

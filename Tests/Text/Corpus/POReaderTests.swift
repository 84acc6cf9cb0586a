import DragomanTestSupport
import Testing

@testable import DragomanText

@Suite struct `A PO file` {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private let layout = CorpusLayout(sourceKey: "en", targetKey: "fr")

  private func header(_ fields: String...) -> String {
    "#, fuzzy\nmsgid \"\"\nmsgstr \"\"\n" + fields.map { "\"\($0)\\n\"\n" }.joined() + "\n"
  }

  private func read(_ text: String, _ layout: CorpusLayout? = nil) throws -> ParallelCorpus {
    let path = try folder.write("a.po", text)
    return try ParallelCorpus(reading: [.po(path)], layout: layout ?? self.layout)
  }

  private func pairs(_ text: String, _ layout: CorpusLayout? = nil) throws -> [String] {
    try read(text, layout).map { "\($0.source)|\($0.target)" }
  }

  @Test func `gives messages and their translations`() throws {
    let text = """
      # Somebody's file.
      msgid ""
      msgstr "Content-Type: text/plain; charset=UTF-8\\n"

      #. of a menu
      #: a.c:1
      #, c-format
      #| msgid "before"
      msgctxt "menu"
      msgid "Open %s"
      msgstr "Ouvrir %s"
      msgid ""
      "two "
        "lines\\n"
      msgstr "deux\\tlignes \\"citées\\" \\\\ \\x41\\101"
      """
    #expect(try pairs(text) == ["Open %s|Ouvrir %s", "two lines|deux lignes \"citées\" \\ AA"])
    #expect(folder.relative(Text(try read(text).place(of: 1))) == "a.po:12")
  }

  @Test func `skips and counts what is fuzzy, obsolete or untranslated`() throws {
    let text =
      header() + """
        #, c-format, fuzzy
        msgid "a"
        msgstr "b"

        msgid "c"
        msgstr ""

        msgid "d"
        msgid_plural "ds"
        msgstr[0] ""
        msgstr[1] ""

        msgid "e"
        msgstr "f"

        msgid " "
        msgstr "g"

        #, fuzzy
        #~ msgid "h"
        #~ msgid_plural "hs"
        #~ msgstr[0] "i"

        #~| msgid "old j"
        #~ msgctxt "x"
        #~ msgid "j"
        #~ msgstr "k"

        msgid "l"
        msgstr "m"
        """
    let corpus = try read(text)
    #expect(corpus.map(\.source) == ["e", "l"])
    #expect(
      folder.relative(Text(corpus.summary[0].description))
        == "a.po: 2 pairs, 1 with an empty side, 2 untranslated, 1 fuzzy, 2 obsolete skipped")
  }

  private let plural = "msgid \"one\"\nmsgid_plural \"many\"\n"

  @Test func `pairs plural forms by the rule of its header`() throws {
    let two = plural + "msgstr[0] \"un\"\nmsgstr[1] \"des\"\n"
    #expect(try pairs(two) == ["one|un", "many|des"])
    #expect(
      try pairs(header("Plural-Forms: nplurals=2; plural=n == 1;") + two) == ["many|un", "one|des"])
    #expect(try pairs(plural + "msgstr[0] \"x\"\n") == ["one|x", "many|x"])
    let arabic = "Plural-Forms: nplurals=3; plural=n==0 ? 0 : n==1 ? 1 : 2;"
    let three = plural + "msgstr[0] \"none\"\nmsgstr[1] \"wahid\"\nmsgstr[2] \"all\"\n"
    #expect(try pairs(header(arabic) + three) == ["many|none", "one|wahid", "many|all"])
  }

  @Test func `exchanges the sides where its language is the source`() throws {
    let text = header("Language: fr_CA") + "msgid \"a\"\nmsgstr \"b\"\n"
    #expect(try pairs(text) == ["a|b"])
    #expect(try pairs(text, CorpusLayout(sourceKey: "fr", targetKey: "en")) == ["b|a"])
    #expect(try pairs(text, CorpusLayout(sourceKey: "fr-CA", targetKey: "fr-FR")) == ["a|b"])
    #expect(try pairs("msgid \"a\"\nmsgstr \"b\"\n", CorpusLayout(sourceKey: "fr")) == ["a|b"])
  }

  private func message(_ text: String) throws -> String { try message(bytes: Array(text.utf8)) }

  private func message(bytes: [UInt8]) throws -> String {
    let path = try folder.write("a.po", bytes)
    return folder.relative(
      #expect(throws: CorpusError.self) { try ParallelCorpus(reading: [.po(path)], layout: layout) }
    )
  }

  @Test func `in another encoding says how to convert it`() throws {
    let text = header("Content-Type: text/plain; charset=ISO-8859-15") + "msgid \"a\"\nmsgstr \"b"
    #expect(
      try message(bytes: Array(text.utf8) + [0xE9, 0x22]) == """
        a.po: expected text in UTF-8, found text in ISO-8859-15, as it says. Convert it with 'msgconv -t UTF-8'.
        """)
    #expect(
      try message(header("Content-Type: text/plain; charset=ISO-2022-JP")) == """
        a.po: expected text in UTF-8, found text in ISO-2022-JP, as it says. Convert it with 'msgconv -t UTF-8'.
        """)
    for name in ["utf-8", "ASCII", "CHARSET"] {
      #expect(try pairs(header("Content-Type: text/plain; charset=\(name)")).isEmpty)
    }
  }

  /// "Привет" in KOI8-R.
  private let koi8: [UInt8] = [0xF0, 0xD2, 0xC9, 0xD7, 0xC5, 0xD4]

  @Test func `is told by the encoding of its own header, wherever that stands`() throws {
    let name = "\"Content-Type: text/plain; charset=KOI8-R\\n\"\n"
    let message = Array("\nmsgid \"a\"\nmsgstr \"".utf8) + koi8 + [0x22, 0x0A]
    let start = Array("msgid \"\"\nmsgstr \"\"\n".utf8)
    let translator = Array("\"Last-Translator: ".utf8) + koi8 + Array("\\n\"\n".utf8)
    for bytes in [
      Array("# ".utf8) + koi8 + [0x0A] + start + Array(name.utf8) + message,
      start + translator + Array(name.utf8) + message,
      start + Array(name.utf8) + translator + message,
      message + [0x0A] + start + Array(name.utf8),
    ] {
      #expect(
        try self.message(bytes: bytes) == """
          a.po: expected text in UTF-8, found text in KOI8-R, as it says. Convert it with 'msgconv -t UTF-8'.
          """)
    }
    #expect(
      try self.message(bytes: message).hasPrefix(
        "a.po:3: byte 9 of the line (0xF0) is not valid UTF-8."))
  }

  @Test func `that is in UTF-8 is read as such, whatever its header states, with a note`() throws {
    let text =
      header("Content-Type: text/plain; charset=CP1251") + "msgid \"a\"\nmsgstr \"Привет\"\n"
    #expect(try pairs(text) == ["a|Привет"])
    #expect(
      try read(text).summary[0].remarks.map { folder.relative(Text($0)) } == [
        "a.po: 1 files state another encoding, but are in UTF-8: read as UTF-8 (a.po:2 CP1251)"
      ])
    let plain = text.replacing("Привет", with: "b")
    #expect(try pairs(plain) == ["a|b"])
    #expect(try read(plain).summary[0].remarks.isEmpty)
  }

  @Test func `puts no name into a message that can do more than name an encoding`() throws {
    let text = header("Content-Type: text/plain; charset=x&rm -rf ~ #") + "msgid \"a\"\nmsgstr \"b"
    #expect(
      try message(bytes: Array(text.utf8) + [0xE9, 0x22]) == """
        a.po: expected text in UTF-8, found text in 'x&rm -rf ~ #', as it says. Convert it with 'msgconv -t UTF-8'.
        """)
  }

  @Test(arguments: [
    ("msgid a", "1:7: expected a string in quotation marks."),
    ("msgid", "1:6: expected a string in quotation marks."),
    (
      "hello \"a\"",
      "1:1: expected msgctxt, msgid, msgid_plural, msgstr or a comment, found \"hello\"."
    ),
    (
      "msgid \"a\"\nmsgstr[x] \"b\"",
      "2:1: expected msgctxt, msgid, msgid_plural, msgstr or a comment, found \"msgstr[x]\"."
    ),
    (" \"a\"", "1:2: a string has to follow msgid, msgstr or the like."),
    ("msgstr \"a\"", "1:1: there is no msgid before msgstr."),
    ("msgid \"a\"\n\nmsgid \"b\"", "1:1: the message has no msgstr."),
    ("msgid \"a\"", "1:1: the message has no msgstr."),
    ("msgid \"a\"\nmsgstr[0] \"b\"", "2:1: msgstr[0] needs a msgid_plural before it."),
    (
      "msgid \"a\"\nmsgid_plural \"as\"\nmsgstr \"b\"",
      "3:1: expected msgstr[0] after msgid_plural."
    ),
    ("msgid \"a\"\nmsgstr \"b\"\nmsgstr \"c\"", "3:1: the message has msgstr twice."),
    ("msgid \"é", "1:7: the string has no quotation mark at its end."),
    ("msgid \"é\" x", "1:11: expected the end of the line after the string."),
    ("msgid \"é\\q\"", "1:10: the string has a \"\\\" before what it cannot escape."),
    ("msgid \"\\xe9\"", "1:9: the string has a \"\\\" before what it cannot escape."),
    ("msgid \"\\0\"", "1:9: the string has a \"\\\" before what it cannot escape."),
    ("msgid \"\\", "1:9: the string has a \"\\\" before what it cannot escape."),
  ]) func `that breaks the rules is refused with the place`(text: String, expected: String) throws {
    #expect(try message(text) == "a.po:\(expected)")
  }
}

@Suite struct `A plural rule` {
  @Test func `is an expression of C`() {
    let russian =
      "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"
    #expect(
      [1, 2, 5, 11, 12, 21, 22, 111].map { PluralRule(russian).form(of: $0) } == [
        0, 1, 2, 2, 2, 0, 1, 2,
      ])
    #expect(PluralRule("n != 1").form(of: 1) == 0)
    #expect(PluralRule("!(n-1)*2+n/2").form(of: 1) == 2)
  }

  @Test(arguments: [
    "", "n==", "n%0", "n n", "m", "(n", "n?1",
    "(0-9223372036854775807-1)/(0-1)", "(0-9223372036854775807-1)%(0-1)",
    String(repeating: "(", count: 100_000),
  ])
  func `that is none gives no form`(_ rule: String) {
    #expect(PluralRule(rule).form(of: 1) == nil)
  }
}

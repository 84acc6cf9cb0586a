import DragomanTestSupport
import Testing

@testable import DragomanText

@Suite struct `A file of another format` {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func message(_ name: String, _ text: String) throws -> String {
    let file = CorpusFile(path: try folder.write(name, text))
    return folder.relative(
      #expect(throws: CorpusError.self) { try ParallelCorpus(reading: [file]) })
  }

  private let supported =
    "Pairs are read from .tsv, .csv, .jsonl, .tmx, .po and .xlf files, and from two text files."

  @Test func `is named by its ending`() throws {
    #expect(
      try message("x.strings", "/* menu */\n\"Open\" = \"Ouvrir\";\n") == """
        x.strings: expected pairs of texts, found texts of an Apple program, which holds one language. \
        Name the files of both languages, as --source en.strings --target fr.strings or \
        {"source": "en.strings", "target": "fr.strings"}: their texts are paired by their keys.
        """)
    #expect(
      try message("x.resx", "<?xml version=\"1.0\"?>\n<root/>\n").hasPrefix(
        "x.resx: expected pairs of texts, found resources of .NET, which holds one language."
      ))
    #expect(try message("x.ts", "<!DOCTYPE TS>\n<TS/>\n").contains("'lconvert -of po'"))
    #expect(
      try message("x.xlsx", "PK\u{3}\u{4}\u{0}\u{1}") == """
        x.xlsx: expected pairs of texts, found a spreadsheet. Save it as CSV in UTF-8. \(supported)
        """)
  }

  @Test(arguments: ["x.npy", "x.npz", "x.safetensors"])
  func `of arrays is refused before it is read`(_ name: String) throws {
    #expect(
      try message(name, "") == """
        \(name): expected text, found the name of a file of arrays. Only models of images or features read such files \
        (classifier.encoder, model.encoder); name a file of text for this one.
        """)
  }

  @Test(arguments: [
    (
      "x.properties", "properties of Java, which holds one language. Export both languages as XLIFF"
    ),
    ("x.arb", "texts of Flutter (.arb), which holds one language. Export"),
    ("x.yml", "a YAML file, which holds one language. Export"),
    ("x.xml", "an XML file, of Android for instance, which holds one language. Export"),
    ("x.stringsdict", "texts of an Apple program (.stringsdict), which holds one language. Export"),
    ("x.xcstrings", "a string catalogue of Xcode. Export it as XLIFF with 'xcodebuild"),
    ("x.pot", "a template of gettext, which has no translations. Name the .po file of a language."),
    ("x.mo", "compiled messages of gettext. Turn them into PO with 'msgunfmt'."),
    ("x.qm", "compiled messages of Qt. Turn them into PO with 'lconvert', for example"),
    ("x.parquet", "a Parquet file. Export it as JSON Lines or CSV. Pairs are read from"),
  ])
  func `is told with what to do`(_ name: String, _ found: String) throws {
    #expect(
      try message(name, "no table\n").hasPrefix("\(name): expected pairs of texts, found \(found)"))
  }

  @Test func `is named by its first line`() throws {
    #expect(
      try message("x.txt", "<tmx version='1.4'>\n") == """
        x.txt: expected pairs of texts, found a translation memory (TMX). \
        Say so: --format tmx, or "format": "tmx" beside "file" in a configuration.
        """)
    #expect(try message("x", "\"Open\" = \"Ouvrir\";\n").contains("Apple program"))
    #expect(try message("x", "msgid \"\"\n").contains("--format po"))
    #expect(try message("x", "{\"en\": \"a\", \"fr\": \"b\"}\n").contains("--format jsonl"))
    #expect(try message("x", "a,b\n").hasPrefix("x:1: column 2 is missing"))
  }

  @Test func `is read as a table if it is one`() throws {
    let path = try folder.write("x.strings", "a\tb\n")
    #expect(try ParallelCorpus(reading: [.tsv(path)]).count == 1)
  }

  @Test func `in JSON is an array of pairs, or refused`() throws {
    let layout = CorpusLayout(sourceKey: "en", targetKey: "fr")
    let path = try folder.write(
      "x.json", "\n[\n  {\"en\": \"a\", \"fr\": \"b\"},\n  {\"en\": \"c\",\n   \"fr\": \"d\"}\n]\n")
    let corpus = try ParallelCorpus(reading: [CorpusFile(path: path)], layout: layout)
    #expect(corpus.map(\.target) == ["b", "d"])
    #expect(folder.relative(Text(corpus.place(of: 1))) == "x.json:4")
    #expect(
      try message("x.json", "{\n  \"menu.open\": \"Ouvrir\"\n}\n") == """
        x.json: expected pairs of texts, found one JSON object over many lines. \
        JSON Lines has an object with both sides on every line; an array of such objects is read, too. \
        Texts of one language by their keys are not read.
        """)
    #expect(
      try message("x.json", "[\n1\n]\n")
        == "x.json:2:1: expected an object with both sides, found 1.")
  }
}

import DragomanTestSupport
import Testing

@testable import DragomanText

@Suite struct `A parallel corpus` {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func pairs(_ corpus: ParallelCorpus) -> [String] {
    corpus.map { "\($0.source)|\($0.target)" }
  }

  private func message(
    _ files: [CorpusFile], _ layout: CorpusLayout = CorpusLayout()
  ) -> String {
    folder.relative(
      #expect(throws: CorpusError.self) { try ParallelCorpus(reading: files, layout: layout) })
  }

  @Test func `reads the columns asked for and ignores the rest`() throws {
    let path = try folder.write("a.tsv", "1\tone\tun\tx\r\n2\ttwo\tdeux\r\n")
    #expect(pairs(try ParallelCorpus(reading: [.tsv(path)])) == ["1|one", "2|two"])
    let layout = CorpusLayout(sourceColumn: 3, targetColumn: 2)
    #expect(
      pairs(try ParallelCorpus(reading: [.tsv(path)], layout: layout)) == ["un|one", "deux|two"])
  }

  @Test func `skips and counts pairs with an empty side`() throws {
    let path = try folder.write("a.tsv", "a\tb\n\t\n\n \t\u{A0}\nc\t \n\td\ne\tf\n")
    let corpus = try ParallelCorpus(reading: [.tsv(path)])
    #expect(pairs(corpus) == ["a|b", "e|f"])
    #expect(corpus.summary.map { $0.skips[.empty]?.count ?? 0 } == [5])
    #expect(
      folder.relative(Text(corpus.summary[0].description))
        == "a.tsv: 2 pairs, 5 with an empty side skipped")
  }

  @Test func `keeps quotation marks and spaces as they are`() throws {
    let path = try folder.write("a.tsv", " \"a \t b\"\"\n")
    #expect(pairs(try ParallelCorpus(reading: [.tsv(path)])) == [" \"a | b\"\""])
  }

  @Test func `concatenates files`() throws {
    let tsv = try folder.write("a.tsv", "a\tb\n")
    let source = try folder.write("s.txt", "c\n\ne")
    let target = try folder.write("t.txt", "d\nx\nf\n")
    let corpus = try ParallelCorpus(reading: [
      .tsv(tsv), .aligned(source: source, target: target), .tsv(tsv),
    ])
    #expect(pairs(corpus) == ["a|b", "c|d", "e|f", "a|b"])
    #expect(corpus.summary.map(\.pairs) == [1, 2, 1])
    #expect(corpus.summary.map { $0.skips[.empty]?.count ?? 0 } == [0, 1, 0])
  }

  @Test func `tells a file's kind by its name`() {
    #expect(CorpusFile(path: "x/a.JSONL") == .jsonLines("x/a.JSONL"))
    #expect(CorpusFile(path: "a.tsv") == .tsv("a.tsv"))
    #expect(CorpusFile(path: "a") == .tsv("a"))
    #expect(CorpusFile(path: "-") == .tsv("-"))
    #expect(CorpusFile(path: "x/a.jsonl.gz") == .jsonLines("x/a.jsonl.gz"))
    #expect(CorpusFile(path: "a.TMX.GZ") == .tmx("a.TMX.GZ"))
    #expect(CorpusFile(path: "a.gz") == .tsv("a.gz"))
    #expect(CorpusFile(path: "a.TMX") == .tmx("a.TMX"))
    #expect(CorpusFile(path: "a.po") == .po("a.po"))
    #expect(CorpusFile.aligned(source: "-", target: "b").description == "standard input + b")
  }

  @Test func `counts lines that are not text where it may`() throws {
    let bytes: [UInt8] = [0x62, 0x09, 0xE9, 0x0A, 0x63, 0x09, 0x00, 0x0A]
    let path = try folder.write("a.tsv", Array("a\tb\r\n".utf8) + bytes + Array("d\te\n".utf8))
    let corpus = try ParallelCorpus(reading: [.tsv(path)], skippingBroken: true)
    #expect(pairs(corpus) == ["a|b", "d|e"])
    #expect(
      folder.relative(Text(corpus.summary[0].description))
        == "a.tsv: 2 pairs, 1 not in UTF-8, 1 with a NUL byte skipped")
    #expect(folder.relative(Text(corpus.place(of: 1))) == "a.tsv:4")
    #expect(corpus.summary[0].lines == 4 && corpus.summary[0].carriageReturns.count == 1)
    #expect(
      message([.tsv(path)]).hasPrefix("a.tsv:2: byte 3 of the line (0xE9) is not valid UTF-8."))
  }

  @Test func `keeps aligned files aligned around lines that are not text`() throws {
    let source = try folder.write(
      "s.txt", Array("\u{FEFF}a\nb".utf8) + [0xFF, 0x0A] + Array("c\n".utf8))
    let target = try folder.write("t.txt", Array("1\n2\n3\n".utf8))
    let corpus = try ParallelCorpus(
      reading: [.aligned(source: source, target: target)], skippingBroken: true)
    #expect(pairs(corpus) == ["a|1", "c|3"])
    #expect(folder.relative(Text(corpus.place(of: 1))) == "s.txt:3")
    #expect(corpus.summary[0].byteOrderMarks.count == 1)
  }

  @Test func `says which column is missing where`() throws {
    let path = try folder.write("a.tsv", "a\tb\nc\n")
    #expect(
      message([.tsv(path)]) == """
        a.tsv:2: column 2 is missing; the line has 1 column. \
        Columns stand between tabs, in CSV between commas; 'data.columns' says which two to read.
        """)
    #expect(
      message([.tsv(path)], CorpusLayout(sourceColumn: 5, targetColumn: 1))
        .hasPrefix("a.tsv:1: column 5 is missing; the line has 2 columns."))
  }

  @Test func `says how aligned files differ in length`() throws {
    let three = try folder.write("three.txt", "a\nb\nc\n")
    let two = try folder.write("two.txt", "a\n\u{2028}b")
    let expected =
      "Line n of one has to translate line n of the other; lines end with \"\\n\" alone."
    #expect(
      message([.aligned(source: three, target: two)])
        == "three.txt has 3 lines, but two.txt has 2. \(expected)")
    #expect(
      message([.aligned(source: two, target: three)])
        == "two.txt has 2 lines, but three.txt has 3. \(expected)")
  }
}

import DragomanTestSupport
import Testing

@testable import DragomanText

@Suite struct `A CSV file` {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func read(_ text: String, _ columns: (Int, Int) = (1, 2)) throws -> ParallelCorpus {
    try ParallelCorpus(
      reading: [CorpusFile(path: try folder.write("a.csv", text))],
      layout: CorpusLayout(sourceColumn: columns.0, targetColumn: columns.1), skippingBroken: true)
  }

  private func pairs(_ text: String, _ columns: (Int, Int) = (1, 2)) throws -> [String] {
    try read(text, columns).map { "\($0.source)|\($0.target)" }
  }

  @Test func `has cells in quotation marks or without`() throws {
    #expect(
      try pairs("a b,c d\r\n\"e, \"\"f\"\"\",\"g\"\n\"\",h\n\n\"i\nj\r\n\nk\",l\nm,\"n\" o\n")
        == ["a b|c d", "e, \"f\"|g", "i j k|l", "m|n o"])
    let corpus = try read("\"a\nb\",c\nd,e\n,f\n")
    #expect(folder.relative(Text(corpus.place(of: 1))) == "a.csv:3")
    #expect(corpus.summary[0].skips[.empty]?.count == 1 && corpus.summary[0].lines == 4)
  }

  @Test func `has columns between semicolons or tabs, too`() throws {
    #expect(try pairs("a;b, c;d\n\"e;f\";g\n") == ["a|b, c", "e;f|g"])
    #expect(try pairs("a, b\tc\td\n\"e\tf\"\tg\n") == ["a, b|c", "e\tf|g"])
    #expect(try pairs("id,en,fr\n1,a,b\n2,c,d\n", (2, 3)) == ["a|b", "c|d"])
  }

  @Test(arguments: [
    (
      "a",
      "1: column 2 is missing; the line has 1 column. Columns stand between tabs, in CSV between commas"
    ),
    ("a,b\nc,\"d\ne\n", "2:3: the quotation mark that opens a cell has none that closes it."),
    ("\"", "1:1: the quotation mark that opens a cell has none that closes it."),
  ]) func `that breaks the rules is refused with the place`(text: String, expected: String) throws {
    let path = try folder.write("a.csv", text)
    let message = folder.relative(
      #expect(throws: CorpusError.self) { try ParallelCorpus(reading: [.csv(path)]) })
    #expect(message.hasPrefix("a.csv:\(expected)"), "\(message)")
  }

  @Test func `loses only the rows that are not text`() throws {
    let bytes = Array("a,b\n\"c\n".utf8) + [0xFF, 0x0A] + Array("d\",e\nf,g\n".utf8)
    let corpus = try ParallelCorpus(
      reading: [.csv(try folder.write("a.csv", bytes))], skippingBroken: true)
    #expect(corpus.map(\.source) == ["a", "f"])
    #expect(corpus.summary[0].skips[.invalidUTF8]?.count == 1)
  }

  /// The place of each cell from the beginning of its row would take minutes.
  @Test(.timeLimit(.minutes(1))) func `may have many quoted cells in a row`() throws {
    let row = String(repeating: "\"a\",", count: 200_000) + "\"b\"\n"
    #expect(try pairs(row, (1, 200_001)) == ["a|b"])
  }

  @Test func `is read or refused, never more, wherever it is cut`() throws {
    let text = Array("a,\"b \"\"c\"\"\nd\",e\n\"f\";\"g\"\n".utf8)
    for length in 0..<text.count {
      _ = try? ParallelCorpus(
        reading: [.csv(try folder.write("cut.csv", Array(text[..<length])))])
    }
  }
}

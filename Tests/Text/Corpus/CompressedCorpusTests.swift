import DragomanFormats
import DragomanTestSupport
import Testing

@testable import DragomanText

@Suite struct `A corpus compressed with gzip` {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func packed(_ text: String) -> [UInt8] { packed(bytes: Array(text.utf8)) }

  /// A gzip file whose one block is stored.
  private func packed(bytes: [UInt8]) -> [UInt8] {
    func number(_ value: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1] + number(bytes.count, 2)
      + number(bytes.count ^ 0xFFFF, 2) + bytes + number(Int(CRC32(of: bytes[...]).value), 4)
      + number(bytes.count, 4)
  }

  @Test func `is read as its text is, in every format`() throws {
    for (name, text) in [
      ("a.tsv", "one\tun\r\ntwo\tdeux\n\t\n"),
      (
        "a.jsonl",
        #"{"source":"one","target":"un"}"# + "\n" + #"{"source":"two","target":"deux"}"# + "\n"
      ),
      ("a.po", "msgid \"one\"\nmsgstr \"un\"\n\nmsgid \"two\"\nmsgstr \"deux\"\n"),
      (
        "a.tmx",
        "<tmx><body><tu><tuv xml:lang=\"source\"><seg>one</seg></tuv><tuv "
          + "xml:lang=\"target\"><seg>un</seg></tuv></tu></body></tmx>"
      ),
    ] {
      let plain = try folder.write(name, text)
      let gzip = try folder.write(name + ".gz", packed(text))
      let (one, other) = try (
        ParallelCorpus(reading: [CorpusFile(path: plain)]),
        ParallelCorpus(reading: [CorpusFile(path: gzip)])
      )
      #expect(one.count > 0 && Array(one) == Array(other), "\(name)")
      #expect(one.summary[0].pairs == other.summary[0].pairs)
      #expect(one.summary[0].skipped == other.summary[0].skipped)
      #expect(one.summary[0].carriageReturns.count == other.summary[0].carriageReturns.count)
    }
  }

  @Test func `is known by its bytes, also as aligned files and in two members`() throws {
    let source = try folder.write("s", packed("\u{FEFF}a\nb\n") + packed("c\nd"))
    let target = try folder.write("t", "1\n2\n3\n4\n")
    let corpus = try ParallelCorpus(reading: [.aligned(source: source, target: target)])
    #expect(corpus.map(\.source) == ["a", "b", "c", "d"])
    #expect(corpus.place(of: 2).hasSuffix("/s:3"))
    #expect(Array(try TextLines(path: source)) == ["a", "b", "c", "d"])
  }

  @Test func `is refused where it is damaged, with its place`() throws {
    func message(_ bytes: [UInt8]) throws -> String {
      let path = try folder.write("a.tsv.gz", bytes)
      return folder.relative(
        #expect(throws: CorpusError.self) { try ParallelCorpus(reading: [CorpusFile(path: path)]) })
    }
    let file = packed("one\tun\n")
    #expect(
      try message(Array(file.prefix(20)))
        == "a.tsv.gz: byte 20: expected more compressed data, found the end of the file. It was cut short or "
        + "damaged; copy or download it again."
    )
    var damaged = file
    damaged[18] ^= 1
    #expect(try message(damaged).hasPrefix("a.tsv.gz: byte 22: expected data with the checksum "))
    #expect(try message(packed("one\n")).hasPrefix("a.tsv.gz:1: column 2 is missing;"))
    #expect(
      try message(packed(bytes: packed("one\tun\n")))
        == "a.tsv.gz: expected text in UTF-8, found a gzip file in a gzip file. Unpack it once with 'gunzip -k'."
    )
  }
}

import DragomanTestSupport
import Testing

@testable import DragomanText

@Suite struct `A corpus report` {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func read(_ name: String, _ bytes: [UInt8]) throws -> ParallelCorpus {
    try ParallelCorpus(reading: [.tsv(try folder.write(name, bytes))], skippingBroken: true)
  }

  private func report(
    _ parts: [(String, String)], maximumLength: Int = 100, characters: Bool = false
  ) throws
    -> CorpusReport
  {
    CorpusReport(
      try parts.map { ($0.0, try read($0.0 + ".tsv", Array($0.1.utf8))) },
      maximumLength: maximumLength,
      countsCharacters: (characters, characters))
  }

  private func lines(_ report: CorpusReport) -> [String] {
    report.problems.map { folder.relative(Text($0.description)) }
  }

  private let clean = (0..<40).map { "the cat \($0) sleeps\tle chat \($0) dort\n" }.joined()

  @Test func `of clean data finds nothing, and measures`() throws {
    let report = try report([("train", clean)])
    #expect(report.problems.isEmpty)
    let part = try #require(report.parts.first)
    #expect(part.name == "train" && part.pairs == 40)
    #expect(part.source.words == 160 && part.source.mostCharacters == 17)
    #expect(part.target.characters == 10 * 14 + 30 * 15 && part.target.mostWords == 4)
  }

  @Test func `tells what reading skipped and ignored`() throws {
    let text: [UInt8] =
      [0xEF, 0xBB, 0xBF] + Array("a b\tc d\r\n\t\n\te\nf\t\n".utf8) + [
        0xFF, 0x09, 0x61, 0x0A, 0x61, 0x00, 0x0A,
      ]
    let report = CorpusReport([("train", try read("a.tsv", text))], maximumLength: 9)
    #expect(
      lines(report) == [
        "train: 3 of 6 lines have an empty side: skipped (a.tsv:2, a.tsv:3, …)",
        "train: 1 of 6 lines are not valid UTF-8: skipped (a.tsv:5)",
        "train: 1 of 6 lines have a NUL byte: skipped (a.tsv:6)",
        "train: 1 of 1 files begin with a byte order mark: it is ignored (a.tsv:1)",
        "train: 1 of 6 lines end in \"\\r\\n\": the \"\\r\" is ignored (a.tsv:1)",
      ])
    #expect(report.problems.map(\.isSkipped) == [true, true, true, false, false])
  }

  @Test func `finds duplicates and what training has seen`() throws {
    let report = try report([
      ("train", clean + "the cat 3 sleeps\tle chat 3 dort\nthe cat 3 sleeps\tun autre\n"),
      (
        "test",
        "the cat 3 sleeps\tle chat 3 dort\nthe cat 4 sleeps\tle chat 5 dort\na dog\tle chat\na dog\tle chat\n"
      ),
    ])
    #expect(
      lines(report) == [
        "train: 1 of 42 pairs repeat an earlier one: kept, and count twice (train.tsv:41)",
        "test: 1 of 4 pairs repeat an earlier one: kept, and count twice (test.tsv:4)",
        "test: 1 of 4 pairs are training pairs, too: figures will be too good (test.tsv:1)",
        "test: 1 of 4 sources are training sources, too: figures may be too good (test.tsv:2)",
        "test: 4 of 24 words never occur in training (16.7 %) (test.tsv:3, test.tsv:4, …)",
      ])
  }

  @Test func `finds sides that are too long or too different`() throws {
    let words = Array(repeating: "cat", count: 13).joined(separator: " ")
    let text = clean + "\(words)\t\(words) dort\nthe\t\(words)\n"
    #expect(
      lines(try report([("train", text)], maximumLength: 13)) == [
        "train: 1 of 42 pairs have a side above data.maximumLength: training skips them (train.tsv:41)",
        "train: 1 of 42 pairs have sides of very different length: probably no translations (train.tsv:42)",
      ])
    #expect(
      lines(try report([("train", clean)], maximumLength: 16, characters: true)) == [
        "train: 30 of 40 pairs have a side above data.maximumLength: training skips them "
          + "(train.tsv:11, train.tsv:12, …)"
      ])
  }

  @Test func `finds copies and exchanged languages`() throws {
    let text =
      clean + clean.replacing("cat", with: "dog") + "Paris\tParis\nNew York\tNew York\n"
      + "le chat 99 dort\tthe cat 99 sleeps\n"
    #expect(
      lines(try report([("train", text)])) == [
        "train: 1 of 83 pairs have the same text on both sides: probably not translated (train.tsv:82)",
        "train: 1 of 83 pairs seem to have their languages exchanged: kept (train.tsv:83)",
      ])
  }

  @Test func `finds languages exchanged by their script, however rare their words`() throws {
    let words = (0..<40).map { "word\($0) here\t字\($0)在這裡\n" }.joined()
    let exchanged = "你好嗎\thow are you\nParis\tLondon\n你好\t你好\n"
    #expect(
      lines(try report([("train", words + exchanged)])) == [
        "train: 1 of 43 pairs seem to have their languages exchanged: kept (train.tsv:41)"
      ])
    let kana = (0..<40).map { "word\($0) here\tこれ\($0)は日本語\n" }.joined()
    // Japanese without kana is Japanese all the same.
    #expect(
      lines(try report([("train", kana + "日本語\tJapanese\nJapan\t日本\n")])) == [
        "train: 1 of 42 pairs seem to have their languages exchanged: kept (train.tsv:41)"
      ])
  }

  @Test func `counts no words where characters are read`() throws {
    let parts = [("train", clean), ("test", "un deux\ttrois quatre\n")]
    #expect(try report(parts).problems.map(\.kind) == [.unknownWords])
    #expect(try report(parts, characters: true).problems.isEmpty)
  }

  @Test func `does not take foreign words for exchanged languages`() throws {
    var random = SplitMix(seed: 1)
    func line(_ prefix: String) -> String {
      (0..<8).map { _ in prefix + String(random.next() % 5000) }.joined(separator: " ")
    }
    let training = (0..<4000).map { _ in "\(line("a"))\t\(line("b"))\n" }.joined()
    let other = (0..<400).map { _ in "\(line("x"))\t\(line("y"))\n" }.joined()
    let kinds = try report([("train", training), ("test", other)]).problems.map(\.kind)
    #expect(kinds == [.unknownWords])
  }
}

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
        "test: 1 of 4 pairs differ in numbers: kept (test.tsv:2 '4' against '5')",
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
        "train: 30 of 40 pairs have a side above data.maximumLength: training skips them (train.tsv:11, "
          + "train.tsv:12, …)"
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

  @Test func `finds what the sides of interface texts do not have in common, with examples`() throws
  {
    let text =
      clean
        + """
        Tom &amp; Ann\tTom &amp; Anne
        Delete %d files\tSupprimer les fichiers
        In 2019\tEn 2018
        See https://x.org now\tVoir maintenant
        <b>Save</b> it\tL'enregistrer

        """
    #expect(
      lines(try report([("train", text)])) == [
        "train: 1 of 45 pairs have HTML entities: kept; data.decodeEntities decodes them (train.tsv:41 '&amp;')",
        "train: 1 of 45 pairs differ in placeholders: kept (train.tsv:42 '%d' against nothing)",
        "train: 1 of 45 pairs differ in tags: kept (train.tsv:45 '</b>' and more against nothing)",
        "train: 1 of 45 pairs differ in addresses (URLs): kept (train.tsv:44 'https://x.org' against nothing)",
        "train: 1 of 45 pairs differ in numbers: kept (train.tsv:43 '2019' against '2018')",
      ])
  }

  @Test func `does not tell of numbers that a corpus writes out or changes`() throws {
    let text = (100..<140).map { "the number \($0)\tle nombre écrit en lettres\n" }.joined()
    #expect(!(try report([("train", text)])).problems.contains { $0.kind == .numbers })
  }

  @Test func `finds lines in another script than the rest`() throws {
    let words = (0..<40).map { "word \($0) here\tmot \($0) ici\n" }.joined()
    let text =
      words
      + "the cat sleeps\tкошка спит\nα\tα\nα and β\tα et β\nMoscow\tМосква (Moscou)\nМосква\tМосква\n"
    #expect(
      lines(try report([("train", text)])) == [
        "train: 1 of 45 pairs have a side in another script than the rest: kept (train.tsv:41 Cyrillic)"
      ])
    let russian = (0..<40).map { "word \($0) here\tслово \($0)\n" }.joined()
    #expect(
      lines(
        try report([
          ("train", russian + "the cat\tthe cat sleeps\nWindows\tWindows 10\nParis\tLondon\n")
        ])) == [
          "train: 1 of 43 pairs have a side in another script than the rest: kept (train.tsv:41 Latin)"
        ])
  }

  @Test func `finds text that was decoded in a wrong encoding`() throws {
    let text = clean + "open it\tРћС‚РєСЂС‹С‚СЊ\nthe summer\tl'Ã©tÃ©\nthe tea\tle thé\n"
    #expect(
      lines(try report([("train", text)]))[0] == """
        train: 2 of 43 pairs have text that was decoded in a wrong encoding: kept; see docs/data.md \
        (train.tsv:41 'РћС‚РєСЂС‹С‚СЊ' for 'Открыть', by WINDOWS-1251, train.tsv:42 'l'Ã©tÃ©' for 'l'été', by \
        WINDOWS-1252)
        """)
  }

  @Test func `decodes entities where that is asked for, and tells of it`() throws {
    var layout = CorpusLayout()
    layout.decodesEntities = true
    let path = try folder.write(
      "a.tsv", "Tom &amp; Ann\tTom &amp; Anne\n&lt;b&gt;\tx &amp;lt; y\na\tb\n&nbsp;\tc\n")
    let corpus = try ParallelCorpus(reading: [.tsv(path)], layout: layout)
    #expect(
      corpus.map { "\($0.source)|\($0.target)" } == ["Tom & Ann|Tom & Anne", "<b>|x &lt; y", "a|b"])
    let found = lines(CorpusReport([("train", corpus)], maximumLength: 9))
    #expect(found[0] == "train: 1 of 4 lines have an empty side: skipped (a.tsv:4)")
    #expect(found[1] == "train: 3 of 3 pairs had HTML entities: decoded (a.tsv:1, a.tsv:2, …)")
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

@Suite struct `What a report says of Unicode` {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func corpus(_ text: String, skippingBroken: Bool = true) throws -> ParallelCorpus {
    try ParallelCorpus(
      reading: [.tsv(try folder.write("a.tsv", text))], skippingBroken: skippingBroken)
  }

  private func problems(_ parts: [(name: String, corpus: ParallelCorpus)]) -> [String] {
    CorpusReport(parts, maximumLength: 100).problems.map {
      $0.description.replacing(folder.path + "/", with: "")
    }
  }

  @Test func `finds leaks and duplicates in another spelling, and keeps case apart`() throws {
    let train = ParallelCorpus([
      SentencePair(source: "mon p\u{E8}re est fatigu\u{E9}", target: "my father is tired"),
      SentencePair(
        source: "mon pe\u{300}re est fatigue\u{301}", target: "my father is ti\u{AD}red"),
    ])
    let validation = ParallelCorpus([
      SentencePair(source: "mon pe\u{300}re est fatigue\u{301}", target: "my father is tired"),
      SentencePair(source: "Mon p\u{E8}re est fatigu\u{E9}", target: "my father is tired"),
      SentencePair(source: "mon pe\u{300}re est fatigu\u{E9}", target: "he is tired"),
    ])
    let found = problems([("train", train), ("validation", validation)])
    #expect(
      found
        == [
          "train: 1 of 2 pairs have invisible characters such as U+00AD or U+200B: "
            + "tokenizer.normalization drops them, unless it is \"none\" (pair 2)",
          "train: 1 of 2 pairs repeat an earlier one: kept, and count twice (pair 2)",
          "validation: 1 of 3 pairs are training pairs, too: figures will be too good (pair 1)",
          "validation: 1 of 3 sources are training sources, too: figures may be too good (pair 3)",
          "validation: 2 of 23 words never occur in training: (8.7 %) (pair 2, pair 3)",
        ].map { $0.replacing("training: (8.7 %)", with: "training (8.7 %)") })
  }

  @Test func `tells lone carriage returns, and merges no lines`() throws {
    let mixed = try corpus("a b\tc d\ne f\tg h\ri j\tk l\nm n\to p\r\n")
    #expect(mixed.count == 2)
    #expect(
      problems([("train", mixed)]).first
        == "train: 1 of 3 lines have a lone carriage return within: skipped; if lines end so, "
        + "tr '\\r' '\\n' makes them lines (a.tsv:2)")
    #expect(throws: CorpusError.self) { try corpus("a b\tc d\re f\tg h\r") }
    #expect(throws: CorpusError.self) { try corpus("a\tb\nc\td\re\n", skippingBroken: false) }
  }

  @Test func `takes a side of invisible characters for an empty one`() throws {
    let found = try corpus("a\t\u{200B}\n\u{AD} \u{A0}\tb\nc\td\n")
    #expect(found.count == 1)
    #expect(found.summary[0].skipped == 2)
  }
}

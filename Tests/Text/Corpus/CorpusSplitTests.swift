import Testing

@testable import DragomanText

@Suite struct `A split of a corpus` {
  private func corpus(_ count: Int, reversed: Bool = false) -> ParallelCorpus {
    // Every third source is there twice.
    let pairs = (0..<count).map {
      SentencePair(source: "source \($0 % 3 == 1 ? $0 - 1 : $0)", target: "target\t\($0) ")
    }
    return ParallelCorpus(reversed ? pairs.reversed() : pairs)
  }

  @Test(arguments: [
    (10, 1), (210, 21), (2000, 100), (4000, 200), (10_000, 500), (30_000, 500), (100_000, 1000),
    (400_000, 2000),
  ])
  func `holds out 500 pairs or a twentieth, within limits, and loses nothing`(count: Int, size: Int)
  {
    let corpus = corpus(count)
    let split = CorpusSplit(corpus)
    #expect((split.train + split.validation + split.test).sorted() == Array(0..<count))
    for part in [split.validation, split.test] { #expect((size...(size + 1)).contains(part.count)) }
    func sources(_ part: [Int]) -> Set<String> { Set(part.map { corpus[$0].source }) }
    #expect(sources(split.train).isDisjoint(with: sources(split.validation + split.test)))
    #expect(sources(split.validation).isDisjoint(with: sources(split.test)))
  }

  @Test func `trains on a source that much of the corpus has`() {
    let corpus = ParallelCorpus(
      (0..<300).map { SentencePair(source: $0 < 200 ? "same" : "source \($0)", target: "\($0)") })
    let split = CorpusSplit(corpus)
    #expect(split.validation.count == 30 && split.test.count == 30)
    #expect(Set(split.train).isSuperset(of: 0..<200))
  }

  @Test func `does not depend on the order of the lines`() {
    let (one, other) = (corpus(500), corpus(500, reversed: true))
    func texts(_ corpus: ParallelCorpus) -> Set<String> {
      Set(CorpusSplit(corpus).test.map { corpus[$0].target })
    }
    #expect(texts(one) == texts(other))
  }

  @Test func `keeps sources together that are spelt in several ways`() {
    // "é" in one scalar and in two, more and other white space; another case is another source.
    let spellings = ["caf\u{E9} %", "cafe\u{301} %", " caf\u{E9}\u{A0} % "]
    var pairs: [SentencePair] = []
    for number in 0..<400 {
      for (index, spelling) in spellings.enumerated() {
        pairs.append(
          SentencePair(
            source: spelling.replacing("%", with: "\(number)"), target: "\(number) \(index)"))
      }
      pairs.append(SentencePair(source: "CAF\u{C9} \(number)", target: "\(number)"))
    }
    let split = CorpusSplit(ParallelCorpus(pairs))
    func numbers(_ part: [Int]) -> Set<String> {
      Set(part.filter { $0 % 4 < 3 }.map { String(pairs[$0].target.prefix { $0 != " " }) })
    }
    #expect(split.validation.contains { $0 % 4 < 3 } && split.test.contains { $0 % 4 < 3 })
    #expect(numbers(split.train).isDisjoint(with: numbers(split.validation + split.test)))
    #expect(numbers(split.validation).isDisjoint(with: numbers(split.test)))
    // The capitals are not tied to the small letters.
    func capitals(_ part: [Int]) -> Set<String> {
      Set(part.filter { $0 % 4 == 3 }.map { pairs[$0].target })
    }
    #expect(!capitals(split.train).isDisjoint(with: numbers(split.validation)))
    // In whatever order the spellings stand.
    let backwards = Array(pairs.reversed())
    let other = CorpusSplit(ParallelCorpus(backwards))
    let found: Set<String> = Set(other.test.map { backwards[$0].target })
    let expected: Set<String> = Set(split.test.map { pairs[$0].target })
    #expect(found == expected)
  }

  @Test func `is written without tabs in its columns`() {
    #expect(
      String(decoding: corpus(3).tsv(of: [2, 0]), as: UTF8.self)
        == "source 2\ttarget 2\nsource 0\ttarget 0\n")
  }
}

@Suite struct `A script` {
  @Test(arguments: [
    ("Straße 12, naïve", Script.latin), ("Привет, world", .cyrillic), ("Ελλάδα", .greek),
    ("שלום", .hebrew),
    ("مرحبا", .arabic), ("नमस्ते", .indic), ("ภาษาไทย", .thai), ("今天天气很好。", .han),
    ("今日は良い天気です", .kana),
    ("안녕하세요", .hangul), ("ქართული", .other), ("12 + 3 = 15 ☺", .other), ("", .other),
  ]) func `is that of most letters`(text: String, script: Script) {
    #expect(Script(of: TextLines([text])) == script)
  }
}

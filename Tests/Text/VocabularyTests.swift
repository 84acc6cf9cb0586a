import Testing

@testable import DragomanText

@Suite struct `A vocabulary` {
  @Test func `begins with its specials, then goes by frequency and by bytes`() {
    let vocabulary = Vocabulary.counted(from: ["b", "a", "é", "c", "b", "Z", "c", "b"])
    #expect(vocabulary.tokens == ["<unk>", "<s>", "</s>", "b", "c", "Z", "a", "é"])
    #expect((vocabulary.unknown, vocabulary.begin, vocabulary.end) == (0, 1, 2))
    #expect(vocabulary.id(of: "c") == 4)
    #expect(vocabulary[4] == "c")
    #expect(vocabulary.id(of: "d") == vocabulary.unknown)
  }

  @Test func `keeps to its size and minimum frequency`() {
    let tokens = ["a", "a", "a", "b", "b", "c"]
    #expect(Vocabulary.counted(from: tokens, maximumSize: 4).tokens.dropFirst(3) == ["a"])
    #expect(
      Vocabulary.counted(from: tokens, minimumFrequency: 2).tokens.dropFirst(3) == ["a", "b"])
    #expect(Vocabulary.counted(from: tokens, maximumSize: 3).count == 3)
  }

  @Test func `never finds a special by its spelling`() {
    let vocabulary = Vocabulary.counted(from: ["<s>", "<s>", "a", "</s>", "<unk>"])
    #expect(vocabulary.count == 4)
    for special in Vocabulary.specials { #expect(vocabulary.id(of: special) == vocabulary.unknown) }
  }

  @Test func `keeps canonically equivalent tokens apart`() {
    let vocabulary = Vocabulary(["é", "e\u{301}", "\u{212B}", "Å"])
    #expect(vocabulary.count == 7)
    #expect(vocabulary.id(of: "e\u{301}") == 4)
    #expect(vocabulary[3].scalars == [0xE9])
  }

  @Test func `finds each of a hundred thousand tokens`() {
    let tokens = (0..<100_000).map { "t\($0)" }
    let vocabulary = Vocabulary(tokens)
    #expect(tokens.enumerated().allSatisfy { vocabulary.id(of: $1) == Int32($0) + 3 })
  }
}

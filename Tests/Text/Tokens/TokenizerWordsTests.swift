import Testing

@testable import DragomanText

@Suite struct `Words of tokens` {
  static let lines = [
    "the cat, (a \"small\" one) isn't here.", "un  chat d'ici !", "日本 語 text", "a ▁ b", "x",
    "e\u{301}te\u{301} 👩‍👩‍👧 ok", "مرحبا بالعالم",
  ]

  @Test(arguments: TokenizerKind.allCases)
  func `are those between the spaces of the text`(_ kind: TokenizerKind) {
    let codec = TextCodec.trained(on: Self.lines, kind: kind, vocabularySize: 400)
    for line in Self.lines {
      let tokens = codec.tokenizer.tokenize(line)
      let words = codec.tokenizer.words(of: tokens)
      let expected = codec.tokenizer.normalize(line).split(separator: " ").map(String.init)
      #expect(words.count == tokens.count)
      #expect(words.compactMap(\.self) == words.compactMap(\.self).sorted())
      // The tokens of each word are the word.
      for (number, word) in expected.enumerated() {
        let own = zip(tokens, words).filter { $0.1 == number }.map(\.0)
        #expect(codec.tokenizer.detokenize(own) == word, "\(kind): \(tokens) \(words)")
      }
      #expect(codec.words(of: codec.encode(line)) == words)
    }
  }

  @Test func `leave out begin and end, and need some text`() {
    let codec = TextCodec.trained(on: ["a b"], kind: .word, vocabularySize: 20)
    let (begin, end) = (codec.vocabulary.begin, codec.vocabulary.end)
    let ids = [begin] + codec.encode("b a") + [end]
    #expect(codec.words(of: ids) == [nil, 0, 1, nil])
    #expect(codec.words(of: [end]) == [nil])
    #expect(codec.tokenizer.words(of: []).isEmpty)
    let letters = TextCodec.trained(on: ["a b"], kind: .character, vocabularySize: 20).tokenizer
    #expect(letters.words(of: ["▁", "▁"]) == [nil, nil])
    #expect(letters.words(of: ["▁", "a", "▁", "▁", "b"]) == [0, 0, 0, 0, 1])
  }

  @Test func `follow what takes the place of an unknown token`() {
    let codec = TextCodec.trained(on: ["a b"], kind: .word, vocabularySize: 20)
    let ids = [
      codec.vocabulary.id(of: "a"), codec.vocabulary.unknown, codec.vocabulary.id(of: "b"),
    ]
    #expect(codec.words(of: ids) == [0, 1, 2])
    #expect(codec.words(of: ids) { _ in "zwei drei" } == [0, 1, 3])
    #expect(codec.decode(ids) { _ in "zwei drei" } == "a zwei drei b")
  }

  @Test func `bear bytes that make no character`() {
    let codec = TextCodec.trained(on: ["a b"], kind: .bpe, vocabularySize: 270)
    #expect(codec.tokenizer.words(of: ["<0xE2>", "<0x80>", "▁", "<0xFF>"]) == [0, 0, 0, 1])
    // A no-break space of two bytes ends a word as any other space does.
    #expect(codec.tokenizer.words(of: ["a", "<0xC2>", "<0xA0>", "b"]) == [0, 0, 0, 1])
  }
}

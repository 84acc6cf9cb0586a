import Testing

@testable import DragomanText

@Suite struct `Words that were never met` {
  private let lines = [
    "The cat sleeps.", "Is the dog here?", "Cats don't bark, dogs do.", "Das Haus ist größer.",
  ]

  private func codec(_ kind: TokenizerKind, lowercase: Bool = false) -> TextCodec {
    TextCodec.trained(
      on: lines, kind: kind, vocabularySize: 330,
      TextNormalization(lowercase: Lowercasing(lowercase)))
  }

  private func words(lowercase: Bool = false, _ variants: [SourceVariant] = []) -> [WordFilter] {
    [
      WordFilter(
        of: TextLines(lines), TextNormalization(lowercase: Lowercasing(lowercase)),
        variants: variants)
    ]
  }

  @Test func `are those that a vocabulary of words lacks`() {
    let codec = codec(.word)
    #expect(codec.unseenWords(of: "The cat sleeps.", among: nil).isEmpty)
    #expect(codec.unseenWords(of: "zxcvb cat qwerty zxcvb?", among: nil) == ["zxcvb", "qwerty"])
    // A full stop by itself is another token than one after a word, which is known.
    #expect(codec.unseenWords(of: "The cat .", among: nil) == [" ."])
    #expect(codec.unseenWords(of: "", among: nil).isEmpty)
  }

  @Test func `are letters of a vocabulary of characters`() {
    #expect(codec(.character).unseenWords(of: "zebra Ω Ω", among: nil) == ["z", "Ω"])
  }

  @Test func `are words of no source where tokens are pieces`() {
    let codec = codec(.bpe)
    #expect(codec.unseenWords(of: "Is the cat here? dogs, größer.", among: words()).isEmpty)
    #expect(codec.unseenWords(of: "the zxcvb sleeps zxcvb", among: words()) == ["zxcvb"])
    #expect(codec.unseenWords(of: "is 1984 here?", among: words()) == ["is"])
    #expect(codec.unseenWords(of: "is here", among: words([.lowercase])).isEmpty)
    #expect(codec.unseenWords(of: "zxcvb", among: nil).isEmpty, "of earlier versions")
    #expect(
      self.codec(.bpe, lowercase: true).unseenWords(of: "IS HERE", among: words(lowercase: true))
        .isEmpty)
  }

  @Test func `are found among those of any text that was learnt from`() {
    let more = WordFilter(of: TextLines(["zxcvb"]))
    #expect(codec(.bpe).unseenWords(of: "cat zxcvb", among: words() + [more]).isEmpty)
  }

  @Test func `are kept as text and come back`() throws {
    let filter = words()[0]
    #expect(WordFilter(filter.text) == filter)
    for text in ["", "AAAA", "not base 64", String(repeating: "A", count: 1_500_000)] {
      #expect(WordFilter(text) == nil)
    }
  }

  @Test func `are seldom confused, and take little room`() {
    let learnt = (0..<20_000).map { "word\($0)" }
    let filter = WordFilter(of: TextLines(learnt), threads: 2)
    #expect(filter.text.utf8.count < 55_000)
    #expect(learnt.allSatisfy { filter.contains($0.utf8) })
    let confused = (0..<20_000).count { filter.contains("other\($0)".utf8) }
    #expect(confused < 40, "\(confused) of 20,000")
  }
}

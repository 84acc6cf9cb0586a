import DragomanTestSupport
import Testing

@testable import DragomanText

@Suite struct `A line before it is cut` {
  private func normalized(
    _ line: String, _ normalization: TextNormalization, _ side: TextSide = .source
  ) -> String {
    String(decoding: TextNormalizer(normalization, side).normalized(line), as: UTF8.self)
  }

  @Test(arguments: [UnicodeForm.nfc, .nfkc], [TextSide.source, .target])
  func `has no invisible characters`(form: UnicodeForm, side: TextSide) {
    let normalization = TextNormalization(form: form)
    #expect(
      normalized("Where is the sta\u{AD}tion?", normalization, side) == "Where is the station?")
    #expect(normalized("\u{FEFF}My \u{200E}father\u{200F}", normalization, side) == "My father")
    #expect(normalized("a\u{200B}b \u{200B} c", normalization, side) == "ab c")
    #expect(normalized("\u{200B}", normalization, side).isEmpty)
    // Joiners change letters and emoji.
    let joined = "می\u{200C}خواهم 👩\u{200D}👧"
    #expect(normalized(joined, normalization, side).scalars == joined.scalars)
  }

  @Test func `stays as it is without a form`() {
    for side in [TextSide.source, .target] {
      let line = "e\u{301} \u{200B} sta\u{AD}tion \u{FEFF}’"
      #expect(normalized(line, TextNormalization(), side).scalars == line.scalars)
      #expect(normalized("gare\u{202F}?", TextNormalization(), side) == "gare ?")
    }
  }

  @Test func `has its punctuation folded in the source alone`() {
    let folding = TextNormalization(form: .nfc, punctuation: .folded)
    let line = "My father doesn’t know “how” – 1990–2000 —wait… ‘x’ 5‑6 −1"
    #expect(
      normalized(line, folding) == "My father doesn't know \"how\" - 1990-2000 - wait... 'x' 5-6 -1"
    )
    #expect(normalized(line, folding, .target).scalars == line.scalars)
    #expect(normalized("«\u{A0}oui\u{A0}»", folding) == "« oui »")
    #expect(normalized(line, TextNormalization(form: .nfc)).scalars == line.scalars)
  }

  @Test func `is made lower-case on the sides that want it`() {
    #expect(normalized("THE", TextNormalization(lowercase: .source)) == "the")
    #expect(normalized("DH AH0", TextNormalization(lowercase: .source), .target) == "DH AH0")
    #expect(normalized("DH AH0", TextNormalization(lowercase: .both), .target) == "dh ah0")
    #expect(normalized("DH AH0", TextNormalization()) == "DH AH0")
    let composed = TextNormalization(form: .nfkc, lowercase: .source)
    #expect(normalized("E\u{301}TE\u{301} \u{210C}", composed).scalars == "\u{E9}t\u{E9} h".scalars)
  }

  @Test func `keeps the no-break spaces of a target`() {
    let nfc = TextNormalization(form: .nfc)
    #expect(normalized("gare\u{202F}?", nfc, .target).scalars == "gare\u{202F}?".scalars)
    #expect(normalized("gare\u{202F}?", nfc).scalars == "gare ?".scalars)
    // One space is left of each run, and none at the ends.
    #expect(
      normalized("\u{A0}a \u{A0} \u{202F}b\u{A0} ", nfc, .target).scalars == "a\u{A0}b".scalars)
    #expect(normalized("a\u{3000}b", nfc, .target) == "a b")
    #expect(
      normalized("a\u{A0}b", TextNormalization(form: .nfkc), .target).scalars == "a b".scalars)
  }
}

@Suite struct `No-break spaces of a target` {
  @Test(arguments: TokenizerKind.allCases) func `are learnt and written`(kind: TokenizerKind) {
    let lines = ["Où est la gare\u{202F}?", "«\u{A0}Oui\u{A0}», 10\u{202F}000", "Où est la gare ?"]
    let codec = TextCodec.trained(
      on: lines + lines, kind: kind, vocabularySize: 400, TextNormalization(form: .nfc),
      side: .target)
    for line in lines {
      let ids = codec.encode(line)
      #expect(!ids.contains(codec.vocabulary.unknown))
      #expect(codec.decode(ids).scalars == line.scalars)
    }
    let old = TextCodec.trained(on: lines + lines, kind: kind, vocabularySize: 400, side: .target)
    #expect(old.decode(old.encode(lines[0])).scalars == lines[2].scalars)
    #expect(old.decode(codec.encode(lines[2])).unicodeScalars.allSatisfy { $0 != "\u{202F}" })
  }

  @Test func `stand in tokens that can be seen`() {
    let codec = TextCodec.trained(
      on: ["gare\u{202F}?"], kind: .word, vocabularySize: 400, TextNormalization(form: .nfc),
      side: .target)
    #expect(codec.encode("gare\u{202F}?").map { codec.display($0) } == ["gare", "\\u{202F}", "?"])
  }

  @Test func `are plain in a source that shares the vocabulary`() {
    let pairs = ParallelCorpus([SentencePair(source: "gare\u{202F}?", target: "gare\u{202F}?")])
    let (source, target) = TextCodec.trained(
      on: pairs, shared: true, kinds: (.word, .word), vocabularySize: 100,
      TextNormalization(form: .nfc))
    #expect(source == target)
    #expect(source.decode(source.encode("gare\u{202F}?")) == "gare ?")
    #expect(target.decode(target.encode("gare\u{202F}?")).scalars == "gare\u{202F}?".scalars)
    #expect(source.json.serialized() == target.json.serialized())
  }
}

import DragomanSystem
import DragomanDecoding
import DragomanFormats
import DragomanLayers
import DragomanTensor
import DragomanTestSupport
import DragomanText
import Testing

@testable import DragomanTranslation

@Suite struct `A translator` {
  static let lines = [
    "the cat sat on the mat .", "", "a b c", "unknown words here", "   ", "mat",
    "the the the the the",
    "a b c d e f g h a b c d e f g h a b c d e f g h",
  ]

  static func translator(
    _ score: ScorerKind = .additive, _ cell: CellKind = .gru, threads: Int = 1, batch: Int = 64,
    instructions: Kernels.InstructionSet? = nil
  ) -> Translator {
    var decoding = DecodingConfiguration()
    decoding.maximumLength = 12
    decoding.batch = batch
    return Translator(
      SmallModel.file(score: score, cell: cell).trained, decoding: decoding,
      kernels: Kernels(threads: threads, instructions: instructions))
  }

  @Test(arguments: ScorerKind.allCases, CellKind.allCases)
  func `says the same for any batch, number of threads and instruction set`(
    _ score: ScorerKind, _ cell: CellKind
  ) {
    let expected = Self.translator(score, cell).translate(
      Self.lines, TranslationOptions(withAttention: true))
    #expect(expected.count == Self.lines.count)
    for batch in [1, 2, 3] {
      #expect(
        Self.translator(score, cell, batch: batch).translate(
          Self.lines, TranslationOptions(withAttention: true))
          == expected)
    }
    #expect(
      Self.translator(score, cell, threads: 3).translate(
        Self.lines, TranslationOptions(withAttention: true))
        == expected)
    for instructions in Kernels.available {
      #expect(
        Self.translator(score, cell, instructions: instructions)
          .translate(Self.lines, TranslationOptions(withAttention: true)) == expected)
    }
    let oneByOne = Self.lines.map {
      Self.translator(score, cell).translate($0, TranslationOptions(withAttention: true))
    }
    #expect(oneByOne == expected)
  }

  @Test func `gives an empty line for one without words`() {
    let translations = Self.translator().translate(Self.lines)
    #expect(translations[1].text == "" && translations[1].targetTokens.isEmpty)
    #expect(translations[4].text == "" && translations[4].source == "   ")
    #expect(translations[0].attention.isEmpty)
  }

  @Test func `keeps to the limit and says so`() {
    var translator = Self.translator()
    translator.decoding.maximumLength = 1
    let translation = translator.translate("the cat")
    #expect(translation.targetTokens.count == 1)
    #expect(translation.isCutOff == (translation.targetTokens != ["</s>"]))
  }

  @Test func `gives weights that are a distribution over the source`() {
    let translation = Self.translator().translate(
      "the cat sat", TranslationOptions(withAttention: true))
    #expect(translation.sourceTokens == ["the", "cat", "sat", "</s>"])
    #expect(translation.attention.count == translation.targetTokens.count)
    for weights in translation.attention {
      #expect(weights.count == 4)
      #expect(abs(weights.reduce(0, +) - 1) < 1e-5)
    }
  }

  @Test func `gives positions past a location table no weight`() {
    let translation = Self.translator(.location).translate(
      "a b c d e f g h", TranslationOptions(withAttention: true))
    for weights in translation.attention {
      #expect(weights.count == 9)
      #expect(weights[6...].allSatisfy { $0 == 0 })
    }
  }

  /// What it finds while decoding and what training computes by forcing are the same numbers.
  @Test(arguments: ScorerKind.allCases, CellKind.allCases)
  func `scores its own translation as it did while writing it`(
    _ score: ScorerKind, _ cell: CellKind
  ) {
    let translator = Self.translator(score, cell)
    let vocabulary = translator.model.target.vocabulary
    for line in ["the cat sat on the mat .", "a b c"] {
      let translation = translator.translate(line)
      guard !translation.isCutOff else { continue }
      // Unknown words cannot be given back as text.
      guard !translation.targetTokens.contains(vocabulary[vocabulary.unknown]) else { continue }
      let scored = translator.score([SentencePair(source: line, target: translation.text)])[0]
      guard scored.tokens == translation.targetTokens else { continue }
      for (a, b) in zip(scored.logProbabilities, translation.logProbabilities) {
        #expect(abs(a - b) < 1e-4)
      }
      #expect(abs(scored.logProbability - translation.logProbability) < 1e-3)
    }
  }

  @Test func `scores pairs in their order, with their ends`() {
    let translator = Self.translator()
    let pairs = [("a b", "c"), ("a", "the cat sat on the mat ."), ("", ""), ("the cat", "mat mat")]
      .map { SentencePair(source: $0, target: $1) }
    let scores = translator.score(pairs)
    #expect(scores.map(\.tokens.count) == [2, 8, 1, 3])
    #expect(scores.allSatisfy { $0.tokens.last == "</s>" && $0.logProbability < 0 })
    #expect(scores[1].perplexity > 1)
    for (pair, score) in zip(pairs, scores) {
      #expect(translator.score([pair])[0] == score)
    }
  }

  /// In asynchronous code the same name would be the asynchronous call.
  static func translateNow(_ translator: Translator) -> [Translation] {
    translator.translate(lines)
  }

  @Test func `can be used from several tasks at once`() async {
    let translator = Self.translator(threads: 2)
    let expected = Self.translateNow(translator)
    await withTaskGroup(of: [Translation].self) { group in
      for _ in 0..<4 { group.addTask { Self.translateNow(translator) } }
      for await found in group { #expect(found == expected) }
    }
  }

  @Test func `gives the best translations of a line, the best first`() {
    var translator = Self.translator()
    translator.decoding.beam = 4
    let found = translator.alternatives(Self.lines, count: 3, TranslationOptions(prefix: "cat sat"))
    #expect(found.map(\.count) == [3, 1, 3, 3, 1, 3, 3, 3])
    for translation in found.flatMap(\.self) where !translation.targetTokens.isEmpty {
      #expect(translation.targetTokens.starts(with: ["cat", "sat"]))
      #expect(translation.attention.isEmpty)
      for (p, log) in zip(translation.confidences, translation.logProbabilities) {
        #expect(abs(logarithm(p) - Double(log)) < 1e-6)
      }
    }
    #expect(
      translator.translate(Self.lines)
        == translator.alternatives(Self.lines, count: 1).map { $0[0] })
  }

  /// Writes one word that nobody knows, looking at one source word: the model's choices do not matter here.
  @Test func `puts the word that was looked at most, or its entry, in the place of an unknown one`()
    throws
  {
    var translator = Self.translator()
    // Nothing but the unknown word is ever written.
    let output = try #require(
      translator.model.model.layout.entries.first {
        $0.shape == [translator.model.target.vocabulary.count]
      })
    translator.model.weights[output.handle][0, 0] = 1000
    translator.decoding.maximumLength = 3
    let line = "zebra Quux"
    #expect(translator.translate(line).text == "⁇ ⁇ ⁇")
    translator.decoding.replaceUnknown = true
    let shown = translator.translate(line, TranslationOptions(withAttention: true))
    let words = ["zebra", "Quux"]
    let looked = shown.attention.map { $0[0] >= $0[1] ? 0 : 1 }
    #expect(shown.text == looked.map { words[$0] }.joined(separator: " "))
    #expect(
      translator.translate(line).attention.isEmpty && translator.translate(line).text == shown.text)
    let folder = try TemporaryFolder()
    translator.dictionary = try WordDictionary(
      path: folder.write("d.tsv", "zebra\tzèbre\nQuux\tcouac\n"))
    #expect(
      translator.translate(line).text
        == looked.map { ["zèbre", "couac"][$0] }.joined(separator: " "))
  }

  @Test func `replaces unknown words without the marks of another tokenizer`() throws {
    func replaced(_ source: TokenizerKind, _ target: TokenizerKind, _ tokens: [String]) -> String? {
      let text = ["a b , c", "the cat ."]
      return TranslationBuilder(
        source: TextCodec.trained(on: text, kind: source, vocabularySize: 300),
        target: TextCodec.trained(on: text, kind: target, vocabularySize: 300),
        dictionary: WordDictionary(), TranslationOptions()
      ).replacement(at: 0, words: tokens, [[0, 1]])
    }
    #expect(replaced(.word, .character, ["x", "\u{FFED},"]) == ",")
    #expect(replaced(.word, .word, ["x", "\u{FFED},"]) == "\u{FFED},")
    #expect(replaced(.bpe, .word, ["▁x", "▁good"]) == "good")
  }

  @Test func `lets a prefix stand as it was given`() throws {
    var translator = Self.translator()
    translator.decoding.maximumLength = 4
    func text() -> String {
      translator.translate("zebra", TranslationOptions(prefix: "Quux cat")).text
    }
    #expect(text().hasPrefix("Quux cat"))
    translator.decoding.replaceUnknown = true
    let folder = try TemporaryFolder()
    translator.dictionary = try WordDictionary(path: folder.write("d.tsv", "zebra\tzèbre\n"))
    #expect(text().hasPrefix("Quux cat"))
  }

  @Test func `joins models of the same vocabularies only`() throws {
    let folder = try TemporaryFolder()
    let paths = ["a", "b", "c"].map { folder[$0] }
    try SmallModel.file(seed: 1).write(to: paths[0])
    try SmallModel.file(cell: .lstm, seed: 2).write(to: paths[1])
    try SmallModel.file(text: ["a b c d e f g h", "the dog sat on the mat ."]).write(to: paths[2])
    let both = try Translator(path: paths[0], others: [paths[1]], threads: 1)
    #expect(!both.translate("the cat").targetTokens.isEmpty)
    let pair = SentencePair(source: "the cat", target: "a b mat")
    let scores = try [
      both, Translator(path: paths[0], threads: 1), Translator(path: paths[1], threads: 1),
    ].map { $0.score([pair])[0].logProbabilities.map { exponential(Double($0)) } }
    for (mean, each) in zip(scores[0], zip(scores[1], scores[2])) {
      #expect(abs(mean - (each.0 + each.1) / 2) < 1e-6)
    }
    let message = folder.message { _ = try Translator(path: paths[0], others: [paths[2]]) }
    #expect(
      message.hasPrefix("c: its source vocabulary is not that of a: expected 'cat' as token "))
    #expect(message.contains("must be trained on the same data with the same tokenizer"))
    try SmallModel.file(text: ["a b c", "the dog sat ."]).write(to: paths[2])
    #expect(
      folder.message { _ = try Translator(path: paths[0], others: [paths[2]]) }
        .hasPrefix("c: its source vocabulary is not that of a: expected "))
  }

  @Test func `tells tokenizers apart that have one vocabulary`() {
    func codec(lowercase: Bool) -> TextCodec {
      TextCodec.trained(
        on: ["the cat sat"], kind: .word, vocabularySize: 60,
        TextNormalization(lowercase: lowercase ? .both : .none))
    }
    let (exact, lower) = (codec(lowercase: false), codec(lowercase: true))
    #expect(exact.difference(from: codec(lowercase: false)) == nil)
    #expect(lower.difference(from: exact) == "its tokenizer cuts otherwise")
  }
}

import DragomanTestSupport
import Testing

@testable import DragomanText

@Suite struct `Every tokenizer gives the normalised text back` {
  static let normalizations: [(TextNormalization, TextSide)] = [
    (TextNormalization(), .source), (TextNormalization(lowercase: .both), .target),
    (TextNormalization(form: .nfc), .target),
    (TextNormalization(form: .nfc, lowercase: .source, punctuation: .folded), .source),
    (TextNormalization(form: .nfkc, lowercase: .both), .target),
  ]
  static let tokenizers: [Tokenizer] = TokenizerKind.allCases.flatMap { kind in
    normalizations.map { normalization, side in
      // Learnt from the nasty lines twice, so that their scalars are in the alphabet; and a small one.
      Tokenizer.trained(
        on: NastyText.lines + NastyText.lines, kind: kind, vocabularySize: 900, normalization,
        side: side)
    }
  }

  @Test(arguments: tokenizers.indices) func `for every nasty line`(index: Int) {
    let tokenizer = Self.tokenizers[index]
    for line in NastyText.lines {
      let tokens = tokenizer.tokenize(line)
      #expect(
        tokenizer.detokenize(tokens).scalars == tokenizer.normalize(line).scalars,
        "\(tokenizer.kind): \(line.debugDescription) became \(tokens)")
    }
  }

  @Test(arguments: tokenizers.indices) func `for thousands of random lines`(index: Int) {
    let tokenizer = Self.tokenizers[index]
    var generator = SplitMix(seed: 20_260_101)
    for number in 0..<4000 {
      let line = NastyText.random(using: &generator)
      let tokens = tokenizer.tokenize(line)
      #expect(
        tokenizer.detokenize(tokens).scalars == tokenizer.normalize(line).scalars,
        "line \(number), \(tokenizer.kind): \(line.debugDescription) became \(tokens)")
    }
  }

  @Test(arguments: tokenizers.indices) func `and makes no token that is spelt like a special`(
    index: Int
  ) {
    let tokenizer = Self.tokenizers[index]
    var generator = SplitMix(seed: 7)
    let random = (0..<500).map { _ in NastyText.random(using: &generator) }
    for line in NastyText.lines + random + ["<s>", "</s>", "<unk>", "a<s>"] {
      for token in tokenizer.tokenize(line) {
        #expect(!Vocabulary.specials.contains(token), "in \(line.debugDescription)")
        #expect(
          !token.unicodeScalars.contains { isWhiteSpace($0.value) && !isNoBreakSpace($0.value) })
        #expect(!token.isEmpty)
      }
    }
  }

  @Test(arguments: tokenizers.indices) func `and puts any tokens onto one line`(index: Int) {
    let tokenizer = Self.tokenizers[index]
    var generator = SplitMix(seed: 3)
    for _ in 0..<1000 {
      let tokens = (0..<6).map { _ in NastyText.random(using: &generator) }
      let text = tokenizer.detokenize(tokens)
      let keeps = tokenizer.normalizer.keepsNoBreakSpaces
      #expect(
        !text.unicodeScalars.contains {
          $0 != " " && isWhiteSpace($0.value) && !(keeps && isNoBreakSpace($0.value))
        })
      var ordered: [UInt8] = []
      appendNormalized(Array(text.utf8), keepingNoBreakSpaces: keeps, to: &ordered)
      #expect(ordered == Array(text.utf8))
    }
  }
}

@Suite struct `Normalisation` {
  @Test func `makes one space of white space and trims the ends`() {
    let tokenizer = Tokenizer(model: .word)
    #expect(tokenizer.normalize("\u{A0} a \t\u{2028}b\u{3000}") == "a b")
    #expect(tokenizer.normalize(" \r\n") == "")
  }

  @Test func `keeps canonically equivalent spellings apart`() {
    let tokenizer = Tokenizer(model: .word)
    #expect(tokenizer.normalize("e\u{301}").scalars == [0x65, 0x301])
    #expect(tokenizer.normalize("é").scalars == [0xE9])
  }

  @Test func `lowers letters only where asked`() {
    #expect(
      Tokenizer(model: .word, TextNormalization(lowercase: .both)).normalize("ÄSOP Σ") == "äsop σ")
    #expect(Tokenizer(model: .word).normalize("ÄSOP") == "ÄSOP")
  }
}

@Suite struct `A token on display` {
  @Test func `shows a word without its joiners`() {
    let tokenizer = Tokenizer(model: .word)
    #expect(tokenizer.display("\u{FFED},") == ",")
    #expect(tokenizer.display("l'\u{FFED}") == "l'")
    #expect(tokenizer.display("\u{FFED}") == "\u{FFED}")
    #expect(tokenizer.display("\u{241B}\u{FFED}\u{FFED}") == "\u{FFED}")
  }

  @Test func `disturbs no line of text`() {
    let tokenizer = Tokenizer(model: .character)
    #expect(tokenizer.display("\u{202E}") == "\\u{202E}")
    #expect(tokenizer.display("\u{0}") == "\\u{0}")
    #expect(tokenizer.display("\u{241B}\u{2581}") == "\u{2581}")
  }
}

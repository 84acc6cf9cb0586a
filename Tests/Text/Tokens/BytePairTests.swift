import DragomanTestSupport
import Testing

@testable import DragomanText

@Suite struct `Byte-pair training` {
  /// The example, worked by hand.
  ///
  /// Stretches: ␣low ×5, ␣lower ×2, ␣new ×2. Scalars: w 9, ␣ 9, l 7, o 7, e 4, n 2, r 2; by
  /// frequency, then by value: ␣ w l o e n r (pieces 256…262).
  ///
  /// Pairs: ␣l 7, lo 7, ow 7, we 2, er 2, ␣n 2, ne 2, ew 2.
  /// 1. ␣l (oldest left piece of the three sevens) → 263. Then ␣lo 7, ow 7.
  /// 2. lo is gone, and of ␣l+o and o+w the older left piece is o (259 < 263): ow → 264. Then ␣l+ow 7.
  /// 3. ␣l+ow → 265, "␣low". Left: e 4 → er 2, ne 2, ew 2, ␣n 2, ␣low+e 2.
  /// 4. Of the twos the oldest left piece is ␣: ␣n → 266. Then ␣n+e 2 in place of n+e.
  /// 5. Left pieces: e (260) in er, 266 in ␣n+e, 260 in ew? No: e+w has w (257) on the right, e+r has r
  ///    (262), both e on the left: the older right piece is w: ew → 267. Then ␣n+ew 2.
  /// 6. e+r → 268. Then ␣low+er 2.
  /// 7. ␣low+er (265) is older than ␣n+ew (266): "␣lower" → 269.
  /// 8. "␣new" → 270. Nothing is left that occurs twice.
  @Test func `follows the example worked by hand`() {
    let lines = ["low low low low", "low lower lower", "new new"]
    let codec = TextCodec.trained(on: lines, kind: .bpe, vocabularySize: 1000)
    let learnt = Array(codec.vocabulary.tokens.dropFirst(3 + 256))
    let space = "\u{2581}"
    #expect(
      learnt == [
        space, "w", "l", "o", "e", "n", "r",
        space + "l", "ow", space + "low", space + "n", "ew", "er", space + "lower", space + "new",
      ])
    #expect(codec.tokenizer.tokenize("lower newer") == [space + "lower", space + "new", "er"])
    #expect(codec.tokenizer.tokenize("owl") == [space, "ow", "l"])
    #expect(codec.tokenizer.tokenize("xé") == [space, "<0x78>", "<0xC3>", "<0xA9>"])
  }

  /// The probability of a result, worked by hand.
  ///
  /// With "␣l", "ow", "␣low" learnt in this order, the first step can take either of two merges. With dropout p it
  /// takes the first with 1 − p, the second with p (1 − p), and stops with p². Either way the other one and then "␣low"
  /// follow with 1 − p each: one piece comes out with (1 + p)(1 − p)³, four with p².
  @Test func `leaves out merges as often as asked`() throws {
    let codec = TextCodec.trained(
      on: ["low low low low", "low lower lower", "new new"], kind: .bpe, vocabularySize: 1000)
    let text = ParallelCorpus(
      (0..<20_000).map { _ in SentencePair(source: "low", target: "newer") })
    let corpus = EncodedCorpus(text, source: codec, target: codec)
    func drawn(_ probability: Double, seed: UInt64, longest: Int = .max, threads: Int = 1)
      -> EncodedCorpus
    {
      corpus.redrawn(
        from: text, source: codec, target: codec, dropping: probability,
        maximumSourceLength: longest, threads: threads
      ) { SplitMix(seed: seed &+ UInt64($0)) }
    }
    let found = drawn(0.3, seed: 7)
    #expect(found.origins == corpus.origins)
    #expect(found.source.allSatisfy { codec.decode($0) == "low" })
    #expect(found.target.allSatisfy { codec.decode($0) == "newer" })
    func share(_ pieces: Int) -> Double {
      Double(found.source.count { $0.count == pieces + 1 }) / 20_000
    }
    // Five standard deviations of a share of 20,000 are at most 0.018.
    #expect(abs(share(1) - 1.3 * 0.343) < 0.018)
    #expect(abs(share(4) - 0.09) < 0.011)
    #expect(drawn(0.3, seed: 7, threads: 3).source == found.source)
    #expect(drawn(0.3, seed: 100_000).source != found.source)
    #expect(drawn(0, seed: 7).source == corpus.source)
    // What gets too long stays whole.
    let short = drawn(0.3, seed: 7, longest: 3)
    #expect(short.source.allSatisfy { $0.count <= 3 })
    #expect(short.source.contains { $0.count == 3 })
  }

  @Test func `counts a run like aaaa by its neighbours and merges it from the left`() {
    let tokenizer = Tokenizer.trained(on: ["aaaaa aaaaa"], kind: .bpe, vocabularySize: 263)
    // Alphabet: a ␣. Pairs: aa 8, ␣a 2. After aa of ␣+aa, aa+aa and aa+a, two each, ␣ is the oldest.
    #expect(tokenizer.tokenize("aaaa") == ["\u{2581}aa", "aa"])
  }

  @Test func `does not depend on the order of lines`() {
    let lines = NastyText.lines + NastyText.lines
    let there = Tokenizer.trained(on: lines, kind: .bpe, vocabularySize: 700)
    let back = Tokenizer.trained(on: lines.reversed(), kind: .bpe, vocabularySize: 700)
    #expect(there == back)
  }

  @Test(arguments: [261, 290, 300, 500]) func `keeps to the size`(size: Int) {
    let codec = TextCodec.trained(
      on: NastyText.lines + NastyText.lines, kind: .bpe, vocabularySize: size)
    // With room for two, half of it for the alphabet, one scalar has nothing to merge with.
    #expect(codec.vocabulary.count == (size == 261 ? 260 : size))
  }

  @Test func `knows a text of one line, of nothing and of white space`() {
    for lines in [[], [""], [" "], ["a"]] as [[String]] {
      let codec = TextCodec.trained(on: lines, kind: .bpe, vocabularySize: 400)
      #expect(codec.vocabulary.count == 3 + 256)
      #expect(codec.decode(codec.encode("Ça va")) == "Ça va")
    }
  }

  @Test func `merges nothing over spaces, digits and punctuation`() {
    let line = "x1. x1. x1. x1."
    let tokenizer = Tokenizer.trained(on: [line], kind: .bpe, vocabularySize: 400)
    #expect(
      tokenizer.tokenize(line)
        == Array(repeating: ["\u{2581}x", "1", "."], count: 4).flatMap { $0 })
  }
}

@Suite struct `Byte-pair encoding` {
  /// The definition: apply every merge, in the order learnt, from left to right.
  private func encodedSlowly(_ stretch: [UInt8], _ pairs: BytePairs) -> [Int32] {
    var pieces: [Int32] = []
    pairs.appendScalars(of: stretch.span, to: &pieces)
    for (number, merge) in pairs.merges.enumerated() {
      var result: [Int32] = []
      for piece in pieces {
        if piece == merge.right, result.last == merge.left {
          result[result.count - 1] = 256 + Int32(pairs.alphabet.count + number)
        } else {
          result.append(piece)
        }
      }
      pieces = result
    }
    return pieces
  }

  @Test func `equals applying merge after merge`() throws {
    var generator = SplitMix(seed: 5)
    let words = (0..<300).map { _ in
      String(
        (0..<Int.random(in: 1...12, using: &generator)).map { _ in
          "abcé".randomElement(using: &generator) ?? "a"
        })
    }
    let tokenizer = Tokenizer.trained(on: words, kind: .bpe, vocabularySize: 500)
    guard case .bpe(let pairs) = tokenizer.model else { throw CancellationError() }
    var encoder = BytePairEncoder(pairs)
    for word in words + words.reversed() {
      var pieces: [Int32] = []
      encoder.append(Array((" " + word).utf8).span, to: &pieces)
      #expect(pieces == encodedSlowly(Array((" " + word).utf8), pairs), "\(word)")
    }
  }

  @Test func `takes a word of a hundred thousand letters`() {
    let word = String(repeating: "abcab", count: 20_000)
    let tokenizer = Tokenizer.trained(on: [word], kind: .bpe, vocabularySize: 300)
    #expect(tokenizer.detokenize(tokenizer.tokenize(word)) == word)
  }

  @Test func `puts broken bytes into replacement characters and no line break out`() {
    let tokenizer = Tokenizer.trained(on: [], kind: .bpe, vocabularySize: 300)
    #expect(tokenizer.detokenize(["<0xE2>", "<0x82>", "x"]) == "\u{FFFD}x")
    #expect(tokenizer.detokenize(["\u{2581}a", "<0x0A>", "b"]) == "a b")
    #expect(tokenizer.detokenize(["<0xe2>", "<0x4>", "<0x041>"]) == "<0xe2><0x4><0x041>")
  }
}

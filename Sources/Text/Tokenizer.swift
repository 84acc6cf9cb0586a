/// How text is cut into tokens.
package enum TokenizerKind: String, CaseIterable, Sendable {
  /// Words, numbers and punctuation marks.
  case word
  /// Unicode scalars.
  case character
  /// Pieces of words learnt from the corpus: byte-pair encoding with byte fallback.
  case bpe

  /// The smallest vocabulary with which this kind works: specials, bytes, and room for something else.
  package var smallestVocabulary: Int {
    let specials = Vocabulary.specials.count
    return self == .bpe ? specials + Int(BytePairs.byteCount) + 2 : specials + 1
  }
}

/// Cuts lines into tokens and puts tokens back together.
///
/// For every text `x` and every kind, `detokenize(tokenize(x)) == normalize(x)`, scalar by scalar.
/// Normalisation is all that is lost: each run of white space becomes one space, white space at both ends
/// goes, and what ``normalization`` says is done. Text that looks like a sign of the tokenizer
/// (`￭`, `▁`, `<s>`, `<0x41>`) comes back as it was, and never turns into a special token.
package struct Tokenizer: Sendable {
  enum Model: Sendable, Equatable {
    case word
    case character
    case bpe(BytePairs)
  }

  let model: Model
  /// What is done to text first.
  package let normalization: TextNormalization
  /// The side whose lines are cut, which decides how much of that is done.
  package let side: TextSide
  let normalizer: TextNormalizer

  init(
    model: Model, _ normalization: TextNormalization = TextNormalization(),
    side: TextSide = .source
  ) {
    self.model = model
    self.normalization = normalization
    self.side = side
    normalizer = TextNormalizer(normalization, side)
  }

  /// The same tokenizer for the lines of a side.
  func of(_ side: TextSide) -> Tokenizer { Tokenizer(model: model, normalization, side: side) }

  /// A tokenizer for the given text; only `bpe` looks at it.
  ///
  /// With `bpe`, a vocabulary of at most `vocabularySize` tokens, specials and bytes included, is learnt:
  /// see `BytePairTrainer`.
  ///
  /// - Precondition: `vocabularySize >= kind.smallestVocabulary`.
  package static func trained(
    on lines: some Sequence<String>, kind: TokenizerKind, vocabularySize: Int,
    _ normalization: TextNormalization = TextNormalization(), side: TextSide = .source
  ) -> Tokenizer {
    let counts =
      kind == .bpe
      ? UnitCounter.counts(
        of: [(TextLines(lines), TextNormalizer(normalization, side))], kind, threads: 1)
      : TokenCounts()
    return Tokenizer(
      learning: counts, kind: kind, vocabularySize: vocabularySize, normalization, side: side)
  }

  /// A tokenizer learnt from counted units; see ``UnitCounter``.
  init(
    learning counts: TokenCounts, kind: TokenizerKind, vocabularySize: Int,
    _ normalization: TextNormalization, side: TextSide
  ) {
    precondition(
      vocabularySize >= kind.smallestVocabulary,
      "a \(kind) vocabulary of \(vocabularySize); it needs at least \(kind.smallestVocabulary) tokens"
    )
    let model: Model
    switch kind {
    case .word: model = .word
    case .character: model = .character
    case .bpe:
      let room = vocabularySize - Vocabulary.specials.count - Int(BytePairs.byteCount)
      model = .bpe(BytePairTrainer.train(counts, room: room))
    }
    self.init(model: model, normalization, side: side)
  }

  /// How text is cut.
  package var kind: TokenizerKind {
    switch model {
    case .word: .word
    case .character: .character
    case .bpe: .bpe
    }
  }

  /// What is done to its lines, each with a comma before it; empty if that is nothing.
  package var words: String { normalization.words(side) }

  /// What a round trip makes of a line: white space in order, and all that ``normalization`` says.
  package func normalize(_ line: String) -> String {
    String(decoding: normalizer.normalized(line), as: UTF8.self)
  }

  /// The tokens of a line; none for an empty one.
  package func tokenize(_ line: String) -> [String] {
    var units = TextLines()
    kind.cut(normalizer.normalized(line), into: &units)
    guard case .bpe(let pairs) = model else { return Array(units) }
    var encoder = BytePairEncoder(pairs)
    var pieces: [Int32] = []
    for stretch in units.indices { encoder.append(units.utf8(at: stretch).span, to: &pieces) }
    return pieces.map { pairs.token($0) }
  }

  /// The text that tokens stand for, on one line and with white space in order, whatever they are.
  package func detokenize(_ tokens: some Sequence<String>) -> String {
    var detokenizer = Detokenizer(self)
    return tokens.reduce(into: "") { $0 += detokenizer.append($1) } + detokenizer.finish()
  }

  /// A token as a person should see it: `,` for `￭,`, and nothing that would disturb a line of text.
  ///
  /// Pieces keep their ▁, which tells a word's first piece from the others. Controls, marks of
  /// direction and no-break spaces are shown as `\u{…}`.
  package func display(_ token: String) -> String {
    var text = token
    if case .word = model {
      let core = WordMarks.parse(Array(token.utf8)).core
      if !core.isEmpty { text = String(decoding: core, as: UTF8.self) }
    } else if case .character = model, ScalarString(token) == Self.literalMark {
      text = "\u{2581}"
    }
    return Self.printable(text)
  }

  /// A text that does not disturb the line it stands in: controls, marks of direction and uncommon spaces as `\u{…}`.
  package static func printable(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar.properties.generalCategory {
      case .spaceSeparator where scalar == " ": result.unicodeScalars.append(scalar)
      case .control, .spaceSeparator, .format, .lineSeparator, .paragraphSeparator, .unassigned,
        .privateUse:
        // Joiners belong to the emoji and words they hold together.
        if scalar.value == 0x200D || scalar.value == 0x200C {
          result.unicodeScalars.append(scalar)
        } else {
          result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        }
      default: result.unicodeScalars.append(scalar)
      }
    }
  }

  private static let literalMark = ScalarString("\u{241B}\u{2581}")
}

extension Tokenizer: Equatable {
  /// Whether two tokenizers cut alike, each the lines of its side.
  package static func == (left: Tokenizer, right: Tokenizer) -> Bool {
    left.model == right.model && left.normalization == right.normalization
  }
}

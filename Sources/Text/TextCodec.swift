/// A tokenizer and the vocabulary of its tokens: text to numbers and back.
public struct TextCodec: Sendable, Equatable {
  /// What stands in a text for a token that the vocabulary does not have.
  public static let unknownSign = "⁇"

  /// Cuts the text.
  public let tokenizer: Tokenizer
  /// Numbers the tokens.
  public let vocabulary: Vocabulary
  /// For `bpe`, the number in the vocabulary of each piece.
  let pieceIDs: [Int32]

  /// Joins a tokenizer to its vocabulary.
  public init(tokenizer: Tokenizer, vocabulary: Vocabulary) {
    self.tokenizer = tokenizer
    self.vocabulary = vocabulary
    if case .bpe(let pairs) = tokenizer.model {
      pieceIDs = (0..<Int32(pairs.count)).map { vocabulary.id(of: pairs.token($0)) }
    } else {
      pieceIDs = []
    }
  }

  /// Learns both from a text.
  ///
  /// `word` and `character` vocabularies hold the tokens that occur `minimumFrequency` times, the most
  /// frequent first, up to `vocabularySize`. That of `bpe` holds all pieces learnt, bytes first.
  ///
  /// - Precondition: `vocabularySize >= kind.smallestVocabulary`.
  public static func trained(
    on lines: some Sequence<String>, kind: TokenizerKind, vocabularySize: Int,
    minimumFrequency: Int = 1, lowercase: Bool = false
  ) -> TextCodec {
    let tokenizer = Tokenizer.trained(
      on: lines, kind: kind, vocabularySize: vocabularySize, lowercase: lowercase)
    if case .bpe(let pairs) = tokenizer.model {
      return TextCodec(tokenizer: tokenizer, vocabulary: pairs.vocabulary)
    }
    var counts = TokenCounts()
    var tokens = TextLines()
    for line in lines {
      tokens.removeAll()
      tokenizer.append(line, to: &tokens)
      for index in tokens.indices { counts.add(tokens.utf8(at: index)) }
    }
    let vocabulary = Vocabulary.counted(
      counts, maximumSize: vocabularySize, minimumFrequency: minimumFrequency)
    return TextCodec(tokenizer: tokenizer, vocabulary: vocabulary)
  }

  /// The numbers of a line's tokens, without an end.
  public func encode(_ line: String) -> [Int32] {
    var encoder = LineEncoder(self)
    var ids: [Int32] = []
    encoder.append(line, to: &ids)
    return ids
  }

  /// The numbers of many lines' tokens, each line with the vocabulary's end behind it.
  public func encode(_ lines: some Sequence<String>) -> EncodedLines {
    var encoder = LineEncoder(self)
    var result = EncodedLines()
    for line in lines {
      result.append { ids in
        encoder.append(line, to: &ids)
        ids.append(vocabulary.end)
      }
    }
    return result
  }

  /// The text that numbers stand for, on one line.
  ///
  /// Begin and end are skipped; an unknown token becomes what `replacement` gives for its place, a token, or else
  /// ``unknownSign``.
  public func decode(
    _ ids: some Sequence<Int32>, replacement: (Int) -> String? = { _ in nil }
  ) -> String {
    tokenizer.detokenize(
      ids.enumerated().filter { $0.element != vocabulary.begin && $0.element != vocabulary.end }
        .map { place, id in spelling(id, replacement: { replacement(place) }) })
  }

  /// A token as a person should see it, by its number; see ``Tokenizer/display(_:)``.
  public func display(_ id: Int32) -> String {
    vocabulary.isSpecial(id) ? vocabulary[id] : tokenizer.display(vocabulary[id])
  }

  /// A token for detokenisation; a piece marked as a word's first, so that the sign stands apart.
  private func spelling(_ id: Int32, replacement: () -> String?) -> String {
    guard id == vocabulary.unknown else { return vocabulary[id] }
    if let token = replacement() { return token }
    return tokenizer.kind == .bpe ? "\u{2581}" + Self.unknownSign : Self.unknownSign
  }
}

/// Encodes line after line with the same scratch memory and, for `bpe`, one memory of seen stretches.
struct LineEncoder {
  private let codec: TextCodec
  private var tokens = TextLines()
  private var pieces: [Int32] = []
  private var bytePairs: BytePairEncoder?

  init(_ codec: TextCodec) {
    self.codec = codec
    if case .bpe(let pairs) = codec.tokenizer.model { bytePairs = BytePairEncoder(pairs) }
  }

  mutating func append(_ line: String, to ids: inout [Int32]) {
    if bytePairs != nil {
      pieces.removeAll(keepingCapacity: true)
      bytePairs?.append(codec.tokenizer.utf8(line), to: &pieces)
      for piece in pieces { ids.append(codec.pieceIDs[Int(piece)]) }
    } else {
      tokens.removeAll()
      codec.tokenizer.append(line, to: &tokens)
      for index in tokens.indices { ids.append(codec.vocabulary.id(utf8: tokens.utf8(at: index))) }
    }
  }
}

/// Puts tokens back together one by one, as they come.
///
/// What it has given never changes, whatever follows: a space comes with the word after it, and the bytes of
/// a scalar with the last of them. So the parts joined are what ``Tokenizer/detokenize(_:)`` makes of all tokens.
struct Detokenizer: Sendable {
  private let kind: TokenizerKind
  private var previous: WordMarks.Parts?
  private var normalizer: WhiteSpaceNormalizer
  /// The beginning of a scalar whose end has not come.
  private var unfinished: [UInt8] = []

  /// A detokenizer before the first token.
  init(_ tokenizer: Tokenizer) {
    kind = tokenizer.kind
    normalizer = WhiteSpaceNormalizer(
      keepingNoBreakSpaces: tokenizer.normalizer.keepsNoBreakSpaces)
  }

  /// The text that a token adds; none for one that only prepares what comes.
  mutating func append(_ token: String) -> String {
    let token = Array(token.utf8)
    var bytes = unfinished
    switch kind {
    case .word: WordTokenizer.join(token, after: &previous, to: &bytes)
    case .character: bytes += CharacterTokenizer.text(of: token)
    case .bpe: bytes += BytePairs.text(of: token)
    }
    let count = bytes.count - unfinishedScalar(at: bytes)
    unfinished = Array(bytes[count...])
    return normalized(bytes[..<count])
  }

  /// The text that is left at the end: the sign for bytes that make no character.
  mutating func finish() -> String {
    defer { unfinished = [] }
    return normalized(unfinished[...])
  }

  private mutating func normalized(_ bytes: ArraySlice<UInt8>) -> String {
    // A model may choose bytes that make no character; those become U+FFFD.
    let text = String(decoding: bytes, as: UTF8.self)
    var result: [UInt8] = []
    normalizer.append(Array(text.utf8), to: &result)
    return String(decoding: result, as: UTF8.self)
  }
}

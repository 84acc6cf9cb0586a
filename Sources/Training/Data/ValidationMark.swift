package import DragomanFormats
import DragomanText

/// What tells whether the figures of two runs are of the same validation pairs, cut into the same tokens.
///
/// It also brings losses to a common measure: a loss per token is of no use beside that of other tokens, one per
/// character is.
package struct ValidationMark: Sendable, Equatable {
  /// Pairs.
  package let pairs: Int
  /// Words of all targets: what stands between white space.
  package let words: Int
  /// Characters of all targets: Unicode scalars.
  package let characters: Int
  /// Tokens of all targets, ends included: what losses are divided by.
  package let tokens: Int
  /// Tokens of the targets that the vocabulary does not have, which a loss per character is too low by.
  package let unknown: Int
  /// The checksum of the pairs as they are written.
  package let text: String
  /// The checksum of the targets' tokens.
  package let cut: String

  /// A mark that is known.
  package init(
    pairs: Int, words: Int, characters: Int, tokens: Int, unknown: Int, text: String, cut: String
  ) {
    (self.pairs, self.words, self.characters) = (pairs, words, characters)
    (self.tokens, self.unknown, self.text, self.cut) = (tokens, unknown, text, cut)
  }

  /// The mark of pairs.
  init(_ text: ParallelCorpus, _ encoded: EncodedCorpus, _ target: TextCodec) {
    var checksum = Checksum()
    var (words, characters) = (0, 0)
    for pair in text {
      checksum.add(Array("\(pair.source)\t\(pair.target)\n".utf8))
      words += pair.target.split(whereSeparator: \.isWhitespace).count
      characters += pair.target.unicodeScalars.count
    }
    var cut = Checksum()
    // Numbers alone would not do: other vocabularies have other tokens by the same ones.
    for token in target.vocabulary.tokens { cut.add(Array("\(token)\n".utf8)) }
    cut.add(encoded.target)
    self.init(
      pairs: text.count, words: words, characters: characters, tokens: encoded.target.tokenCount,
      unknown: encoded.unknownTargetTokens, text: checksum.text, cut: cut.text)
  }
}

extension ValidationMark {
  /// The members of its object in a log.
  package var json: JSON {
    [
      "pairs": .int(pairs), "words": .int(words), "characters": .int(characters),
      "tokens": .int(tokens), "unknown": .int(unknown), "text": .string(text),
      "cut": .string(cut),
    ]
  }

  /// The mark that an object states, if it is whole.
  package init?(_ json: JSON) {
    guard let pairs = json["pairs"]?.int, let words = json["words"]?.int,
      let characters = json["characters"]?.int, let tokens = json["tokens"]?.int,
      let unknown = json["unknown"]?.int, let text = json["text"]?.string,
      let cut = json["cut"]?.string
    else { return nil }
    self.init(
      pairs: pairs, words: words, characters: characters, tokens: tokens, unknown: unknown,
      text: text, cut: cut)
  }
}

/// Every Unicode scalar is a token; a space is shown as ▁.
///
/// Scalars and not grapheme clusters: the vocabulary stays small (a letter and its accents are counted
/// apart, an emoji family is its members), and what a token is cannot change with a Unicode version.
/// The scalar ▁ itself, where it stands in a text, is the token `␛▁`.
enum CharacterTokenizer {
  /// Appends the tokens of a line whose white space is normalised.
  static func append(_ line: [UInt8], to tokens: inout TextLines) {
    var index = 0
    while index < line.count {
      let (scalar, length) = decodeScalar(line, at: index)
      switch scalar {
      case 0x20: tokens.extendLine(WordMarks.space)
      case 0x2581:
        tokens.extendLine(WordMarks.escape)
        tokens.extendLine(WordMarks.space)
      default: tokens.extendLine(line[index..<(index + length)])
      }
      tokens.endLine()
      index += length
    }
  }

  /// Puts tokens back together.
  static func joined(_ tokens: some Sequence<String>) -> [UInt8] {
    let literal = WordMarks.escape + WordMarks.space
    var result: [UInt8] = []
    for token in tokens {
      let bytes = Array(token.utf8)
      if bytes == WordMarks.space {
        result.append(UInt8(ascii: " "))
      } else {
        result.append(contentsOf: bytes == literal ? WordMarks.space : bytes)
      }
    }
    return result
  }
}

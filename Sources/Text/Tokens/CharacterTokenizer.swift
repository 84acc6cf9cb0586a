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

  /// The text of a token.
  static func text(of token: [UInt8]) -> [UInt8] {
    if token == WordMarks.space { return [UInt8(ascii: " ")] }
    return token == WordMarks.escape + WordMarks.space ? WordMarks.space : token
  }
}

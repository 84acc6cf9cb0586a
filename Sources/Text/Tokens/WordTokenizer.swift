/// Words and punctuation as tokens, with marks that allow the text to be put back together exactly.
///
/// ``WordSegmenter`` says what a token is, ``WordMarks`` how white space is recorded.
enum WordTokenizer {
  /// Appends the tokens of a line.
  static func append(_ line: [UInt8], to tokens: inout TextLines) {
    let segments = WordSegmenter(line).segments
    for (index, segment) in segments.enumerated() {
      let previous = index > 0 ? segments[index - 1] : nil
      let next = index + 1 < segments.count ? segments[index + 1] : nil
      if let previous, segment.isSpaced, !expectsSpace(previous, segment) {
        tokens.append(utf8: WordMarks.space[...])
      }
      if let previous, joint(previous, segment) == .right { tokens.extendLine(WordMarks.joiner) }
      if segment.kind == .reserved { tokens.extendLine(WordMarks.escape) }
      tokens.extendLine(line[segment.range])
      if let next, joint(segment, next) == .left { tokens.extendLine(WordMarks.joiner) }
      tokens.endLine()
    }
  }

  /// Puts a token after the one before it; the text may still hold white space that is not normalised.
  static func join(
    _ token: [UInt8], after previous: inout WordMarks.Parts?, to text: inout [UInt8]
  ) {
    let parts = WordMarks.parse(token)
    if parts.isSpace {
      text.append(UInt8(ascii: " "))
    } else if let previous, !previous.isSpace {
      let isJoined = previous.joinsRight || parts.joinsLeft
      let isExpected = !(previous.isSpaceless || parts.isSpaceless)
      if !isJoined && isExpected { text.append(UInt8(ascii: " ")) }
    }
    text.append(contentsOf: parts.core)
    previous = parts
  }

  private enum Joint { case none, left, right }

  /// Which of two neighbours must say that no space stands between them: the left, the right or none.
  private static func joint(_ left: WordSegment, _ right: WordSegment) -> Joint {
    guard !right.isSpaced, expectsSpace(left, right) else { return .none }
    return switch (left.kind, right.kind) {
    case (.elision, _), (.opening, _): .left
    case (_, .symbol), (_, .clitic), (_, .reserved): .right
    case (.symbol, _), (.reserved, _): .left
    default: .right
    }
  }

  private static func expectsSpace(_ left: WordSegment, _ right: WordSegment) -> Bool {
    left.kind != .spaceless && right.kind != .spaceless
  }
}

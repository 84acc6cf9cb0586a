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

  /// Puts tokens back together; the result may still hold white space that is not normalised.
  static func joined(_ tokens: some Sequence<String>) -> [UInt8] {
    var result: [UInt8] = []
    var previous: WordMarks.Parts?
    for token in tokens {
      let parts = WordMarks.parse(Array(token.utf8))
      if parts.isSpace {
        result.append(UInt8(ascii: " "))
      } else if let previous, !previous.isSpace {
        let isJoined = previous.joinsRight || parts.joinsLeft
        let isExpected = !(previous.isSpaceless || parts.isSpaceless)
        if !isJoined && isExpected { result.append(UInt8(ascii: " ")) }
      }
      result.append(contentsOf: parts.core)
      previous = parts
    }
    return result
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

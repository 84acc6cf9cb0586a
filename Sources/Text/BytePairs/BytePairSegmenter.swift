/// Splits a line into the stretches within which byte-pair pieces are made.
///
/// A stretch is a run of letters, of digits, of characters of scripts without spaces, or of anything else,
/// within one word; a space before a word begins the word's first stretch. So no piece reaches over a
/// space, from letters into digits or from either into punctuation: "I'm 25 (now)." gives
/// `␣I'm` `␣25` `␣(` `now` `).`, where ␣ is a space. An apostrophe between two letters counts as a letter,
/// so that "l'" and "n't" can be learnt; marks and joiners stay with what they follow.
///
/// The split is SentencePiece's (split_by_whitespace, split_by_number, split_by_unicode_script) but for the
/// apostrophe and for scripts, of which it tells only spaceless ones from the rest.
enum BytePairSegmenter {
  private enum Class { case letter, spacelessLetter, digit, symbol }

  /// Writes a line with a space before each word, and calls `body` with every stretch of it.
  ///
  /// `buffer` is scratch: afterwards it holds the line as normalised, with one space in front. No-break spaces that are
  /// still there are to be kept.
  static func forEachStretch(
    of line: [UInt8], buffer: inout [UInt8], _ body: (ArraySlice<UInt8>) -> Void
  ) {
    buffer.removeAll(keepingCapacity: true)
    buffer.append(UInt8(ascii: " "))
    appendNormalized(line, keepingNoBreakSpaces: true, to: &buffer)
    guard buffer.count > 1 else { return }
    var start = 0
    var index = 1
    var current: Class?
    while index < buffer.count {
      let (scalar, length) = decodeScalar(buffer, at: index)
      if scalar == 0x20 {
        body(buffer[start..<index])
        (start, current) = (index, nil)
      } else if let found = classify(scalar, at: index, length: length, buffer, current) {
        if let current, found != current {
          body(buffer[start..<index])
          start = index
        }
        current = found
      }
      index += length
    }
    body(buffer[start...])
  }

  /// The class of a scalar, or `nil` for one that continues any stretch.
  private static func classify(
    _ scalar: UInt32, at index: Int, length: Int, _ buffer: [UInt8], _ current: Class?
  ) -> Class? {
    switch ScalarClass(scalar) {
    case .letter: return isSpaceless(scalar) ? .spacelessLetter : .letter
    case .digit: return .digit
    case .mark: return current == nil ? .symbol : nil
    case .space, .opening: return .symbol
    case .symbol:
      guard isApostrophe(scalar), current == .letter, index + length < buffer.count else {
        return .symbol
      }
      let next = decodeScalar(buffer, at: index + length).scalar
      return ScalarClass(next) == .letter && !isSpaceless(next) ? .letter : .symbol
    }
  }
}

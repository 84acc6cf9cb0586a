/// A piece of a line that will become one token of the word tokenizer, with what stands before it.
struct WordSegment {
  enum Kind {
    /// A word or a number.
    case word
    /// The end of a contraction, which leans on the word before it: the `'s` of "John's".
    case clitic
    /// An elided word, which leans on the word after it: the `l'` of "l'homme".
    case elision
    case opening
    case symbol
    /// One character of a script without spaces.
    case spaceless
    /// A scalar that the tokenizer uses as a sign of its own; see ``WordMarks``.
    case reserved
  }

  var range: Range<Int>
  var kind: Kind
  /// Whether white space stands before it.
  var isSpaced: Bool
}

/// Splits a line into words, numbers, punctuation marks, symbols and the characters of CJK or Thai.
///
/// The rules, in the order in which they apply:
/// 1. Characters of scripts without spaces (``isSpaceless(_:)``) stand alone.
/// 2. Letters and digits run together ("mp3"), and over
///    `.` `,` `٫` `٬` between digits ("1,234.5"), apostrophes between letters, and
///    hyphens between letters or digits of which one is a letter ("well-known", "10-year-old").
/// 3. A word splits at an apostrophe: before the English endings 's 'm 'd 're 've 'll, not in n't,
///    otherwise after it, as French and Italian elision wants ("l'", "dell'").
/// 4. Three dots stand together; every other punctuation mark, symbol or emoji alone.
/// 5. Marks, joiners and variation selectors stay with what they follow, and a zero-width joiner also
///    holds what follows it; two regional indicators are one flag.
struct WordSegmenter {
  private let bytes: [UInt8]
  private(set) var segments: [WordSegment] = []

  init(_ line: [UInt8]) {
    bytes = line
    segments.reserveCapacity(line.count / 4 + 1)
    var index = 0
    var isSpaced = false
    while index < bytes.count {
      let (scalar, length) = decodeScalar(bytes, at: index)
      let start = index
      let kind: WordSegment.Kind
      index += length
      if WordMarks.isReserved(scalar) {
        kind = .reserved
      } else {
        switch isSpaceless(scalar) ? nil : ScalarClass(scalar) {
        case .space:
          isSpaced = true
          continue
        case .letter, .digit:
          index = endOfWord(from: start)
          appendWord(start..<index, isSpaced: isSpaced)
          isSpaced = false
          continue
        case .opening: kind = .opening
        case .mark, .symbol: kind = .symbol
        case nil:
          if isWhiteSpace(scalar) {
            isSpaced = true
            continue
          }
          kind = .spaceless
        }
        index = endOfSymbol(from: start, scalar: scalar, next: index)
      }
      segments.append(WordSegment(range: start..<index, kind: kind, isSpaced: isSpaced))
      isSpaced = false
    }
  }

  /// The end, by rule 2, of the word whose first letter or digit is at `start`.
  private func endOfWord(from start: Int) -> Int {
    var index = start
    // The last letter or digit seen; marks in between do not count.
    var last = ScalarClass.letter
    while index < bytes.count {
      let (scalar, length) = decodeScalar(bytes, at: index)
      if isSpaceless(scalar) || WordMarks.isReserved(scalar) { return index }
      switch ScalarClass(scalar) {
      case .letter: last = .letter
      case .digit: last = .digit
      case .mark: break
      default:
        guard let next = wordClass(at: index + length), connects(scalar, last, next) else {
          return index
        }
      }
      index += length
    }
    return index
  }

  /// Whether the scalar at `index` is a letter or a digit that may continue a word, and which.
  private func wordClass(at index: Int) -> ScalarClass? {
    guard index < bytes.count else { return nil }
    let (scalar, _) = decodeScalar(bytes, at: index)
    if isSpaceless(scalar) { return nil }
    let found = ScalarClass(scalar)
    return found == .letter || found == .digit ? found : nil
  }

  /// Whether `scalar` holds two characters of these classes together.
  private func connects(_ scalar: UInt32, _ last: ScalarClass, _ next: ScalarClass) -> Bool {
    switch scalar {
    case 0x2E, 0x2C, 0x66B, 0x66C: last == .digit && next == .digit
    case 0x2D, 0x2010, 0x2011: last == .letter || next == .letter
    default: isApostrophe(scalar) && last == .letter && next == .letter
    }
  }

  /// Adds a word of the line, by rule 3 whole or in parts.
  private mutating func appendWord(_ range: Range<Int>, isSpaced: Bool) {
    var start = range.lowerBound
    var index = start
    var isSpaced = isSpaced
    while index < range.upperBound {
      let (scalar, length) = decodeScalar(bytes, at: index)
      let next = index + length
      if isApostrophe(scalar) {
        // Longer ones are not compared: a megabyte of apostrophes is no trap.
        let ending =
          range.upperBound - next <= 2 ? bytes[next..<range.upperBound].map { $0 | 0x20 } : []
        if Self.clitics.contains(ending) {
          segments.append(WordSegment(range: start..<index, kind: .word, isSpaced: isSpaced))
          segments.append(
            WordSegment(range: index..<range.upperBound, kind: .clitic, isSpaced: false))
          return
        }
        let isNegation = ending == Self.t && bytes[index - 1] | 0x20 == UInt8(ascii: "n")
        if !isNegation {
          segments.append(WordSegment(range: start..<next, kind: .elision, isSpaced: isSpaced))
          start = next
          isSpaced = false
        }
      }
      index = next
    }
    segments.append(WordSegment(range: start..<range.upperBound, kind: .word, isSpaced: isSpaced))
  }

  private static let clitics = ["s", "m", "d", "re", "ve", "ll"].map { Array($0.utf8) }
  private static let t = [UInt8(ascii: "t")]

  /// The end, by rules 4 and 5, of a symbol or spaceless character whose first scalar ends at `next`.
  private func endOfSymbol(from start: Int, scalar: UInt32, next: Int) -> Int {
    var index = next
    let dot = UInt8(ascii: ".")
    if scalar == 0x2E, next + 1 < bytes.count, bytes[next] == dot, bytes[next + 1] == dot {
      index = next + 2
    }
    var joins = scalar == 0x200D
    var awaitsIndicator = isRegionalIndicator(scalar)
    while index < bytes.count {
      let (following, length) = decodeScalar(bytes, at: index)
      let found = ScalarClass(following)
      let isPair = awaitsIndicator && isRegionalIndicator(following)
      let isJoined = joins && found == .symbol && !WordMarks.isReserved(following)
      guard found == .mark || isPair || isJoined else { break }
      joins = following == 0x200D
      awaitsIndicator = false
      index += length
    }
    return index
  }

  private func isRegionalIndicator(_ scalar: UInt32) -> Bool {
    (0x1F1E6...0x1F1FF).contains(scalar)
  }
}

/// Whether a scalar is an apostrophe: ASCII's, or the right single quotation mark.
@inline(__always)
func isApostrophe(_ scalar: UInt32) -> Bool { scalar == 0x27 || scalar == 0x2019 }

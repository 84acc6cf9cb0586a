/// How BLEU cuts text into words, under the names that stand in signatures.
package enum BLEUTokenizer: String, CaseIterable, Sendable {
  /// That of mteval-v13a, the script of WMT: punctuation off words, but not `.` and `,` in numbers.
  case thirteenA = "13a"
  /// That of mteval-v14 with `--international-tokenization`: all Unicode punctuation and symbols.
  case international = "intl"
  /// Every scalar a word, for scripts without spaces.
  case character = "char"
  /// White space alone, for text that is tokenised already.
  case none

  /// The words of a text.
  func words(of text: Scalars) -> [Scalars] {
    switch self {
    case .thirteenA: Self.thirteenA(text).words
    case .international: Self.international(text).words
    case .character: text.filter { !isPythonSpace($0) }.map { [$0] }
    case .none: text.words
    }
  }

  /// Follows mteval-v13a.pl, function `tokenization`, in four passes over the text.
  private static func thirteenA(_ text: Scalars) -> Scalars {
    var text = text.replacing("<skipped>", by: "").replacing("-\n", by: "").replacing("\n", by: " ")
    if text.contains(0x26) {
      text = text.replacing("&quot;", by: "\"").replacing("&amp;", by: "&")
        .replacing("&lt;", by: "<").replacing("&gt;", by: ">")
    }
    text = [space] + text + [space]
    text = separating(text) { isSeparated($0) }
    text = separatingPairs(text, { !isDigit($0) }, isStop, spaceBefore: false, spaceAfter: true)
    text = separatingPairs(text, isStop, { !isDigit($0) }, spaceBefore: true, spaceAfter: false)
    return separatingPairs(text, isDigit, { $0 == 0x2D }, spaceBefore: false, spaceAfter: true)
  }

  /// Follows mteval-v14.pl with `--international-tokenization`.
  private static func international(_ text: Scalars) -> Scalars {
    var text = separatingPairs(
      text, { !isNumber($0) }, isPunctuation, spaceBefore: false, spaceAfter: true)
    text = separatingPairs(
      text, isPunctuation, { !isNumber($0) }, spaceBefore: true, spaceAfter: false)
    return separating(text, where: isSymbol)
  }

  private static let space: UInt32 = 0x20

  /// A space on both sides of the scalars chosen.
  private static func separating(_ text: Scalars, where isChosen: (UInt32) -> Bool) -> Scalars {
    text.flatMap { isChosen($0) ? [space, $0, space] : [$0] }
  }

  /// A space between the two scalars of every pair chosen, and one before or after the pair.
  ///
  /// Pairs do not overlap: after one, the search goes on after it.
  private static func separatingPairs(
    _ text: Scalars, _ first: (UInt32) -> Bool, _ second: (UInt32) -> Bool, spaceBefore: Bool,
    spaceAfter: Bool
  ) -> Scalars {
    var result: Scalars = []
    result.reserveCapacity(text.count + 16)
    var index = 0
    while index < text.count {
      if index + 1 < text.count && first(text[index]) && second(text[index + 1]) {
        if spaceBefore { result.append(space) }
        result += [text[index], space, text[index + 1]]
        if spaceAfter { result.append(space) }
        index += 2
      } else {
        result.append(text[index])
        index += 1
      }
    }
    return result
  }

  /// ASCII punctuation but the apostrophe, comma, hyphen and full stop, and the space.
  private static func isSeparated(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x20...0x26, 0x28...0x2B, 0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }

  private static func isStop(_ scalar: UInt32) -> Bool { scalar == 0x2E || scalar == 0x2C }
  private static func isDigit(_ scalar: UInt32) -> Bool { (0x30...0x39).contains(scalar) }

  private static func category(_ scalar: UInt32) -> Unicode.GeneralCategory {
    Unicode.Scalar(scalar)?.properties.generalCategory ?? .unassigned
  }

  private static func isNumber(_ scalar: UInt32) -> Bool {
    switch category(scalar) {
    case .decimalNumber, .letterNumber, .otherNumber: true
    default: false
    }
  }

  private static func isPunctuation(_ scalar: UInt32) -> Bool {
    switch category(scalar) {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      true
    default: false
    }
  }

  private static func isSymbol(_ scalar: UInt32) -> Bool {
    switch category(scalar) {
    case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: true
    default: false
    }
  }
}

/// Text as it may go to a terminal: what a terminal would obey is shown instead.
///
/// The one door for what comes from files and models: escapes, other control characters, and marks that turn the
/// direction of what follows. Text that goes to a pipe or a file stays as it is.
package enum TerminalText {
  /// Scalars of one message that are shown.
  package static let longest = 20_000

  /// The text with `\u{…}` in the place of what a terminal obeys; ends of lines and tabs stay.
  ///
  /// - Parameters:
  ///   - text: what is to be shown.
  ///   - keepsColours: whether `ESC [ … m`, which only chooses colours, stays.
  ///   - limit: how many scalars are shown; all by default.
  package static func visible(
    _ text: String, keepingColours keepsColours: Bool = false, atMost limit: Int = .max
  ) -> String {
    guard text.utf8.count > limit || text.utf8.contains(where: isSuspect) else { return text }
    var shown = ""
    var count = 0
    var rest = text.unicodeScalars[...]
    while let scalar = rest.first {
      guard count < limit else {
        return shown + "… (\(NumberText.grouped(rest.count)) more characters)"
      }
      if keepsColours, let end = colour(rest) {
        shown.unicodeScalars.append(contentsOf: rest[..<end])
        rest = rest[end...]
        continue
      }
      if isObeyed(scalar) {
        shown += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        shown.unicodeScalars.append(scalar)
      }
      count += 1
      rest.removeFirst()
    }
    return shown
  }

  /// Whether a byte may begin something that a terminal obeys; most text has none.
  private static func isSuspect(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x09, 0x0A: false
    // The lead bytes of U+0080…U+00BF and of U+2000…U+2FFF, of U+061C, and of U+FEFF.
    case ..<0x20, 0x7F, 0xC2, 0xD8, 0xE2: true
    default: false
    }
  }

  /// Control characters, and marks of direction that reach beyond what they stand in.
  private static func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A: false
    case ..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// The end of `ESC [ digits and semicolons m` at the start of a text.
  private static func colour(_ text: Substring.UnicodeScalarView) -> String.Index? {
    guard text.first == "\u{1B}", let bracket = text.dropFirst().first, bracket == "[" else {
      return nil
    }
    let rest = text.dropFirst(2)
    guard
      let end = rest.prefix(32).firstIndex(where: { !("0"..."9").contains($0) && $0 != ";" }),
      rest[end] == "m"
    else { return nil }
    return rest.index(after: end)
  }
}

/// Finds lines in another writing system than the rest of their side.
struct ForeignScript {
  /// What most letters of the side are.
  let expected: Script

  /// `nil` if the script is none that is told apart.
  init?(_ expected: Script) {
    guard expected != .other else { return nil }
    self.expected = expected
  }

  /// The script of a line that is in another one.
  ///
  /// Where Latin letters are expected, most have to be others; elsewhere, where names and terms stand in Latin letters,
  /// no letter at all may be what is expected, and a single Latin word is a name. Fewer than three letters are a sign
  /// or an abbreviation.
  func found(in line: Span<UInt8>, _ marks: LineMarks) -> Script? {
    if expected == .latin, !marks.contains(.beyondLatin) { return nil }
    var (own, others, first) = (0, 0, nil as Script?)
    var index = 0
    while index < line.count {
      let (scalar, length) = decodeScalar(line, at: index)
      index += length
      guard let script = Script(scalar) else { continue }
      if script == expected || script == .han && expected == .kana {
        if expected != .latin { return nil }
        own += 1
      } else if script != .other {
        others += 1
        if first == nil { first = script }
      }
    }
    guard others >= 3, others > own else { return nil }
    return first == .latin && words(in: line) < 2 ? nil : first
  }

  /// How many words there are with a letter of ASCII.
  private func words(in line: Span<UInt8>) -> Int {
    var words = 0
    forEachWord(of: line) { word in
      if word.indices.contains(where: { (0x61...0x7A).contains(word[$0] | 0x20) }) { words += 1 }
    }
    return words
  }
}

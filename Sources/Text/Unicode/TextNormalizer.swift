/// Brings the lines of one side to the form in which they are cut; what a round trip gives back.
///
/// In this order: Unicode form, without invisible characters; punctuation of a source; small letters, by Unicode's full
/// mapping; white space, of which a target in canonical composition keeps no-break spaces, so that a model can learn
/// where they stand.
struct TextNormalizer: Sendable {
  private let form: UnicodeForm
  private let folds: Bool
  private let lowers: Bool
  /// Whether no-break spaces stay what they are.
  let keepsNoBreakSpaces: Bool

  /// What is done to the lines of a side.
  init(_ normalization: TextNormalization, _ side: TextSide) {
    form = normalization.form
    folds = normalization.punctuation == .folded && side == .source
    lowers = normalization.lowercase.includes(side)
    keepsNoBreakSpaces = form == .nfc && side == .target
  }

  /// The form of a line, in UTF-8.
  func normalized(_ line: String) -> [UInt8] {
    let bytes = Array(line.utf8)
    var result: [UInt8] = []
    appendNormalized(
      changed(bytes.span) ?? bytes, keepingNoBreakSpaces: keepsNoBreakSpaces, to: &result)
    return result
  }

  /// Calls `body` with every word of a line in its form: what stands between white space, but for no-break spaces where
  /// they are kept.
  ///
  /// A line is its words with one space between them; and no tokenizer looks over a space, so that a word met again is
  /// cut as it was before.
  @inline(__always)
  func forEachWord(of line: Span<UInt8>, _ body: (Span<UInt8>) -> Void) {
    if let changed = changed(line) {
      DragomanText.forEachWord(of: changed.span, keepingNoBreakSpaces: keepsNoBreakSpaces, body)
    } else {
      DragomanText.forEachWord(of: line, keepingNoBreakSpaces: false, body)
    }
  }

  /// The line in its form, white space aside unless it has no-break spaces to keep; `nil` where nothing changes.
  private func changed(_ line: Span<UInt8>) -> [UInt8]? {
    // Most lines of most corpora are ASCII.
    guard lowers || !isASCII(line) else { return nil }
    let isInForm = !form.mayChange(line)
    guard
      lowers || !isInForm || folds && PunctuationFolding.mayChange(line)
        || keepsNoBreakSpaces && hasNoBreakSpace(line)
    else { return nil }
    var result = isInForm ? [UInt8](copying: line) : form.applied(to: line)
    if folds { result = PunctuationFolding.applied(to: result.span) }
    if lowers {
      result = Array(String(decoding: result, as: UTF8.self).lowercased().utf8)
      if form.mayChange(result.span) { result = form.applied(to: result.span) }
    }
    guard keepsNoBreakSpaces else { return result }
    var ordered: [UInt8] = []
    appendNormalized(result, keepingNoBreakSpaces: true, to: &ordered)
    return ordered
  }

  @inline(__always)
  private func isASCII(_ line: Span<UInt8>) -> Bool {
    var all: UInt8 = 0
    for index in line.indices { all |= line[index] }
    return all < 0x80
  }

  private func hasNoBreakSpace(_ line: Span<UInt8>) -> Bool {
    var index = 0
    while index < line.count {
      let byte = line[index]
      if byte == 0xC2 || byte == 0xE2, isNoBreakSpace(decodeScalar(line, at: index).scalar) {
        return true
      }
      index += 1
    }
    return false
  }
}
